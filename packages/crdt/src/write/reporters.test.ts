import type { Edit, RecordId, Step } from '@tongge/model'
import { expect, test } from 'vitest'
import { applyUpdate, Doc } from 'yjs'
import { foldGeneration } from '../fold/fold-generation.ts'
import { historyOf } from '../read/history.ts'
import { createProjection } from '../read/projection.ts'
import { createHand, exchange, type TestHand } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { applyEdits } from './apply-edits.ts'
import { createUndoStack } from './undo-stack.ts'

const id = 't1' as RecordId
const at = Date.parse('2026-11-20T00:00:00Z')
const step = { id: 's1', ticket: id, action: 'submit', at, birth: {} } as unknown as Step
const begin: readonly Edit[] = [
  { op: 'create', kind: 'reporter', id, fields: { name: '张三', phone: '13800000001' } },
  { op: 'step', step },
]
const named = (phone: string): readonly Edit[] => [
  { op: 'create', kind: 'reporter', id, fields: {} },
  { op: 'set', kind: 'reporter', id, field: 'phone', value: phone },
]
const read = ({ documents }: Pick<TestHand, 'documents'>) =>
  createProjection(documents, grid, { foldTicket: () => undefined })
    .snapshot()
    .entries.get(id)

test('[EDIT13] who reported a ticket rests in the sensitive document and nowhere else, and the journal names no value of it', () => {
  const hand = createHand('a')
  const applied = applyEdits(hand.documents, begin, hand.writer)
  expect([applied.documents, applied.subjects]).toEqual([['sensitive', 'work/2026q4'], ['ticket/t1']])
  expect(read(hand)).toMatchObject({ kind: 'reporter', fields: { name: '张三', phone: '13800000001' } })
  applyEdits(hand.documents, [{ op: 'set', kind: 'reporter', id, field: 'phone', value: '13900000002' }], hand.writer)
  expect(hand.text('ledger') + hand.text('work') + hand.text('journal')).not.toMatch(/张三|1380000|1390000/)
  expect(historyOf(hand.documents, id).map(({ field, action, after }) => [field, action, after])).toEqual([
    ['phone', 'changed', undefined],
    [undefined, 'created', undefined],
  ])
  expect(read({ documents: { ...hand.documents, sensitive: new Doc() } })).toBeUndefined()
  expect(applyEdits({ ...hand.documents, sensitive: undefined }, begin, hand.writer).unplaced).toHaveLength(1)
})

test('[EDIT13] two who write it down without knowing of each other leave both, until one is chosen; a fold keeps them', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, named('13800000001'), a.writer)
  applyEdits(b.documents, named('13900000002'), b.writer)
  exchange(a, b)
  const conflict = read(a)?.conflicts[0]
  expect(conflict?.rivals.map(({ value }) => value)).toEqual(['13900000002', '13800000001'])
  const next = new Doc()
  applyUpdate(next, foldGeneration(a.documents.sensitive, 9))
  expect(read({ documents: { ...a.documents, sensitive: next } })).toEqual(read(a))
  applyEdits(a.documents, [{ op: 'set', kind: 'reporter', id, field: 'phone', value: '13800000001' }], a.writer)
  exchange(a, b)
  expect(read(b)).toMatchObject({ fields: { phone: '13800000001' }, conflicts: [] })
})

test('[EDIT13] undo takes back a change of it, and neither the report nor who made it', () => {
  const { documents, writer } = createHand('a')
  const undo = createUndoStack()
  const projection = createProjection(documents, grid, { foldTicket: () => undefined })
  undo.record(applyEdits(documents, begin, writer))
  expect(undo.canUndo()).toBe(false)
  undo.record(applyEdits(documents, [{ op: 'set', kind: 'reporter', id, field: 'name', value: '李四' }], writer))
  undo.undo(documents, projection.snapshot(), writer)
  expect(projection.snapshot().entries.get(id)).toMatchObject({ fields: { name: '张三' } })
})
