import { expect, it } from 'vitest'
import { Doc } from 'yjs'
import { readRoster, rosterRootOf } from './roster.ts'

it('[ROSTER4] reading gives the doors that have the shape of one, without fields that are not known, and never fails', () => {
  const doc = new Doc()
  const root = rosterRootOf(doc)
  const door = {
    entrance: '1',
    floor: 2,
    door: '201',
    state: 'rented',
    households: [{ id: 'h1', name: '张**', phone: '138****1234', people: 3, rule: 'weekly' }],
    knock: { at: 5, outcome: 'seen' },
  }
  root.set('r1', { ...door, later: 'field', households: [...door.households, { id: 7 }, null] })
  root.set('r2', { door: '202', floor: 'two', state: 'haunted', households: 'none', knock: 'never' })
  root.set('r3', { door: 7 })
  root.set('r4', 'later versions may write anything')
  root.set('r5', null)

  expect(readRoster(doc)).toEqual([
    { house: 'r1', ...door },
    { house: 'r2', door: '202', state: 'registered', households: [] },
  ])
})
