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
