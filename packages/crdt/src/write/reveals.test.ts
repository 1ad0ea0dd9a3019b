import type { Edit, RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { carryOver } from '../fold/carry-over.ts'
import { foldGeneration } from '../fold/fold-generation.ts'
import { revealsTo } from '../read/reveals.ts'
import { createHand, exchange } from '../testing/hand.ts'
import { applyEdits } from './apply-edits.ts'
import { createUndoStack } from './undo-stack.ts'

const id = 'p1' as RecordId
const person: Edit = { op: 'create', kind: 'person', id, fields: { name: '张三', idNo: '990101198001011234' } }
const look: Edit = { op: 'reveal', kind: 'person', id, fields: ['idNo'], reason: 'verify' }
const say: Edit = { op: 'reveal', kind: 'person', id, fields: ['idNo', 'health'], reason: 'other', note: '民政核对' }

test('[REVEAL2] a reveal is a row in the sensitive document and nowhere else, and the record and its history are as they were', () => {
  const hand = createHand('a')
  applyEdits(hand.documents, [person], hand.writer)
  const before = [hand.text('ledger'), hand.text('work')]
  const applied = applyEdits(hand.documents, [look], hand.writer)
  expect(applied).toMatchObject({ documents: ['sensitive'], subjects: ['reveal/of/p1'], inverse: [], unplaced: [] })
  expect([hand.text('ledger'), hand.text('work')]).toEqual(before)
  const undo = createUndoStack()
  undo.record(applied)
  expect(undo.canUndo()).toBe(false)
  expect(applyEdits({ ...hand.documents, sensitive: undefined }, [look], hand.writer).unplaced).toEqual([look])
})

test('[REVEAL3] who looked is told newest first, by whom, on which device and why, of this record alone', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [person, { ...person, id: 'p2' as RecordId }], a.writer)
  exchange(a, b)
  applyEdits(a.documents, [look], a.writer)
  applyEdits(b.documents, [say], b.writer)
  applyEdits(b.documents, [{ ...look, id: 'p2' as RecordId }], b.writer)
  exchange(a, b)
  const lines = revealsTo(a.documents, id, 50)
  expect(lines.map(({ fields, reason, note, stamp: { by, device } }) => [fields, reason, note, by, device])).toEqual([
    [['idNo', 'health'], 'other', '民政核对', 'account-b', 'device-b'],
    [['idNo'], 'verify', undefined, 'account-a', 'device-a'],
  ])
  expect(revealsTo(a.documents, id, 1)).toEqual(lines.slice(0, 1))
  expect(revealsTo({ ...a.documents, sensitive: undefined }, id, 50)).toEqual([])
})

test('[REVEAL3] what cannot be read as a reveal is passed over', () => {
  const { documents } = createHand('a')
  const rows = ['', '{}', '["p1"]', '["p1",["id"],"curious",null,1,"a"]', '["p1","id","verify",null,1,"a"]', 7]
  documents.sensitive.getArray('reveals/2026-11').push(rows)
  documents.sensitive.getArray('reveals/later').push(['["p1",["id"],"verify",null,1,"a"]'])
  expect(revealsTo(documents, id, 50)).toEqual([])
})

test('[REVEAL2] a fold keeps every reveal, and one that arrives late in the older generation is carried over once', () => {
  const { documents, writer } = createHand('a')
  const { sensitive } = documents
  applyEdits(documents, [person], writer)
  applyEdits(documents, [look], writer)
  const old = copyOf(sensitive)
  const next = new Doc()
  applyUpdate(next, foldGeneration(old, 9))
  expect(revealsTo({ ...documents, sensitive: next }, id, 50)).toEqual(revealsTo(documents, id, 50))
  applyEdits(documents, [say], writer)
  const late = encodeStateAsUpdate(sensitive, encodeStateVector(old))
  carryOver([old, next], late)
  carryOver([old, next], late)
  expect(revealsTo({ ...documents, sensitive: next }, id, 50)).toEqual(revealsTo(documents, id, 50))
  expect(revealsTo(documents, id, 50)).toHaveLength(2)
})

function copyOf(doc: Doc): Doc {
  const copy = new Doc()
  applyUpdate(copy, encodeStateAsUpdate(doc))
  return copy
}
