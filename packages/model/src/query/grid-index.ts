/** The ledger of a grid as a tree: buildings, their houses, households, persons. Linear in the number of records, apart from sorting siblings. */
import type { RecordId } from '../ids.ts'
import { isActive, isKindOf, type Entry } from '../records.ts'
import { compareNaturally } from './natural-order.ts'

export interface HouseholdNode {
  readonly household: Entry<'household'>
  /** The head first, then by relation to the head, then by age, the oldest first. */
  readonly persons: readonly Entry<'person'>[]
}

export interface HouseNode {
  readonly house: Entry<'house'>
  readonly households: readonly HouseholdNode[]
}

export interface BuildingNode {
  readonly building: Entry<'building'>
  /** By entrance, floor, door. */
  readonly houses: readonly HouseNode[]
}

export interface GridIndex {
  /** By estate and name, 2号楼 before 10号楼. */
  readonly buildings: readonly BuildingNode[]
  readonly units: readonly Entry<'unit'>[]
  readonly facilities: readonly Entry<'facility'>[]
  /** Records whose parent this device does not know; they must not vanish from view. */
  readonly strays: {
    readonly houses: readonly HouseNode[]
    readonly households: readonly HouseholdNode[]
    readonly persons: readonly Entry<'person'>[]
  }
  readonly nodeOfHousehold: ReadonlyMap<RecordId, HouseholdNode>
  readonly nodeOfHouse: ReadonlyMap<RecordId, HouseNode>
}

export function indexGrid(entries: Iterable<Entry>): GridIndex {
  const buildings = new Map<RecordId, { building: Entry<'building'>; houses: HouseNode[] }>()
  const houses = new Map<RecordId, { house: Entry<'house'>; households: HouseholdNode[] }>()
  const households = new Map<RecordId, { household: Entry<'household'>; persons: Entry<'person'>[] }>()
  const persons: Entry<'person'>[] = []
  const units: Entry<'unit'>[] = []
  const facilities: Entry<'facility'>[] = []
  for (const entry of entries) {
    if (isKindOf(entry, 'building')) buildings.set(entry.id, { building: entry, houses: [] })
    else if (isKindOf(entry, 'house')) houses.set(entry.id, { house: entry, households: [] })
    else if (isKindOf(entry, 'household')) households.set(entry.id, { household: entry, persons: [] })
    else if (isKindOf(entry, 'person')) persons.push(entry)
    else if (isKindOf(entry, 'unit')) units.push(entry)
    else if (isKindOf(entry, 'facility')) facilities.push(entry)
  }

  const strays = { houses: [] as HouseNode[], households: [] as HouseholdNode[], persons: [] as Entry<'person'>[] }
  for (const person of persons)
    (households.get(person.fields.household as RecordId)?.persons ?? strays.persons).push(person)
  for (const node of households.values())
    (houses.get(node.household.fields.house as RecordId)?.households ?? strays.households).push(node)
  for (const node of houses.values())
    (buildings.get(node.house.fields.building as RecordId)?.houses ?? strays.houses).push(node)

  for (const { household, persons } of households.values())
    persons.sort((a, b) => comparePersons(a, b, household.fields.head))
  for (const { households } of houses.values()) households.sort((a, b) => compareIds(a.household, b.household))
  for (const { houses } of buildings.values()) houses.sort((a, b) => compareHouses(a.house, b.house))
  return {
    buildings: [...buildings.values()].sort((a, b) => compareBuildings(a.building, b.building)),
    units: units.sort((a, b) => compareNaturally(a.fields.name ?? '', b.fields.name ?? '') || compareIds(a, b)),
    facilities: facilities.sort(
      (a, b) => compareNaturally(a.fields.name ?? '', b.fields.name ?? '') || compareIds(a, b),
    ),
    strays,
    nodeOfHousehold: households,
    nodeOfHouse: houses,
  }
}

function comparePersons(a: Entry<'person'>, b: Entry<'person'>, head: string | undefined): number {
  return (
    Number(b.id === head) - Number(a.id === head) ||
    Number(isActive(b)) - Number(isActive(a)) ||
    compareText(a.fields.kinToHead ?? '99', b.fields.kinToHead ?? '99') ||
    compareText(a.fields.birthDate ?? '9999', b.fields.birthDate ?? '9999') ||
    compareIds(a, b)
  )
}

function compareHouses(a: Entry<'house'>, b: Entry<'house'>): number {
  return (
    compareNaturally(a.fields.entrance ?? '', b.fields.entrance ?? '') ||
    (a.fields.floor ?? floorOf(a)) - (b.fields.floor ?? floorOf(b)) ||
    compareNaturally(a.fields.door ?? '', b.fields.door ?? '') ||
    compareIds(a, b)
  )
}

/** Door 1203 is on floor 12 where nobody said otherwise. */
function floorOf({ fields }: Entry<'house'>): number {
  const digits = /(\d+)\D*$/.exec(fields.door ?? '')?.[1] ?? ''
  return digits.length > 2 ? Number(digits.slice(0, -2)) : 0
}

function compareBuildings(a: Entry<'building'>, b: Entry<'building'>): number {
  return (
    compareNaturally(a.fields.estate ?? '', b.fields.estate ?? '') ||
    compareNaturally(a.fields.name ?? '', b.fields.name ?? '') ||
    compareIds(a, b)
  )
}

function compareIds(a: Entry, b: Entry): number {
  return compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
