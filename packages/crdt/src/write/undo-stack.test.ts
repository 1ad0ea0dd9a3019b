import type { Edit, RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { createProjection } from '../read/projection.ts'
import { createHand, exchange } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { openCoText } from '../text/co-text.ts'
import { applyEdits } from './apply-edits.ts'
import { createUndoStack } from './undo-stack.ts'

const id = 'p1' as RecordId
const create: Edit = { op: 'create', kind: 'person', id, fields: { name: '张三', phone: '1' } }
const set = (field: string, value: string): Edit => ({ op: 'set', kind: 'person', id, field, value })
const options = { foldTicket: () => undefined }

test('[EDIT10] undo and redo take an edit back and bring it again', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(documents, grid, options)
  const stack = createUndoStack()
  for (const edits of [
    [create],
    [set('name', '李四'), set('phone', '2')],
    [{ op: 'delete', kind: 'person', id } as const],
  ])
    stack.record(applyEdits(documents, edits, writer))
  const states: string[] = []
  const look = (): void => {
    const { entries, trash } = projection.snapshot()
    states.push(JSON.stringify(entries.get(id)?.fields ?? (trash.has(id) ? 'trash' : 'absent')))
  }
  for (const move of ['undo', 'undo', 'undo', 'redo', 'redo', 'redo'] as const) {
    stack[move](documents, projection.snapshot(), writer)
    look()
  }
  expect(states).toEqual([
    '{"name":"李四","phone":"2"}',
    '{"name":"张三","phone":"1"}',
    '"trash"',
    '{"name":"张三","phone":"1"}',
    '{"name":"李四","phone":"2"}',
    '"trash"',
  ])
  expect(stack.canRedo()).toBe(false)
})

test('[EDIT11] undo leaves alone, and names, what somebody changed since', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const projection = createProjection(a.documents, grid, options)
  const stack = createUndoStack()
  applyEdits(a.documents, [create], a.writer)
  stack.record(applyEdits(a.documents, [set('name', '李四'), set('phone', '2')], a.writer))
  exchange(a, b)
  applyEdits(b.documents, [set('phone', '3')], b.writer)
  exchange(a, b)
  expect(stack.undo(a.documents, projection.snapshot(), a.writer)?.skipped).toEqual([{ id, field: 'phone' }])
  expect(projection.snapshot().entries.get(id)?.fields).toEqual({ name: '张三', phone: '3' })
})

test('[EDIT11] undo does not take away a new household in whose diary somebody has written', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const projection = createProjection(a.documents, grid, options)
  const stack = createUndoStack()
  const household = 'h1' as RecordId
  stack.record(applyEdits(a.documents, [{ op: 'create', kind: 'household', id: household, fields: {} }], a.writer))
  exchange(a, b)
  openCoText(b.documents, { kind: 'household', id: household, field: 'diary' }, b.writer)?.splice(0, 0, '家中有犬')
  exchange(a, b)
  const undone = stack.undo(a.documents, projection.snapshot(), a.writer)
  expect([undone?.skipped, undone?.applied.edits]).toEqual([[{ id: household, field: undefined }], []])
  expect(projection.snapshot().entries.has(household)).toBe(true)
})

test('[EDIT11] a record that came back and was changed since is not taken away again', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const projection = createProjection(a.documents, grid, options)
  const stack = createUndoStack()
  const move = (which: 'undo' | 'redo') => stack[which](a.documents, projection.snapshot(), a.writer)
  applyEdits(a.documents, [create], a.writer)
  stack.record(applyEdits(a.documents, [{ op: 'delete', kind: 'person', id }], a.writer))
  move('undo')
  move('redo')
  expect(projection.snapshot().trash.has(id)).toBe(true)
  move('undo')
  exchange(a, b)
  applyEdits(b.documents, [set('phone', '2')], b.writer)
  exchange(a, b)
  expect(move('redo')?.skipped).toEqual([{ id, field: undefined }])
  expect(projection.snapshot().entries.get(id)?.fields).toEqual({ name: '张三', phone: '2' })
})

const household = (name: string): Edit => ({ op: 'create', kind: 'household', id: name as RecordId, fields: {} })
const merge: readonly Edit[] = [
  { op: 'appendText', kind: 'household', id: 'h1' as RecordId, field: 'diary', from: 'h2' as RecordId },
  { op: 'delete', kind: 'household', id: 'h2' as RecordId },
]

test('[PLAN18] a merge puts the diary of the duplicate after that of the kept household, in the document of diaries alone, and one undo takes that back', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(documents, grid, options)
  const stack = createUndoStack()
  applyEdits(documents, [household('h1'), household('h2')], writer)
  const diary = (name: string) => {
    const text = openCoText(documents, { kind: 'household', id: name as RecordId, field: 'diary' }, writer)
    if (!text) throw new Error('no diary')
    return text
  }
  const states: (readonly unknown[])[] = []
  const look = (): void => {
    states.push([diary('h1').value(), projection.snapshot().trash.has('h2' as RecordId)])
  }
  diary('h2').splice(0, 0, '狗已登记🐕')
  const applied = applyEdits(documents, merge, writer)
  stack.record(applied)
  look()
  stack.undo(documents, projection.snapshot(), writer)
  look()
  diary('h1').splice(0, 0, '已走访')
  stack.redo(documents, projection.snapshot(), writer)
  look()
  diary('h1').splice(3, 0, '，无人')
  stack.undo(documents, projection.snapshot(), writer)
  look()
  expect(applied.documents).toEqual(['diary', 'ledger', 'journal/2026q4'])
  expect(states).toEqual([
    ['狗已登记🐕', true],
    ['', false],
    ['已走访\n狗已登记🐕', true],
    ['已走访，无人', false],
  ])
})

test('[PLAN18] a diary that somebody went on writing in keeps all of it when the merge is taken back, and is named', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const projection = createProjection(a.documents, grid, options)
  const stack = createUndoStack()
  applyEdits(a.documents, [household('h1'), household('h2')], a.writer)
  const of = (name: string) => ({ kind: 'household', id: name as RecordId, field: 'diary' }) as const
  openCoText(a.documents, of('h2'), a.writer)?.splice(0, 0, '狗已登记')
  stack.record(applyEdits(a.documents, merge, a.writer))
  exchange(a, b)
  openCoText(b.documents, of('h1'), b.writer)?.splice(1, 0, '和猫')
  exchange(a, b)
  expect(stack.undo(a.documents, projection.snapshot(), a.writer)?.skipped).toEqual([{ id: 'h1', field: 'diary' }])
  expect(openCoText(a.documents, of('h1'), a.writer)?.value()).toBe('狗和猫已登记')
  expect(projection.snapshot().trash.size).toBe(0)
})

test('[PLAN18] two who merge the same pair unseen put its diary there twice: what either writes in it since stays, and undo takes out one', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const projection = createProjection(a.documents, grid, options)
  const stack = createUndoStack()
  const diaryOf = (name: string, { documents, writer } = a) => {
    const text = openCoText(documents, { kind: 'household', id: name as RecordId, field: 'diary' }, writer)
    if (!text) throw new Error('no diary')
    return text
  }
  applyEdits(a.documents, [household('h1'), household('h2')], a.writer)
  diaryOf('h1').splice(0, 0, '已走访')
  diaryOf('h2').splice(0, 0, '狗已登记')
  exchange(a, b)
  stack.record(applyEdits(a.documents, merge, a.writer))
  applyEdits(b.documents, merge, b.writer)
  diaryOf('h1', b).splice(5, 0, '和猫')
  exchange(a, b)
  const both = diaryOf('h1').value()
  expect(both).toBe(diaryOf('h1', b).value())
  expect(both.split('\n').toSorted()).toEqual(['已走访', '狗和猫已登记', '狗已登记'])
  stack.undo(a.documents, projection.snapshot(), a.writer)
  expect(diaryOf('h1').value()).toBe('已走访\n狗和猫已登记')
})

test('[PLAN18] a merge names the diary of a household that somebody has deleted since, and only if it put something in', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(documents, grid, options)
  const stack = createUndoStack()
  applyEdits(documents, [household('h1'), household('h2')], writer)
  const deletion: Edit = { op: 'delete', kind: 'household', id: 'h1' as RecordId }
  const skippedAfterMerge = (): unknown => {
    stack.record(applyEdits(documents, merge, writer))
    const inverse = applyEdits(documents, [deletion], createHand('b').writer).inverse
    const skipped = stack.undo(documents, projection.snapshot(), writer)?.skipped
    applyEdits(documents, inverse, writer)
    return skipped
  }
  expect(skippedAfterMerge()).toEqual([])
  openCoText(documents, { kind: 'household', id: 'h2' as RecordId, field: 'diary' }, writer)?.splice(0, 0, '狗')
  expect(skippedAfterMerge()).toEqual([{ id: 'h1', field: 'diary' }])
})

test('[EDIT12] an import of 1,500 records is taken back by one undo, except the record that somebody went on editing', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(documents, grid, options)
  const stack = createUndoStack()
  const people: readonly Edit[] = Array.from({ length: 1500 }, (_, index) =>
    Object.assign({}, create, { id: `p${index}` as RecordId }),
  )
  stack.record(applyEdits(documents, people, writer))
  applyEdits(documents, [set('remark', '核实')], createHand('b').writer)
  expect(stack.undo(documents, projection.snapshot(), writer)?.skipped).toEqual([{ id, field: undefined }])
  expect([projection.snapshot().entries.size, projection.snapshot().trash.size]).toEqual([1, 1499])
  stack.redo(documents, projection.snapshot(), writer)
  expect(projection.snapshot().entries.size).toBe(1500)
})
