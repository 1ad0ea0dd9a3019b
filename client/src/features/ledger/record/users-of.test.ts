import type { AccountId, Entry, GridCode, PlanContext, RecordId, Snapshot } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'
import { usersOf } from './users-of.ts'

const grid = '990101001001001' as GridCode
const entries: readonly Entry[] = [
  testEntry('house', 'r1', { door: '101', status: 'active' }),
  testEntry('household', 'u1', { house: 'r1', head: 'p1', status: 'active' }),
  testEntry('person', 'p1', { household: 'u1', name: '李晓燕', status: 'active' }),
  testEntry('person', 'p2', { household: 'u1', name: '单小军', status: 'active' }),
]
const snapshot: Snapshot = {
  grid,
  entries: new Map(entries.map((entry) => [entry.id, entry])),
  trash: new Map(),
  tickets: new Map(),
}
const context = (): PlanContext => ({
  actor: { account: 'member01' as AccountId, roles: ['gridMember'], device: 'test', grid, buildings: [] },
  now: 0,
  newId: () => 'new' as RecordId,
})
const of = (id: string): readonly RecordId[] =>
  usersOf({ context, store: { snapshot: () => snapshot, entries: {}, trash: {}, tickets: {} } }, id as RecordId)

test('[LED38] whoever wants to delete a household is named the people in it, and of what nothing stands on nobody', () => {
  expect([of('u1'), of('r1'), of('p1'), of('gone')]).toEqual([['p1', 'p2'], ['u1'], [], []])
})
