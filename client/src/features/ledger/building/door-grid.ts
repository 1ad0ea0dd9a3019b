/** A building as a grid of doors: pure arrangement and state, no view. */
import { compareNaturally, isActive, type Entry, type HouseNode } from '@tongge/model'

export type DoorState = 'registered' | 'rented' | 'business' | 'empty' | 'unregistered'
export type DoorMark = 'unverified' | 'care' | 'conflict'

export interface Door {
  readonly house: Entry<'house'>
  /** Active households, the first registered first. */
  readonly households: readonly Entry<'household'>[]
  readonly people: number
  readonly state: DoorState
  readonly marks: readonly DoorMark[]
}

export interface Floor {
  /** Undefined when unknown. */
  readonly floor: number | undefined
  readonly doors: readonly Door[]
}

export interface Entrance {
  /** '' for houses without one. */
  readonly name: string
  readonly floors: readonly Floor[]
}

/** In the order of a walk: entrances and doors naturally, the highest floor first, unknown floors last. */
export function doorGrid(doors: readonly Door[]): readonly Entrance[] {
  const byEntrance = groupBy(doors, (door) => door.house.fields.entrance ?? '')
  return [...byEntrance]
    .sort(([a], [b]) => compareNaturally(a, b))
    .map(([name, doors]) => ({ name, floors: floorsOf(doors) }))
}

export function doorFrom({ house, households: nodes }: HouseNode): Door {
  const active = nodes.filter(({ household }) => isActive(household))
  const households = active.map(({ household }) => household)
  return {
    house,
    households,
    people: active.reduce((sum, { persons }) => sum + persons.filter(isActive).length, 0),
    state: stateOf(house, households.length),
    marks: marksOf(house, households),
  }
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function floorsOf(doors: readonly Door[]): readonly Floor[] {
  const byFloor = groupBy(doors, (door) => door.house.fields.floor)
  return [...byFloor]
    .sort(([a], [b]) => (b ?? -Infinity) - (a ?? -Infinity))
    .map(([floor, doors]) => ({
      floor,
      doors: [...doors].sort((a, b) => compareNaturally(a.house.fields.door ?? '', b.house.fields.door ?? '')),
    }))
}

function stateOf(house: Entry<'house'>, households: number): DoorState {
  const { occupancy } = house.fields
  if (occupancy === 'business') return 'business'
  if (households === 0) return occupancy === 'vacant' ? 'empty' : 'unregistered'
  return occupancy === 'rented' ? 'rented' : 'registered'
}

function marksOf(house: Entry<'house'>, households: readonly Entry<'household'>[]): readonly DoorMark[] {
  const marks: DoorMark[] = []
  if (house.conflicts.length > 0 || households.some((one) => one.conflicts.length > 0 || one.deletion !== undefined))
    marks.push('conflict')
  if (households.some((one) => isUnverified(one))) marks.push('unverified')
  if (households.some((one) => (one.fields.careTags?.length ?? 0) > 0)) marks.push('care')
  return marks
}

export function isUnverified(entry: { readonly fields: { readonly verifyState?: string } }): boolean {
  return entry.fields.verifyState !== '1' && entry.fields.verifyState !== '3'
}
