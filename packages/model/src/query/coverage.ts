/** 覆盖率: the three rates the sources ask for, with honest denominators (domain.md §3.3): what is not known is counted apart and never as done. */
import type { RecordId } from '../ids.ts'
import { isActive, isKindOf, type Entry } from '../records.ts'
import { dayLength, type Instant } from '../time.ts'

export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** Things of which it is not known whether they belong into the denominator. */
  readonly unknown: number
}

export interface Coverage {
  /** Occupied houses (自住, 出租) with a household that has a head and a person ÷ occupied houses; unknown: houses whose state nobody noted. */
  readonly registration: Rate
  /** Floating persons confirmed within 7 days ÷ floating persons on the register; unknown: persons whose resident type is not noted. */
  readonly floating: Rate
  /** Care households with a visit plan, an emergency contact and a phone ÷ households with a care tag; unknown: untagged households never verified. */
  readonly care: Rate
}

const week = 7 * dayLength

export function coverage(entries: Iterable<Entry>, now: Instant): Coverage {
  const houses: Entry<'house'>[] = []
  const households: Entry<'household'>[] = []
  const persons: Entry<'person'>[] = []
  for (const entry of entries) {
    if (!isActive(entry)) continue
    if (isKindOf(entry, 'house')) houses.push(entry)
    else if (isKindOf(entry, 'household')) households.push(entry)
    else if (isKindOf(entry, 'person')) persons.push(entry)
  }
  return {
    registration: registration(houses, households, persons),
    floating: floating(persons, now),
    care: care(households),
  }
}

function registration(
  houses: readonly Entry<'house'>[],
  households: readonly Entry<'household'>[],
  persons: readonly Entry<'person'>[],
): Rate {
  const householdOf = new Map<RecordId, string | undefined>(
    persons.map((person) => [person.id, person.fields.household]),
  )
  const registered = new Set(
    households
      .filter(({ id, fields }) => fields.head !== undefined && householdOf.get(fields.head as RecordId) === id)
      .map(({ fields }) => fields.house),
  )
  const occupied = houses.filter(({ fields }) => fields.occupancy === 'owner' || fields.occupancy === 'rented')
  return {
    numerator: occupied.filter(({ id }) => registered.has(id)).length,
    denominator: occupied.length,
    unknown: houses.filter(({ fields }) => fields.occupancy === undefined).length,
  }
}

function floating(persons: readonly Entry<'person'>[], now: Instant): Rate {
  const inRegister = persons.filter(({ fields }) => fields.resident === '02')
  return {
    numerator: inRegister.filter(
      ({ fields }) => fields.floatingConfirmedAt !== undefined && now - fields.floatingConfirmedAt <= week,
    ).length,
    denominator: inRegister.length,
    unknown: persons.filter(({ fields }) => fields.resident === undefined).length,
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
  }
}
