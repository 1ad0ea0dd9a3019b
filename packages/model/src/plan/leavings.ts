/** People who leave the register: moved away 迁出 or deceased 死亡. The record stays. */
import type { FieldProblem, FieldValues } from '../commands.ts'
import { isActive, type Entry } from '../records.ts'
import { ok } from '../result.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import type { Day } from '../time.ts'
import { denyFields } from './authority.ts'
import { clearHeadships, setFields } from './changes.ts'
import { surroundingsOf } from './records.ts'
import { valuesOf } from './references.ts'
import { findEntry, invalid, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { checkChanges, normaliseFields } from './validate.ts'

export function markMovedOut(snapshot: Snapshot, command: CommandOf<'markMovedOut'>, context: PlanContext): Plan {
  const person = findEntry(snapshot, command.person, 'person')
  if (!person.ok) return person
  const to = command.to === undefined ? {} : { movedTo: command.to }
  return leave(
    snapshot,
    person.value,
    'movedOutOn',
    { status: 'movedOut', movedOutOn: command.on, ...to },
    context,
    isActive(person.value),
  )
}

/** Also of somebody who had moved out before. */
export function markDeceased(snapshot: Snapshot, command: CommandOf<'markDeceased'>, context: PlanContext): Plan {
  const person = findEntry(snapshot, command.person, 'person')
  if (!person.ok) return person
  const may = isActive(person.value) || person.value.fields.status === 'movedOut'
  return leave(snapshot, person.value, 'deceasedOn', { status: 'deceased', deceasedOn: command.on }, context, may)
}

function leave(
  snapshot: Snapshot,
  person: Entry<'person'>,
  dayField: string,
  fields: FieldValues,
  context: PlanContext,
  isRightState: boolean,
): Plan {
  const denied = denyFields(context.actor, 'person', fields)
  if (denied) return denied
  if (!isRightState) return wrongState('notActive')
  const changed = normaliseFields('person', fields)
  const problems: FieldProblem[] = [
    ...checkChanges('person', changed, valuesOf(person), surroundingsOf(snapshot, context)),
  ]
  const day = changed[dayField]
  if (day === undefined) problems.push({ field: dayField, problem: 'required' })
  else if (isBefore(day, person.fields.birthDate)) problems.push({ field: dayField, problem: 'outOfRange' })
  if (problems.length > 0) return invalid(...problems)
  return ok([...setFields(person, changed), ...clearHeadships(snapshot, person.id)])
}

function isBefore(day: unknown, birthDate: Day | undefined): boolean {
  return typeof day === 'string' && birthDate !== undefined && day < birthDate
}
