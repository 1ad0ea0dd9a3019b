import type { AccountId, Edit, RecordId } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { expect, test } from 'vitest'
import { unknownAuthor } from './authors.ts'
import { carryOver } from './fold/carry-over.ts'
import { foldGeneration } from './fold/fold-generation.ts'
import { historyOf } from './read/history.ts'
import { createProjection } from './read/projection.ts'
import { createHand, exchange, type TestHand } from './testing/hand.ts'
import { grid } from './testing/replicas.ts'
import { applyEdits } from './write/apply-edits.ts'

const id = 'p1' as RecordId
const options = { foldTicket: () => undefined }
const create = (record: RecordId): Edit => ({
  op: 'create',
  kind: 'person',
  id: record,
  fields: { name: '张三', idNo: '1' },
})
const set = (field: string, value: string): Edit => ({ op: 'set', kind: 'person', id, field, value })

function updatesOf(doc: Doc): Uint8Array[] {
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  return updates
}

function entryOf({ documents }: Pick<TestHand, 'documents'>): unknown {
  return createProjection(documents, grid, options).snapshot().entries.get(id)
}

test('[AUTHOR1] value, deletion and journal name their author, though a document says once who writes in a slot', () => {
  const hand = createHand('a')
  const { documents, writer } = hand
  for (const edits of [[create(id)], [set('phone', '1'), set('idNo', '2')], [set('phone', '2')]])
    applyEdits(documents, edits, writer)
  applyEdits(documents, [{ op: 'delete', kind: 'person', id }], writer)
  for (const name of ['ledger', 'sensitive', 'journal'] as const) {
    expect(hand.text(name).split('account-a')).toHaveLength(2)
    expect(hand.text(name).split('device-a')).toHaveLength(2)
  }
  const stamps = historyOf(documents, id).map(({ stamp }) => stamp)
  expect(stamps).toHaveLength(5)
  expect(new Set(stamps.map(({ by, device }) => `${by} ${device}`))).toEqual(new Set(['account-a device-a']))
  expect(stamps[0]).toEqual(createProjection(documents, grid, options).snapshot().trash.get(id)?.deletion)
})

test('[AUTHOR1] a clock ahead of the device leaves the time of the device as it was', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create(id), set('phone', '1')], { ...a.writer, now: () => 9_000_000_000_000 })
  exchange(a, b)
  applyEdits(b.documents, [set('phone', '2')], { ...b.writer, now: () => 1_800_000_000_000 })
  const line = historyOf({ ...b.documents, journal: new Map() }, id).find(({ action }) => action === 'changed')
  expect(line).toMatchObject({ after: '2', stamp: { at: 1_800_000_000_000, by: 'account-b', device: 'device-b' } })
})

test('[AUTHOR2] a write whose author has not arrived counts as one, and shows the author as soon as that arrives', () => {
  const hand = createHand('a')
  const { ledger } = hand.documents
  applyEdits(hand.documents, [create('p2' as RecordId)], createHand('z').writer)
  applyEdits(hand.documents, [create(id)], createHand('z').writer)
  const reader = createHand('r')
  exchange(hand, reader)
  // The first session of the slot says whose it is; a later session of the same replica takes that as said.
  const updates = updatesOf(ledger)
  applyEdits(hand.documents, [set('phone', '1')], hand.writer)
  ledger.clientID++
  applyEdits(hand.documents, [set('name', '李四')], hand.writer)
  expect(updates).toHaveLength(2)

  const projection = createProjection(reader.documents, grid, options)
  const before = projection.snapshot()
  const rival = createHand('q')
  applyEdits(reader.documents, [set('name', '王五')], rival.writer)
  const heard: string[][] = []
  projection.onChange(({ entries }) => heard.push([...entries]))
  applyUpdate(reader.documents.ledger, updates[1] ?? new Uint8Array())
  const authorsOf = (): unknown =>
    projection
      .snapshot()
      .entries.get(id)
      ?.conflicts.map(({ rivals }) => rivals.map(({ value, stamp }) => [value, stamp.by]))
  expect(authorsOf()).toEqual([
    [
      ['王五', 'account-q'],
      ['李四', unknownAuthor],
    ],
  ])
  applyUpdate(reader.documents.ledger, updates[0] ?? new Uint8Array())
  expect(authorsOf()).toEqual([
    [
      ['王五', 'account-q'],
      ['李四', 'account-a'],
    ],
  ])
  expect(heard).toEqual([['p1'], ['p1']])
  expect(projection.snapshot().entries.get('p2' as RecordId)).toBe(before.entries.get('p2' as RecordId))
  expect(entryOf(reader)).toEqual(projection.snapshot().entries.get(id))
})

test('[AUTHOR3] of a slot that two accounts claim nobody is the author, and a claim never replaces another', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create(id)], a.writer)
  exchange(a, b)
  applyEdits(a.documents, [set('phone', '1')], a.writer)
  const projection = createProjection(b.documents, grid, options)
  applyEdits(b.documents, [set('name', '李四')], { ...a.writer, account: 'other' as AccountId })
  exchange(a, b)
  expect(projection.snapshot().entries.get(id)).toMatchObject({
    fields: { name: '李四', phone: '1' },
    created: { by: unknownAuthor, device: '' },
    updated: { by: unknownAuthor, device: '' },
  })
  for (const malformed of ['author/b', 'author//x', 'author/b/']) b.documents.ledger.getMap('meta').set(malformed, 'x')
  b.documents.ledger.getMap('meta').set('author/b/x', 7)
  applyEdits(b.documents, [set('name', '王五')], b.writer)
  expect(projection.snapshot().entries.get(id)?.updated).toMatchObject({ by: 'account-b', device: 'device-b' })
})

test('[AUTHOR4] a renamed device shows its name of today for all that was written in its slot', () => {
  const { documents, writer } = createHand('a')
  applyEdits(documents, [create(id), set('phone', '1')], writer)
  const projection = createProjection(documents, grid, options)
  projection.snapshot()
  applyEdits(documents, [create('p2' as RecordId)], { ...writer, device: '楼栋平板' })
  expect(projection.snapshot().entries.get(id)?.updated).toMatchObject({ by: 'account-a', device: '楼栋平板' })
})

test('[AUTHOR1] an author who first writes on an older generation, unknown to the fold, is known in the next', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create(id)], a.writer)
  exchange(a, b)
  const next = new Doc()
  applyUpdate(next, foldGeneration(a.documents.ledger, 9))
  applyEdits(b.documents, [set('phone', '2')], b.writer)
  carryOver([a.documents.ledger, next], encodeStateAsUpdate(b.documents.ledger))
  expect(entryOf({ documents: { ...a.documents, ledger: next } })).toMatchObject({
    fields: { phone: '2' },
    created: { by: 'account-a' },
    updated: { by: 'account-b', device: 'device-b' },
  })
})
