/** The author's side of 请网格长处理: a device's store on one end, what the relay answers on the other. */
import type { AccountId, GridCode, RecordId } from '@tongge/model'
import type { HandedEdit, HandoverState } from '@tongge/protocol'
import { createMemoryDisk, openVault, type MemoryDisk } from '@tongge/sync'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHandingOver, type HandingOver } from './handing-over.ts'
import type { RefusedEdit } from './session.ts'
import { createToldEdits, type ToldEdits } from './told-edits.ts'

const at = 1_790_000_000_000
const edit = (id: string, more: Partial<RefusedEdit> = {}): RefusedEdit => ({
  id: id as RecordId,
  document: 'ledger',
  grid: '990101001001001' as GridCode,
  at,
  reason: 'notAllowed',
  lines: [{ id: 'h1' as RecordId, kind: 'household', action: 'changed', field: 'phone', after: '1381', at: at - 5000 }],
  ...more,
})

/** What the relay has, and how it answers next: by itself, with a status, or not at all. */
let taken: Map<string, HandoverState>
let bodies: HandedEdit[]
let next: number | 'away' | undefined
let disk: MemoryDisk
const waits: (() => void)[] = []
const open: (() => Promise<void>)[] = []

beforeEach(() => {
  taken = new Map()
  bodies = []
  next = undefined
  disk = createMemoryDisk()
  waits.length = 0
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (_: string, init?: { readonly method?: string; readonly body?: string }) => {
    if (next === 'away') throw new TypeError('no network')
    if (next !== undefined) return Response.json({ reason: next === 413 ? 'tooLarge' : 'forbidden' }, { status: next })
    if (init?.method !== 'POST') return Response.json({ handovers: [...taken.values()] })
    const body = JSON.parse(init.body ?? '') as HandedEdit
    bodies.push(body)
    const state = taken.get(body.id) ?? { id: body.id, state: 'waiting' }
    taken.set(body.id, state)
    return Response.json(state)
  })
})
afterEach(async () => {
  for (const close of open.splice(0)) await close()
  vi.unstubAllGlobals()
})

async function start(...edits: readonly RefusedEdit[]): Promise<{ told: ToldEdits; handing: HandingOver }> {
  const vault = await openVault({
    name: 'test',
    shelf: disk.open(),
    now: () => at,
    createId: () => crypto.randomUUID(),
  })
  const told = createToldEdits(vault, 'ada' as AccountId, () => undefined)
  if (edits.length > 0) await told.add(edits)
  const setTimer = (act: () => void): (() => void) => {
    waits.push(act)
    return () => undefined
  }
  const handing = createHandingOver({ told, account: 'ada' as AccountId, device: () => 'phone', setTimer })
  open.push(async () => {
    handing.dispose()
    told.dispose()
    await vault.close()
  })
  return { told, handing }
}
const statesOf = async (told: ToldEdits): Promise<readonly unknown[]> =>
  (await told.read()).map(({ id, handover }) => [id, handover?.state])
const isAt = (told: ToldEdits, ...states: readonly unknown[]): Promise<void> =>
  expect.poll(() => statesOf(told), { timeout: 5000 }).toEqual(states)

test('[HAND8] what a person asks for goes to the relay with when it was written and on which device, and nothing else goes', async () => {
  const { told, handing } = await start(edit('r1'), edit('r2'))
  await handing.ask('r1' as RecordId)
  await isAt(told, ['r1', 'waiting'], ['r2', undefined])
  const { at: _, ...line } = edit('r1').lines[0] ?? {}
  expect(bodies).toEqual([
    {
      id: 'r1',
      document: 'grid/990101001001001/ledger',
      at: at - 5000,
      device: 'phone',
      reason: 'notAllowed',
      lines: [line],
    },
  ])
})

test('[HAND8] with no network it waits on the device, over restarts too, and goes in its order once the relay answers', async () => {
  next = 'away'
  const first = await start(edit('r2', { document: 'work/2026q4' }), edit('r1', { document: 'notes/b1' }))
  await first.handing.ask('r1' as RecordId)
  await first.handing.ask('r2' as RecordId)
  await isAt(first.told, ['r2', 'asked'], ['r1', 'asked'])
  await expect.poll(() => waits.length).toBeGreaterThan(0)
  for (const close of open.splice(0)) await close()

  const later = await start()
  later.handing.look()
  await expect.poll(() => waits.length).toBeGreaterThan(1)
  await isAt(later.told, ['r2', 'asked'], ['r1', 'asked'])
  next = undefined
  waits.at(-1)?.()
  await isAt(later.told, ['r2', 'waiting'], ['r1', 'waiting'])
  expect(bodies.map(({ id, document }) => [id, document])).toEqual([
    ['r1', 'grid/990101001001001/building/b1/notes'],
    ['r2', 'grid/990101001001001/work/2026q4'],
  ])
})

test('[HAND8] what the relay will never take says so and holds up no other', async () => {
  next = 413
  const { told, handing } = await start(edit('r1'), edit('r2'))
  await handing.ask('r2' as RecordId)
  await isAt(told, ['r1', undefined], ['r2', 'refused'])
  expect((await told.read())[1]?.handover).toEqual({ state: 'refused', reason: 'tooLarge' })
  next = undefined
  await handing.ask('r1' as RecordId)
  await isAt(told, ['r1', 'waiting'], ['r2', 'refused'])
})

test('[HAND9] its author is told what became of it; a relay that has forgotten it is given it once more', async () => {
  const { told, handing } = await start(edit('r1'), edit('r2'))
  await handing.ask('r1' as RecordId)
  await handing.ask('r2' as RecordId)
  await isAt(told, ['r1', 'waiting'], ['r2', 'waiting'])
  taken.set('r1', { id: 'r1', state: 'adopted', decidedAt: at + 1, decidedBy: '周建平' })
  taken.delete('r2')
  handing.look()
  await isAt(told, ['r1', 'adopted'], ['r2', 'asked'])
  expect((await told.read())[0]?.handover).toEqual({ state: 'adopted', at: at + 1, by: '周建平' })
  handing.look()
  await isAt(told, ['r1', 'adopted'], ['r2', 'waiting'])
})

test('[HAND9] what the person has let go of meanwhile does not come back', async () => {
  const { told, handing } = await start(edit('r1'))
  await handing.ask('r1' as RecordId)
  await isAt(told, ['r1', 'waiting'])
  await told.dismiss('r1' as RecordId)
  taken.set('r1', { id: 'r1', state: 'discarded' })
  handing.look()
  await told.mark('r1' as RecordId, { state: 'waiting' })
  expect(await told.read()).toEqual([])
})
