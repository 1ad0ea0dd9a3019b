import type { AccountId, Edit, RecordId, Step } from '@tongge/model'
import { expect, test } from 'vitest'
import { adoptedStepsOf, historyOf } from '../read/history.ts'
import { createHand, exchange } from '../testing/hand.ts'
import { applyEdits } from './apply-edits.ts'
import { createUndoStack } from './undo-stack.ts'

const id = 'p1' as RecordId
const author = 'lisi' as AccountId
const person: Edit = { op: 'create', kind: 'person', id, fields: { name: '张三' } }
const name: Edit = { op: 'set', kind: 'person', id, field: 'name', value: '张三丰' }
const whose: Edit = { op: 'attribute', kind: 'person', id, author }

test('[HAND7] the history of a record tells on every device whose words somebody adopted, and of nothing that was written at another time', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [person], a.writer)
  const applied = applyEdits(a.documents, [name, whose], a.writer)
  expect(applied).toMatchObject({ unplaced: [], subjects: ['person/p1'] })
  applyEdits(a.documents, [{ ...name, value: '张三' }], a.writer)
  exchange(a, b)
  for (const { documents } of [a, b])
    expect(historyOf(documents, id).map(({ after, stamp, adoptedFrom }) => [after, stamp.by, adoptedFrom])).toEqual([
      ['张三', 'account-a', undefined],
      ['张三丰', 'account-a', 'lisi'],
      [undefined, 'account-a', undefined],
    ])
})

test('[HAND7] a record that was begun for another says so, and undo takes back what was written, not that it was', () => {
  const hand = createHand('a')
  const undo = createUndoStack()
  undo.record(applyEdits(hand.documents, [person, whose], hand.writer))
  expect(historyOf(hand.documents, id)).toMatchObject([{ action: 'created', adoptedFrom: 'lisi' }])
  expect(undo.last()?.inverse).toEqual([{ op: 'delete', kind: 'person', id }])
})

test('[HAND7] of a ticket the adopted steps are told, and no others', () => {
  const hand = createHand('a')
  const step = (of: string): Omit<Step, 'clock'> => ({
    id: of as RecordId,
    ticket: 't1' as RecordId,
    action: 'comment',
    from: 'submitted',
    to: 'submitted',
    actor: 'account-a' as AccountId,
    role: 'gridLeader',
    device: 'device-a',
    at: 1_790_000_000_000,
    note: '看过',
    ...(of === 's0' && {
      action: 'submit',
      from: 'draft',
      birth: {
        no: '1',
        source: 'grid',
        category: 'facility.repair',
        title: '路灯',
        place: '门前',
        occurredAt: 1_790_000_000_000,
        severity: 'normal',
        level: 'grid',
        visibility: 'public',
      },
    }),
  })
  for (const of of ['s0', 's1'])
    expect(applyEdits(hand.documents, [{ op: 'step', step: step(of) }], hand.writer).unplaced).toEqual([])
  const ticket = 't1' as RecordId
  const adopted: Edit = { op: 'attribute', kind: 'ticket', id: ticket, step: 's2' as RecordId, author }
  applyEdits(hand.documents, [{ op: 'step', step: step('s2') }, adopted], hand.writer)
  expect([...adoptedStepsOf(hand.documents, ticket)]).toEqual([['s2', 'lisi']])
  expect(historyOf(hand.documents, ticket)).toEqual([])
})
