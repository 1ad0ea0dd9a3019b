import { indexGrid, type Entry, type GridIndex } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'

/** Every record that some list of the ledger leads to: buildings, what hangs below them, and the records without a parent. */
function listed(index: GridIndex): readonly string[] {
  const houses = [...index.buildings.flatMap((node) => node.houses), ...index.strays.houses]
  const households = [...houses.flatMap((node) => node.households), ...index.strays.households]
  const persons = [...households.flatMap((node) => node.persons), ...index.strays.persons]
  return [
    ...index.buildings.map(({ building }) => building.id),
    ...houses.map(({ house }) => house.id),
    ...households.map(({ household }) => household.id),
    ...persons.map(({ id }) => id),
  ].toSorted()
}

const building = testEntry('building', 'b', { estate: '春和', name: '1号楼' })
const house = testEntry('house', 'h', { building: 'b', door: '101' })
const household = testEntry('household', 'u', { house: 'h' })
const person = testEntry('person', 'p', { household: 'u', name: '演示' })
const all: readonly Entry[] = [building, house, household, person]

const missing = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_entry, nth) => (bits >> nth) & 1))

test.each(missing.map((here) => [here.map(({ kind }) => kind).join(' and ') || 'nothing', here] as const))(
  '[LED25] with only %s on this device, each of these records is listed once',
  (_names, here) => {
    const index = indexGrid(here)
    expect(listed(index)).toEqual(here.map(({ id }) => id).toSorted())
  },
)
