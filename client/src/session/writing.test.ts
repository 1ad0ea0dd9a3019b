import { createProjection, type Writer } from '@tongge/crdt'
import type { AccountId, GridCode, PlanContext, RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { Doc } from 'yjs'
import { createWriting } from './writing.ts'

const grid = '990101001001001' as GridCode
const account = 'leader01' as AccountId
const writer: Writer = { slot: 'a', account, device: 'test', now: () => 1 }

function open(disk: () => Promise<void> = () => Promise.resolve()) {
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    { foldTicket: () => undefined },
  )
  let ids = 0
  const context = (): PlanContext => ({
    actor: { account, roles: ['gridLeader'], device: 'test', grid, buildings: ['b1' as RecordId] },
    now: 1,
    newId: () => `r${++ids}` as RecordId,
  })
  const onDisk: string[] = []
  const saved = async (documents: readonly string[]): Promise<void> => {
    onDisk.push(...documents)
    await disk()
  }
  return { projection, onDisk, writing: createWriting({ projection, writer, context, saved }) }
}

test('[VIEW2] what is dispatched before the documents are open waits for them, in order, and is not called saved', async () => {
  const { projection, onDisk, writing } = open()
  const answers = ['1号楼', '2号楼'].map((name) =>
    writing.dispatch({ do: 'addRecord', kind: 'building', fields: { estate: '锦华里', name } }),
  )
  expect(answers.map((answer) => answer.ok && answer.created)).toEqual([['r1'], ['r2']])
  await Promise.resolve()
  expect([writing.held(), onDisk, projection.snapshot().entries.size]).toEqual([2, [], 0])
  projection.attachAll([
    ['ledger', new Doc()],
    ['work/1970q1', new Doc()],
  ])
  writing.begin()
  await Promise.all(answers.flatMap((answer) => (answer.ok ? [answer.saved] : [])))
  expect([writing.held(), onDisk.length > 0]).toEqual([0, true])
  expect([...projection.snapshot().entries.keys()]).toEqual(['r1', 'r2'])
  expect(writing.again('undo')?.ok).toBe(true)
  expect([...projection.snapshot().entries.keys()]).toEqual(['r1'])
})

test('[VIEW2] a command whose document comes later waits for that one alone, and the others go on', async () => {
  const { projection, writing } = open()
  const note = { building: 'b1', noteType: 'note', text: '敲门', notedAt: 1, author: 'leader01' }
  const waiting = writing.dispatch({ do: 'addNote', fields: note })
  projection.attachAll([['ledger', new Doc()]])
  writing.begin()
  const other = writing.dispatch({ do: 'addRecord', kind: 'building', fields: { estate: '锦华里', name: '1号楼' } })
  expect([waiting.ok, other.ok, writing.held(), projection.snapshot().entries.size]).toEqual([true, true, 1, 1])
  projection.attach('notes/b1', new Doc())
  writing.complete()
  await Promise.all([waiting, other].flatMap((answer) => (answer.ok ? [answer.saved] : [])))
  expect([writing.held(), projection.snapshot().entries.size]).toEqual([0, 2])
})

test('[VIEW2] what no document takes is refused, and said so where it had to wait', async () => {
  const { writing } = open()
  const waiting = writing.dispatch({ do: 'addRecord', kind: 'building', fields: { estate: '锦华里', name: '1号楼' } })
  writing.begin()
  writing.complete()
  await expect(waiting.ok && waiting.saved).rejects.toThrow('addRecord')
  const refused = writing.dispatch({ do: 'addRecord', kind: 'building', fields: { estate: '锦华里', name: '2号楼' } })
  expect(refused).toEqual({ ok: false, refusal: { reason: 'notAllowed', what: 'addRecord' } })
})

test('[VIEW2] a disk that does not answer holds back no other command', async () => {
  const { projection, writing } = open(() => new Promise(() => undefined))
  for (const name of ['1号楼', '2号楼', '3号楼'])
    writing.dispatch({ do: 'addRecord', kind: 'building', fields: { estate: '锦华里', name } })
  projection.attachAll([['ledger', new Doc()]])
  writing.begin()
  expect([writing.held(), projection.snapshot().entries.size]).toEqual([0, 3])
})
