import { dayLength, type RecordId, type RosterDoor } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../ledger/test-entries.ts'
import { dueDoors, withOwnKnocks } from './door-list.ts'
import type { Note } from './note-list.ts'

const now = Date.parse('2026-11-20T10:00:00+08:00')
const building = 'b1' as RecordId
const door = (house: string, text: string, rule?: string, knockedDaysAgo?: number): RosterDoor => ({
  house: house as RecordId,
  entrance: '1',
  door: text,
  state: 'registered',
  households: [{ id: `h-${house}` as RecordId, people: 1, ...(rule && { rule }) }],
  ...(knockedDaysAgo !== undefined && { knock: { at: now - knockedDaysAgo * dayLength, outcome: 'seen' } }),
})
const knock = (text: string, at: number): Note =>
  testEntry('note', `n${at}`, { building: 'b1', noteType: 'knock', door: text, outcome: 'seen', notedAt: at })

test('[NOTE10] due doors stand with those nobody knocked at first, then the longest overdue', () => {
  const doors = [
    door('r1', '101', 'weekly', 8),
    door('r2', '102', 'weekly', 20),
    door('r3', '103', 'weekly'),
    door('r4', '104', 'weekly', 1),
    door('r5', '105'),
  ]
  expect(dueDoors(building, doors, now).map(({ door: { house } }) => house)).toEqual(['r3', 'r2', 'r1'])
})

test('[NOTE10] a knock on this device counts before the relay knows of it, and an older one does not replace what the relay knows', () => {
  const doors = [door('r1', '101', 'weekly', 8), door('r2', '102', 'weekly', 1)]
  const shown = withOwnKnocks(doors, [knock('1-101', now), knock('1-102', now - 30 * dayLength)])
  expect(shown.map((one) => one.knock?.at)).toEqual([now, now - dayLength])
  expect(dueDoors(building, shown, now)).toEqual([])
})
