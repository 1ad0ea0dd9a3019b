import { describe, expect, it } from 'vitest'
import type { Value } from '../field.ts'
import type { Entry } from '../records.ts'
import { entryOf, id, now, smallGrid } from '../testing/fixture.ts'
import { dayLength } from '../time.ts'
import { indexGrid } from './grid-index.ts'
import { knockDue, lastKnocks, rosterOf, type RosterDoor } from './roster.ts'

const rosterIn = (...entries: readonly Entry[]): readonly RosterDoor[] => {
  const [node] = indexGrid(entries).buildings
  return node ? rosterOf(node) : []
}
const building = entryOf('building', 'b1', { estate: '示范小区', name: '1号楼' })
const house = (name: string, entrance: string, door: string): Entry =>
  entryOf('house', name, { building: 'b1', entrance, door, occupancy: 'owner' })
const knock = (name: string, door: string, at: number, more: Readonly<Record<string, Value>> = {}): Entry =>
  entryOf('note', name, { building: 'b1', noteType: 'knock', door, notedAt: at, outcome: 'seen', ...more })

describe('the masked roster', () => {
  it('[ROSTER1] has the doors in the order of the ledger, with the head masked and only those on the register counted', () => {
    const doors = rosterIn(...smallGrid())
    expect(doors.map(({ door, state }) => [door, state])).toEqual([
      ['101', 'registered'],
      ['102', 'rented'],
      ['103', 'empty'],
    ])
    expect(doors[0]?.households).toEqual([{ id: 'h1', name: '王*', phone: '138****0001', people: 2 }])
  })

  it('[ROSTER1] names no head who moved out, and shows no phone of theirs', () => {
    const person = (status: string): Entry =>
      entryOf('person', 'p1', { household: 'h1', name: '王一二', phone: '13800000001', status })
    const household = entryOf('household', 'h1', { house: 'r1', head: 'p1' })
    const of = (status: string) => rosterIn(building, house('r1', '1', '101'), household, person(status))[0]?.households
    expect(of('active')).toEqual([{ id: 'h1', name: '王**', phone: '138****0001', people: 1 }])
    expect(of('movedOut')).toEqual([{ id: 'h1', people: 0 }])
  })

  it('[ROSTER6] finds the door a knock was noted at as it is written on the wall, or by its number where only one has it', () => {
    const doors = rosterIn(building, house('r1', '1', '101'), house('r2', '2', '101'), house('r3', '2', '202'))
    const knocks = lastKnocks(doors, [
      knock('n1', '1单元101室', now - 3),
      knock('n2', '1-101', now - 2, { outcome: 'refused' }),
      knock('n3', '101', now),
      knock('n4', '202', now - 1),
      knock('n5', '2-101', now, { noteType: 'note' }),
    ])
    expect(Object.fromEntries(knocks)).toEqual({
      r1: { at: now - 2, outcome: 'refused' },
      r3: { at: now - 1, outcome: 'seen' },
    })
  })

  it('[ROSTER7] a door is due by calendar day after its last knock, at once where nobody ever knocked, again where nobody was met', () => {
    const door = (rules: readonly string[], last?: RosterDoor['knock']) => ({
      households: rules.map((rule) => ({ id: id('h'), people: 1, rule })),
      ...(last && { knock: last }),
    })
    const ago = (days: number, outcome: string) => ({ at: now - days * dayLength, outcome })
    expect(knockDue(door([]), now)).toBeUndefined()
    expect(knockDue(door(['irregular'], ago(90, 'seen')), now)).toBeUndefined()
    expect(knockDue(door(['monthly']), now)).toEqual({})
    expect(knockDue(door(['weekly'], ago(6, 'seen')), now)).toBeUndefined()
    expect(knockDue(door(['weekly'], ago(7, 'seen')), now)?.since).toBeLessThanOrEqual(now)
    expect(knockDue(door(['monthly', 'daily'], ago(1, 'refused')), now)).toBeDefined()
    expect(knockDue(door(['monthly'], ago(0, 'noAnswer')), now)).toBeDefined()
  })
})
