/**
 * Writing in one's own name what another had written and nobody took (采纳). Each line becomes the command that a person would give
 * today, and is judged like it: by the rights of whoever adopts, and by what the records have become meanwhile.
 */
import type { AdoptedLine, FieldValues, ImportedRecord, StepInput } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { fieldOf, type Kind } from '../records.ts'
import { ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import type { Step } from '../tickets/types.ts'
import { importRecords } from './imports.ts'
import { addNote } from './notes.ts'
import { deleteRecord, editRecord, restoreRecord } from './records.ts'
import { wrongState, type CommandOf, type Plan } from './refusals.ts'
import { nameReporter } from './reporters.ts'
import { reportTicket, takeStep } from './tickets.ts'

type RecordLine = AdoptedLine & { readonly kind: Kind }

export function adopt(snapshot: Snapshot, { author, lines }: CommandOf<'adopt'>, context: PlanContext): Plan {
  const tickets = lines.filter(({ kind }) => kind === 'ticket')
  const records = lines.filter((line): line is RecordLine => line.kind !== 'ticket')
  if (lines.length === 0 || records.some(isText)) return byHand()
  const edits: Edit[] = []
  for (const part of [...recordPlans(snapshot, records, context), ...ticketPlans(snapshot, tickets, context)]) {
    if (!part.ok) return part
    edits.push(...part.value)
  }
  return ok([...edits, ...attributions(edits, author)])
}

/** What several people write in at once is carried over by whoever has read both. */
function byHand(): Plan {
  return wrongState('byHand')
}

function isText({ kind, field }: RecordLine): boolean {
  return field !== undefined && fieldOf(kind, field)?.type === 'coText'
}

/** New records refer to each other, so they are added together, as an import is. */
function recordPlans(snapshot: Snapshot, lines: readonly RecordLine[], context: PlanContext): readonly Plan[] {
  const rows: ImportedRecord[] = []
  const plans: Plan[] = []
  for (const [id, own] of byRecord(lines)) {
    const kind = own[0]?.kind
    if (!kind) continue
    const fields: FieldValues = Object.fromEntries(
      own.flatMap(({ action, field, after }) => (action === 'changed' && field !== undefined ? [[field, after]] : [])),
    )
    const existing = snapshot.entries.has(id)
    const isNew = !existing && own.some(({ action }) => action === 'created')
    if (kind === 'note' && isNew) plans.push(addNote(snapshot, { do: 'addNote', fields }, context))
    else if (kind === 'reporter')
      plans.push(nameReporter(snapshot, { do: 'nameReporter', ticket: id, fields }, context))
    else if (own.some(({ action }) => action === 'restored') && snapshot.trash.has(id))
      plans.push(restoreRecord(snapshot, { do: 'restoreRecord', id }, context))
    else if (own.some(({ action }) => action === 'deleted')) {
      if (!snapshot.trash.has(id)) plans.push(deleteRecord(snapshot, { id }, context))
    } else if (isNew) rows.push({ id, kind, existing, fields, origin: id })
    else if (Object.keys(fields).length > 0) plans.push(editRecord(snapshot, { do: 'editRecord', id, fields }, context))
  }
  return rows.length > 0 ? [importRecords(snapshot, { do: 'importRecords', rows }, context), ...plans] : plans
}

function ticketPlans(snapshot: Snapshot, lines: readonly AdoptedLine[], context: PlanContext): readonly Plan[] {
  const births = lines.flatMap(({ step }) => (step?.birth ? [step] : []))
  const description = lines.find(({ field }) => field === 'description')
  if (description && !births.some(({ ticket }) => ticket === description.id)) return [byHand()]
  return lines.flatMap(({ step }): readonly Plan[] => {
    if (!step) return []
    if (step.birth) {
      const { no: _, reporterName: __, reporterPhone: ___, ...birth } = step.birth
      const { evidence = [] } = step
      const words = typeof description?.after === 'string' ? description.after : ''
      return [reportTicket(snapshot, { do: 'reportTicket', birth, description: words, evidence }, context)]
    }
    const input = inputOf(step)
    return [input ? takeStep(snapshot, { do: 'takeStep', ticket: step.ticket, ...input }, context) : byHand()]
  })
}

function inputOf(step: Step): StepInput | undefined {
  const { action, note, evidence, assignee, coAssignees, dueAt, level, parent, score } = step
  if (action === 'submit' || action === 'settle') return undefined
  return {
    action,
    ...(note !== undefined && { note }),
    ...(evidence && { evidence }),
    ...(assignee !== undefined && { assignee }),
    ...(coAssignees && { coAssignees }),
    ...(dueAt !== undefined && { dueAt }),
    ...(level !== undefined && { level }),
    ...(parent !== undefined && { parent }),
    ...(score !== undefined && { score }),
  }
}

function attributions(edits: readonly Edit[], author: CommandOf<'adopt'>['author']): readonly Edit[] {
  const attributed = new Map<string, Edit>()
  for (const edit of edits) {
    if (edit.op === 'attribute') continue
    const { kind, id, step } =
      edit.op === 'step'
        ? { kind: 'ticket' as const, id: edit.step.ticket, step: edit.step.id }
        : { kind: edit.kind, id: edit.id, step: undefined }
    attributed.set(`${kind}/${id}/${step ?? ''}`, {
      op: 'attribute',
      kind,
      id,
      ...(step !== undefined && { step }),
      author,
    })
  }
  return [...attributed.values()]
}

function byRecord(lines: readonly RecordLine[]): ReadonlyMap<RecordId, readonly RecordLine[]> {
  const found = new Map<RecordId, RecordLine[]>()
  for (const line of lines) found.set(line.id, [...(found.get(line.id) ?? []), line])
  return found
}
