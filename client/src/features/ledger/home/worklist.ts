/** What is left to do in the ledger, in the order of a walk through the buildings. Pure. */
import type { BuildingNode, Entry } from '@tongge/model'
import { doorFrom, isUnverified } from '../building/door-grid.ts'

export interface Worklist {
  /** Where somebody should be but nobody is recorded. */
  readonly doors: readonly Entry<'house'>[]
  readonly unverified: readonly Entry<'household'>[]
  /** Care households without a visit plan or without somebody to call: those the care rate does not count. */
  readonly careFiles: readonly Entry<'household'>[]
}

export function worklist(buildings: readonly BuildingNode[]): Worklist {
  const doors = buildings.flatMap(({ houses }) => houses.map(doorFrom))
  const households = doors.flatMap((door) => door.households)
  return {
    doors: doors.filter(({ state }) => state === 'unregistered').map(({ house }) => house),
    unverified: households.filter(isUnverified),
    careFiles: households.filter(
      ({ fields }) =>
        (fields.careTags ?? []).length > 0 &&
        (fields.visitRule === undefined ||
          fields.emergencyContact === undefined ||
          fields.emergencyPhone === undefined),
    ),
  }
}
