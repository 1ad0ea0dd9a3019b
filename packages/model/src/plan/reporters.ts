/** Who reported a ticket, written down by those who may write in the sensitive document. */
import type { FieldProblem, FieldValues } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields, presentFields } from './authority.ts'
import { setFields } from './changes.ts'
import { editRecord, surroundingsOf } from './records.ts'
import { invalid, notFound, type CommandOf, type Plan, type Refused } from './refusals.ts'
import { checkNewRecord, normaliseFields } from './validate.ts'

/** The reporter of a ticket that is being reported; no edits where nobody is named. */
export function newReporter(
  snapshot: Snapshot,
  ticket: RecordId,
  fields: FieldValues,
  context: PlanContext,
): { readonly edits: readonly Edit[]; readonly problems: readonly FieldProblem[]; readonly denied?: Refused } {
  const given = presentFields(normaliseFields('reporter', fields))
  if (Object.keys(given).length === 0) return { edits: [], problems: [] }
  const denied = denyFields(context.actor, 'reporter', given)
  return {
    edits: [{ op: 'create', kind: 'reporter', id: ticket, fields: given }],
    problems: checkNewRecord('reporter', given, surroundingsOf(snapshot, context)),
    ...(denied && { denied }),
  }
}

/** Of a ticket that is there. Two who do so without knowing of each other begin the same record: so it begins empty, and both their values stand. */
export function nameReporter(snapshot: Snapshot, command: CommandOf<'nameReporter'>, context: PlanContext): Plan {
  const { ticket, fields } = command
  if (!snapshot.tickets.has(ticket)) return notFound(ticket)
  if (snapshot.entries.has(ticket)) return editRecord(snapshot, { do: 'editRecord', id: ticket, fields }, context)
  const { edits, problems, denied } = newReporter(snapshot, ticket, fields, context)
  if (denied) return denied
  if (problems.length > 0) return invalid(...problems)
  return ok(
    edits.flatMap((edit): readonly Edit[] =>
      edit.op === 'create'
        ? [{ ...edit, fields: {} }, ...setFields({ kind: 'reporter', id: ticket }, edit.fields)]
        : [edit],
    ),
  )
}
