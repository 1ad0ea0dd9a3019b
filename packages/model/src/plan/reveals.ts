/** Showing sensitive fields of one record. */
import type { FieldProblem } from '../commands.ts'
import { mayReveal } from '../policy/rights.ts'
import { fieldOf } from '../records.ts'
import { ok } from '../result.ts'
import { isRevealReason, longestRevealNote } from '../reveals.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { invalid, notAllowed, notFound, type CommandOf, type Plan } from './refusals.ts'

export function reveal(snapshot: Snapshot, command: CommandOf<'reveal'>, { actor }: PlanContext): Plan {
  const { id, fields, reason } = command
  const entry = snapshot.entries.get(id)
  if (!entry) return notFound(id)
  if (!mayReveal(actor.roles)) return notAllowed('sensitive')
  const note = command.note?.trim() ?? ''
  const problems: FieldProblem[] = fields
    .filter((name) => fieldOf(entry.kind, name)?.class !== 'sensitive')
    .map((field) => ({ field, problem: 'unknownField' }))
  if (fields.length === 0) problems.push({ field: 'fields', problem: 'required' })
  if (!isRevealReason(reason)) problems.push({ field: 'reason', problem: 'notInList' })
  if (reason === 'other' && note === '') problems.push({ field: 'note', problem: 'required' })
  if (note.length > longestRevealNote)
    problems.push({ field: 'note', problem: 'tooLong', detail: String(longestRevealNote) })
  if (problems.length > 0) return invalid(...problems)
  return ok([{ op: 'reveal', kind: entry.kind, id, fields, reason, ...(reason === 'other' && { note }) }])
}
