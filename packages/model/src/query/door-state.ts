/** What a door is, from its house and how many households are on the register behind it. */
import type { Entry } from '../records.ts'

export const doorStates = ['registered', 'rented', 'business', 'empty', 'unregistered'] as const
export type DoorState = (typeof doorStates)[number]

export function doorState({ fields: { occupancy } }: Entry<'house'>, households: number): DoorState {
  if (occupancy === 'business') return 'business'
  if (households === 0) return occupancy === 'vacant' ? 'empty' : 'unregistered'
  return occupancy === 'rented' ? 'rented' : 'registered'
}
