/** 覆盖率: the three rates the sources ask for, with honest denominators (domain.md §3.3): what is not known is counted apart and never as done. */
import type { RecordId } from '../ids.ts'
import { isActive, isKindOf, type Entry } from '../records.ts'
import { dayLength, type Instant } from '../time.ts'

export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** Things of which it is not known whether they belong into the denominator. */
  readonly unknown: number
  /** Part of the denominator that no record stands behind: what is expected and not recorded yet. */
  readonly estimated: number
}

export interface Coverage {
  /**
   * Occupied houses (自住, 出租) with a household that has a head and a person ÷ occupied houses and the doors a building is said to
   * have beyond the recorded ones, and at least the households the grid is said to have; unknown: houses whose state nobody noted. A
   * door that nobody recorded may be empty: recording it as 空置 takes it out again.
   */
  readonly registration: Rate
  /** Floating persons confirmed within 7 days ÷ floating persons on the register; unknown: persons whose resident type is not noted. */
  readonly floating: Rate
  /** Care households with a visit plan, an emergency contact and a phone ÷ households with a care tag; unknown: untagged households never verified. */
  readonly care: Rate
}

const week = 7 * dayLength

/** `targetHouseholds`: the 户数 of the grid, where the office has given it. */
export function coverage(entries: Iterable<Entry>, now: Instant, targetHouseholds = 0): Coverage {
  const buildings: Entry<'building'>[] = []
  const houses: Entry<'house'>[] = []
  const households: Entry<'household'>[] = []
  const persons: Entry<'person'>[] = []
  for (const entry of entries) {
    if (!isActive(entry)) continue
    if (isKindOf(entry, 'building')) buildings.push(entry)
    else if (isKindOf(entry, 'house')) houses.push(entry)
    else if (isKindOf(entry, 'household')) households.push(entry)
    else if (isKindOf(entry, 'person')) persons.push(entry)
  }
  return {
    registration: registration({ buildings, houses, households, persons, targetHouseholds }),
    floating: floating(persons, now),
    care: care(households),
  }
}

interface Register {
  readonly buildings: readonly Entry<'building'>[]
  readonly houses: readonly Entry<'house'>[]
  readonly households: readonly Entry<'household'>[]
  readonly persons: readonly Entry<'person'>[]
  readonly targetHouseholds: number
}

function registration({ buildings, houses, households, persons, targetHouseholds }: Register): Rate {
  const householdOf = new Map<RecordId, string | undefined>(
    persons.map((person) => [person.id, person.fields.household]),
  )
  const registered = new Set(
    households
      .filter(({ id, fields }) => fields.head !== undefined && householdOf.get(fields.head as RecordId) === id)
      .map(({ fields }) => fields.house),
  )
  const occupied = houses.filter(({ fields }) => fields.occupancy === 'owner' || fields.occupancy === 'rented')
  // The larger of two estimates: neither of them makes a grid look more complete than the other says.
  const estimated = Math.max(unrecordedDoors(buildings, houses), targetHouseholds - occupied.length)
  return {
    numerator: occupied.filter(({ id }) => registered.has(id)).length,
    denominator: occupied.length + estimated,
    unknown: houses.filter(({ fields }) => fields.occupancy === undefined).length,
    estimated,
  }
}

/** Of each building by itself: doors too many in one do not make up for doors that lack in another. */
function unrecordedDoors(buildings: readonly Entry<'building'>[], houses: readonly Entry<'house'>[]): number {
  const recorded = new Map<string | undefined, number>()
  for (const { fields } of houses) recorded.set(fields.building, (recorded.get(fields.building) ?? 0) + 1)
  return buildings.reduce(
    (sum, { id, fields }) => sum + Math.max(0, (fields.doorCount ?? 0) - (recorded.get(id) ?? 0)),
    0,
  )
}

function floating(persons: readonly Entry<'person'>[], now: Instant): Rate {
  const inRegister = persons.filter(({ fields }) => fields.resident === '02')
  return {
    numerator: inRegister.filter(
      ({ fields }) => fields.floatingConfirmedAt !== undefined && now - fields.floatingConfirmedAt <= week,
    ).length,
    denominator: inRegister.length,
    unknown: persons.filter(({ fields }) => fields.resident === undefined).length,
    estimated: 0,
  }
}

function care(households: readonly Entry<'household'>[]): Rate {
  const tagged = households.filter(({ fields }) => (fields.careTags ?? []).length > 0)
  const untagged = households.filter(({ fields }) => (fields.careTags ?? []).length === 0)
  return {
    numerator: tagged.filter(
      ({ fields }) =>
        fields.visitRule !== undefined && fields.emergencyContact !== undefined && fields.emergencyPhone !== undefined,
    ).length,
    denominator: tagged.length,
    unknown: untagged.filter(({ fields }) => fields.verifyState === undefined || fields.verifyState === '0').length,
    estimated: 0,
  }
}
