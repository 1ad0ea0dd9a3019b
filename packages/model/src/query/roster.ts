/**
 * The masked roster 花名册 of a building: what its helpers need in order to knock at its doors, and no more (domain.md §4, `r`).
 * Made from the ledger alone, so that nothing of the sensitive document can be in it.
 */
import { maskName, maskPhone } from '../checks/mask.ts'
import type { RecordId } from '../ids.ts'
import { isActive, isKindOf, type Entry } from '../records.ts'
import { dayOf, startOfDay, type Instant } from '../time.ts'
import { doorState, type DoorState } from './door-state.ts'
import type { BuildingNode, HouseholdNode, HouseNode } from './grid-index.ts'
import { doorOnWall } from './search-rows.ts'
import { daysBetweenVisits, nextVisit } from './visit-plan.ts'

export interface RosterKnock {
  readonly at: Instant
  /** A code of VISIT_OUTCOME. */
  readonly outcome?: string
}

export interface RosterHousehold {
  readonly id: RecordId
  /** The head's, masked; absent where no head is on the register. */
  readonly name?: string
  /** Masked. */
  readonly phone?: string
  readonly people: number
  /** How often somebody is to knock: a code of VISIT_RULE. Why is not told. */
  readonly rule?: string
}

export interface RosterDoor {
  readonly house: RecordId
  readonly entrance?: string
  readonly floor?: number
  readonly door: string
  readonly state: DoorState
  readonly households: readonly RosterHousehold[]
  readonly knock?: RosterKnock
}

/** Doors in the order of the ledger, without their knocks. */
export function rosterOf({ houses }: BuildingNode): readonly RosterDoor[] {
  return houses.filter(({ house }) => isActive(house)).map(doorFrom)
}

/** The last knock that the notes tell of at each door. */
export function lastKnocks(doors: readonly RosterDoor[], notes: Iterable<Entry>): ReadonlyMap<RecordId, RosterKnock> {
  const houseOf = housesByDoor(doors)
  const last = new Map<RecordId, RosterKnock>()
  for (const note of notes) {
    if (!isKindOf(note, 'note') || note.fields.noteType !== 'knock') continue
    const { door, outcome, notedAt: at = note.created.at } = note.fields
    const house = door === undefined ? undefined : houseOf(door)
    if (house === undefined || (last.get(house)?.at ?? -Infinity) > at) continue
    last.set(house, outcome === undefined ? { at } : { at, outcome })
  }
  return last
}

/** Present when the strictest plan of the door asks for a knock by now. `since` is absent where nobody ever knocked. */
export function knockDue(
  { households, knock }: Pick<RosterDoor, 'households' | 'knock'>,
  now: Instant,
): { readonly since?: Instant } | undefined {
  const days = Math.min(...households.map(({ rule }) => daysBetweenVisits(rule) ?? Infinity))
  if (days === Infinity) return undefined
  if (knock === undefined) return {}
  // A knock that met nobody has to be made again.
  const since = knock.outcome === 'noAnswer' ? startOfDay(dayOf(knock.at)) : nextVisit(knock.at, days)
  return since <= now ? { since } : undefined
}

function doorFrom({ house, households }: HouseNode): RosterDoor {
  const active = households.filter(({ household }) => isActive(household))
  const { entrance, floor, door = '' } = house.fields
  return {
    house: house.id,
    ...(entrance !== undefined && { entrance }),
    ...(floor !== undefined && { floor }),
    door,
    state: doorState(house, active.length),
    households: active.map(householdFrom),
  }
}

function householdFrom({ household, persons }: HouseholdNode): RosterHousehold {
  const living = persons.filter(isActive)
  const { head: headId, phone: shared, visitRule: rule } = household.fields
  const head = living.find(({ id }) => id === headId)
  const name = head?.fields.name
  const phone = shared ?? head?.fields.phone
  return {
    id: household.id,
    ...(name !== undefined && { name: maskName(name) }),
    ...(phone !== undefined && { phone: maskPhone(phone) }),
    people: living.length,
    ...(rule !== undefined && { rule }),
  }
}

/** By what is written on the wall, or by the door alone where only one entrance has it. Notes name doors in free text. */
function housesByDoor(doors: readonly RosterDoor[]): (door: string) => RecordId | undefined {
  const [byWall, byDoor] = [new Map<string, RecordId | undefined>(), new Map<string, RecordId | undefined>()]
  for (const one of doors) {
    for (const [map, text] of [
      [byWall, doorOnWall(one)],
      [byDoor, one.door],
    ] as const) {
      const key = plainDoor(text)
      map.set(key, map.has(key) ? undefined : one.house)
    }
  }
  return (door) => {
    const key = plainDoor(door)
    return byWall.has(key) ? byWall.get(key) : byDoor.get(key)
  }
}

function plainDoor(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/单元-?/, '-')
    .replace(/[室号]$/, '')
    .toLowerCase()
}
