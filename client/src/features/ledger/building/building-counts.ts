/** Counts over the doors of a building, of what is recorded. */
import { isUnverified, type Door } from './door-grid.ts'

export interface BuildingCounts {
  readonly households: number
  readonly people: number
  /** Doors where somebody should be but nobody is recorded. */
  readonly unregistered: number
  /** Households nobody has verified. */
  readonly unverified: number
}

export function buildingCounts(doors: readonly Door[]): BuildingCounts {
  return {
    households: doors.reduce((sum, door) => sum + door.households.length, 0),
    people: doors.reduce((sum, door) => sum + door.people, 0),
    unregistered: doors.filter((door) => door.state === 'unregistered').length,
    unverified: doors.reduce((sum, door) => sum + door.households.filter(isUnverified).length, 0),
  }
}
