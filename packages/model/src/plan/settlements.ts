/** Settling what two people did without knowing of each other. */
import { normaliseValue } from '../checks/normalise-field.ts'
import { fieldOf } from '../records.ts'
import { ok } from '../result.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields, denyRecord } from './authority.ts'
import { setField } from './changes.ts'
import { deleteRecord, surroundingsOf } from './records.ts'
import { valuesOf } from './references.ts'
import { invalid, notFound, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { checkChanges } from './validate.ts'

export function settleField(snapshot: Snapshot, command: CommandOf<'settleField'>, context: PlanContext): Plan {
  const entry = snapshot.entries.get(command.id)
  if (!entry) return notFound(command.id)
  const field = fieldOf(entry.kind, command.field)
  if (!field) return invalid({ field: command.field, problem: 'unknownField' })
  const changed = { [command.field]: normaliseValue(field, command.value) }
  const denied = denyFields(context.actor, entry.kind, changed, entry)
  if (denied) return denied
  const conflict = entry.conflicts.find((conflict) => conflict.field === command.field)
  if (!conflict) return wrongState('noConflict')
  // One of the rivals may be chosen even if it would not pass today: it is already part of the record.
  const isRival = conflict.rivals.some(
    (rival) => JSON.stringify(rival.value) === JSON.stringify(changed[command.field]),
  )
  const problems = isRival ? [] : checkChanges(entry.kind, changed, valuesOf(entry), surroundingsOf(snapshot, context))
  return problems.length > 0 ? invalid(...problems) : ok([setField(entry, command.field, changed[command.field])])
}

export function settleDeletion(snapshot: Snapshot, command: CommandOf<'settleDeletion'>, context: PlanContext): Plan {
  const entry = snapshot.entries.get(command.id)
  if (!entry) return notFound(command.id)
  const denied = denyRecord(context.actor, entry.kind, command.keep ? 'insert' : 'delete', entry)
  if (denied) return denied
  if (!entry.deletion) return wrongState('notDeleted')
  return command.keep
    ? ok([{ op: 'restore', kind: entry.kind, id: entry.id }])
    : deleteRecord(snapshot, command, context)
}
