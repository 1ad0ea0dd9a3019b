/** Whether what a person put into a ticket or a step is sound. */
import { isCode } from '../codes/index.ts'
import type { FieldProblem, FieldProblemCode } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { mayRead } from '../policy/rights.ts'
import type { Kind } from '../records.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { isHigher, openStates } from '../tickets/machine.ts'
import { categoryOf } from '../tickets/taxonomy.ts'
import type { Report, Step, Ticket } from '../tickets/types.ts'
import type { Instant } from '../time.ts'

/** Most characters of a ticket's texts, and most pieces of evidence of one step. */
export const ticketLimits = {
  title: 60,
  place: 120,
  impactScope: 200,
  description: 5000,
  note: 2000,
  evidence: 20,
} as const

/** A device's clock may be this far ahead of the one that judges. */
const clockTolerance = 5 * 60_000

/** Texts trimmed, blank ones left out; who reported it never stands in a step. */
export function tidyBirth(birth: Report): Report {
  const tidied = Object.entries(birth).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ])
  const entries = tidied.filter(
    ([name, value]) =>
      value !== undefined && (value !== '' || name === 'title' || name === 'place') && !name.startsWith('reporter'),
  )
  return Object.fromEntries(entries) as Report
}

export function birthProblems(
  snapshot: Snapshot,
  birth: Report,
  description: string,
  { actor, now }: PlanContext,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (field: string, problem: FieldProblemCode, detail?: string): void => {
    problems.push(detail === undefined ? { field, problem } : { field, problem, detail })
  }
  const isInLedger = (id: RecordId | undefined, kind: Kind): boolean =>
    id === undefined || snapshot.entries.get(id)?.kind === kind

  for (const name of ['title', 'place'] as const) if (!birth[name]) add(name, 'required')
  for (const name of ['title', 'place', 'impactScope'] as const) {
    if ((birth[name] ?? '').length > ticketLimits[name]) add(name, 'tooLong', String(ticketLimits[name]))
  }
  if (description.length > ticketLimits.description) add('description', 'tooLong', String(ticketLimits.description))
  if (!categoryOf(birth.category)) add('category', 'notInList', birth.category)
  if (!isCode('TICKET_SOURCE', birth.source)) add('source', 'notInList', birth.source)
  if (birth.risk !== undefined && !isCode('RISK', birth.risk)) add('risk', 'notInList', birth.risk)
  if (!['normal', 'major'].includes(birth.severity)) add('severity', 'notInList')
  if (!['grid', 'community', 'street'].includes(birth.level)) add('level', 'notInList')
  if (!['public', 'anonymous', 'private'].includes(birth.visibility)) add('visibility', 'notInList')
  if (!Number.isSafeInteger(birth.occurredAt)) add('occurredAt', 'badDate')
  else if (birth.occurredAt > now + clockTolerance) add('occurredAt', 'futureDate')
  if (
    birth.peopleInvolved !== undefined &&
    !(Number.isInteger(birth.peopleInvolved) && birth.peopleInvolved >= 0 && birth.peopleInvolved <= 100_000)
  )
    add('peopleInvolved', 'outOfRange', '0–100000')
  if (birth.point !== undefined && !isPoint(birth.point)) add('point', 'outOfRange')
  // Who cannot read the ledger has no records to compare with.
  if (mayRead(actor.roles, 'ledger')) {
    if (!isInLedger(birth.building, 'building')) add('building', 'unknownReference')
    if (!isInLedger(birth.household, 'household')) add('household', 'unknownReference')
  }
  return problems
}

type Contents = Pick<Step, 'action'> & {
  readonly [F in 'note' | 'evidence' | 'assignee' | 'dueAt' | 'level' | 'parent' | 'score']?: Step[F] | undefined
}

/** Problems of what a step carries; what it lacks is told apart (`missingFields`). */
export function evidenceProblems({ length }: readonly string[]): readonly FieldProblem[] {
  if (length <= ticketLimits.evidence) return []
  return [{ field: 'evidence', problem: 'tooLong', detail: String(ticketLimits.evidence) }]
}

export function stepProblems(
  snapshot: Snapshot,
  ticket: Ticket,
  step: Contents,
  now: Instant,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  if ((step.note ?? '').length > ticketLimits.note)
    problems.push({ field: 'note', problem: 'tooLong', detail: String(ticketLimits.note) })
  problems.push(...evidenceProblems(step.evidence ?? []))
  if (step.assignee?.trim() === '') problems.push({ field: 'assignee', problem: 'required' })
  if (step.dueAt !== undefined && !(Number.isSafeInteger(step.dueAt) && step.dueAt > now))
    problems.push({ field: 'dueAt', problem: 'outOfRange' })
  if (step.action === 'escalate' && step.level !== undefined && !isHigher(step.level, ticket.level))
    problems.push({ field: 'level', problem: 'outOfRange', detail: ticket.level })
  if (step.score !== undefined && ![1, 2, 3, 4, 5].includes(step.score))
    problems.push({ field: 'score', problem: 'outOfRange', detail: '1–5' })
  if (step.action === 'merge' && step.parent !== undefined && !mayMergeInto(snapshot, ticket, step.parent))
    problems.push({ field: 'parent', problem: 'unknownReference' })
  return problems
}

/** Into another open ticket; since merged tickets are not open, no circle can arise. */
function mayMergeInto(snapshot: Snapshot, ticket: Ticket, parent: Step['ticket']): boolean {
  const target = snapshot.tickets.get(parent)
  return target !== undefined && target.id !== ticket.id && openStates.includes(target.state)
}

function isPoint([longitude, latitude]: readonly [number, number]): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
}
