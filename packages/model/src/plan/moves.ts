/** Moving households and people within the grid. */
import { isActive } from '../records.ts'
import { ok } from '../result.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields } from './authority.ts'
import { clearHeadships, headOf, isHeadKin, setField } from './changes.ts'
import { findDuplicate } from './duplicates.ts'
import { surroundingsOf } from './records.ts'
import { valuesOf } from './references.ts'
import { findEntry, invalid, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { checkChanges } from './validate.ts'

export function moveHousehold(snapshot: Snapshot, command: CommandOf<'moveHousehold'>, context: PlanContext): Plan {
  const household = findEntry(snapshot, command.household, 'household')
  if (!household.ok) return household
  const house = findEntry(snapshot, command.toHouse, 'house')
  if (!house.ok) return house
  const denied = denyFields(context.actor, 'household', { house: command.toHouse })
  if (denied) return denied
  if (!isActive(household.value) || !isActive(house.value)) return wrongState('notActive')
  if (household.value.fields.house === command.toHouse) return wrongState('sameHouse')
  return ok([setField(household.value, 'house', command.toHouse)])
}

/** The household left behind loses its head if that was the one who moved; the one moved to gets a head if it has none and the person comes as such. */
export function movePerson(snapshot: Snapshot, command: CommandOf<'movePerson'>, context: PlanContext): Plan {
  const person = findEntry(snapshot, command.person, 'person')
  if (!person.ok) return person
  const household = findEntry(snapshot, command.toHousehold, 'household')
  if (!household.ok) return household
  const changed = { household: command.toHousehold, kinToHead: command.kinToHead }
  const denied = denyFields(context.actor, 'person', changed)
  if (denied) return denied
  if (!isActive(person.value) || !isActive(household.value)) return wrongState('notActive')
  if (person.value.fields.household === command.toHousehold) return wrongState('sameHousehold')
  const before = valuesOf(person.value)
  const problems = checkChanges('person', changed, before, surroundingsOf(snapshot, context))
  if (problems.length > 0) return invalid(...problems)
  const duplicate = findDuplicate(snapshot, 'person', { ...before, ...changed }, [command.person], before)
  if (duplicate) return duplicate
  const comesAsHead = isHeadKin(command.kinToHead)
  if (comesAsHead && headOf(snapshot, household.value) !== undefined) return wrongState('householdHasHead')
  return ok([
    ...clearHeadships(snapshot, command.person),
    setField(person.value, 'household', command.toHousehold),
    setField(person.value, 'kinToHead', command.kinToHead),
    ...(comesAsHead ? [setField(household.value, 'head', command.person)] : []),
  ])
}
