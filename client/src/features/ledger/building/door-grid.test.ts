import { indexGrid, type Entry } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'
import { buildingCounts } from './building-counts.ts'
import { doorFrom, doorGrid, type Door } from './door-grid.ts'

const building = testEntry('building', 'b1', { estate: '新华里', name: '3号楼' })
const house = (id: string, entrance: string, floor: number | undefined, door: string, occupancy = 'owner'): Entry =>
  testEntry('house', id, { building: 'b1', entrance, door, occupancy, ...(floor === undefined ? {} : { floor }) })

const doorsOf = (...entries: readonly Entry[]): readonly Door[] =>
  (indexGrid([building, ...entries]).buildings[0]?.houses ?? []).map(doorFrom)

test('[LED1] entrances come in natural order, the highest floor first, doors in natural order, unknown floors last', () => {
  const grid = doorGrid(
    doorsOf(
      house('h1', '10', 1, '101'),
      house('h2', '2', 1, '102'),
      house('h3', '2', 2, '201'),
      house('h4', '2', 1, '101'),
      house('h5', '2', undefined, '阁楼'),
    ),
    (door) => door.house.fields,
  )
  expect(grid.map((entrance) => entrance.name)).toEqual(['2', '10'])
  expect(grid[0]?.floors.map((floor) => [floor.floor, floor.doors.map((door) => door.house.fields.door)])).toEqual([
    [2, ['201']],
    [1, ['101', '102']],
    [undefined, ['阁楼']],
  ])
})

test('[LED2] a door tells whether it is registered, rented, vacant, a business or still missing, and what to look at', () => {
  const doors = doorsOf(
    house('h1', '1', 1, '101'),
    testEntry('household', 'u1', { house: 'h1', verifyState: '1' }),
    house('h2', '1', 1, '102', 'rented'),
    testEntry('household', 'u2', { house: 'h2', careTags: ['aged'] }),
    house('h3', '1', 1, '103', 'vacant'),
    house('h4', '1', 1, '104', 'business'),
    house('h5', '1', 1, '105'),
    testEntry('household', 'u5', { house: 'h5', status: 'archived' }),
  )
  expect(doors.map((door) => [door.state, ...door.marks])).toEqual([
    ['registered'],
    ['rented', 'unverified', 'care'],
    ['empty'],
    ['business'],
    ['unregistered'],
  ])
})

test('[LED3] counts leave out those who moved out, and count doors where somebody should be recorded', () => {
  const counts = buildingCounts(
    doorsOf(
      house('h1', '1', 1, '101'),
      testEntry('household', 'u1', { house: 'h1', verifyState: '0' }),
      testEntry('person', 'p1', { household: 'u1', name: '甲' }),
      testEntry('person', 'p2', { household: 'u1', name: '乙', status: 'movedOut' }),
      house('h2', '1', 1, '102'),
      house('h3', '1', 1, '103', 'vacant'),
    ),
  )
  expect(counts).toEqual({ households: 1, people: 1, unregistered: 1, unverified: 1 })
})
