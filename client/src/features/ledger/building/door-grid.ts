/** A building as a grid of doors: pure arrangement and state, no view. */
import { compareNaturally, doorState, isActive, type DoorState, type Entry, type HouseNode } from '@tongge/model'

export type DoorMark = 'unverified' | 'care' | 'conflict'

export interface Door {
  readonly house: Entry<'house'>
  /** Active households, the first registered first. */
  readonly households: readonly Entry<'household'>[]
  readonly people: number
  readonly state: DoorState
  readonly marks: readonly DoorMark[]
}

/** Where a door is in its building. */
export interface DoorPlace {
  readonly entrance?: string | undefined
  readonly floor?: number | undefined
  readonly door?: string | undefined
}

export interface Floor<D> {
  /** Undefined when unknown. */
  readonly floor: number | undefined
  readonly doors: readonly D[]
}

export interface Entrance<D> {
  /** '' for houses without one. */
  readonly name: string
  readonly floors: readonly Floor<D>[]
}

/** In the order of a walk: entrances and doors naturally, the highest floor first, unknown floors last. */
export function doorGrid<D>(doors: readonly D[], placeOf: (door: D) => DoorPlace): readonly Entrance<D>[] {
  const byEntrance = groupBy(doors, (door) => placeOf(door).entrance ?? '')
  return [...byEntrance]
    .sort(([a], [b]) => compareNaturally(a, b))
    .map(([name, doors]) => ({ name, floors: floorsOf(doors, placeOf) }))
}

export function doorFrom({ house, households: nodes }: HouseNode): Door {
  const active = nodes.filter(({ household }) => isActive(household))
  const households = active.map(({ household }) => household)
  return {
    house,
    households,
    people: active.reduce((sum, { persons }) => sum + persons.filter(isActive).length, 0),
    state: doorState(house, households.length),
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

function floorsOf<D>(doors: readonly D[], placeOf: (door: D) => DoorPlace): readonly Floor<D>[] {
  const byFloor = groupBy(doors, (door) => placeOf(door).floor)
  return [...byFloor]
    .sort(([a], [b]) => (b ?? -Infinity) - (a ?? -Infinity))
    .map(([floor, doors]) => ({
      floor,
      doors: [...doors].sort((a, b) => compareNaturally(placeOf(a).door ?? '', placeOf(b).door ?? '')),
    }))
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
