/**
 * A ticket from its steps. A pure function of the set of steps: any order, any repetition of delivery gives the same ticket.
 * What does not fit is kept and shown, never dropped (domain.md §3.2, rules 1–6).
 */
import type { RecordId } from '../ids.ts'
import type { Instant } from '../time.ts'
import { applyStep, birthOf, joined, type Folding } from './apply-step.ts'
import type { WorkCalendar } from './calendar.ts'
import { dueOf } from './due.ts'
import { mayTake, transitionFrom, transitionsOf } from './machine.ts'
import { acceptedAt, isKnownAction, isWellFormed, orderSteps, type Receipt } from './step-checks.ts'
import type { Due, Step, Ticket } from './types.ts'

/** undefined when no valid first step has arrived (yet). `receipts` are the relay's times by step id, where known. */
export function foldTicket(
  steps: readonly Step[],
  calendar: WorkCalendar,
  receipts?: ReadonlyMap<RecordId, Receipt>,
): Ticket | undefined {
  const ordered = orderSteps(steps)
  const verdicts = verdictsOf(ordered)
  const kept: Step[] = []
  const refused: Step[] = []
  const conflicting = new Map<RecordId, Step>()
  const accepted = new Map<RecordId, Instant>()
  let ticket: Folding | undefined
  let updatedAt = 0

  for (const step of ordered) {
    const receipt = receipts?.get(step.id)
    const at = acceptedAt(step, ticket?.reportedAt ?? -Infinity, receipt)
    if (receipt && at !== step.at) accepted.set(step.id, at)
    if (!isKnownAction(step.action)) {
      kept.push(step)
      continue
    }
    if (!isWellFormed(step)) {
      refused.push(step)
      continue
    }
    const outcome: Outcome = ticket ? fold(ticket, step, at) : begin(step, at)
    if (outcome.refused) {
      refused.push(step)
      continue
    }
    kept.push(step)
    if (outcome.ticket) ticket = outcome.ticket
    if (outcome.conflict && verdicts.get(step.id)?.verdict !== 'discarded') conflicting.set(step.id, step)
    updatedAt = Math.max(updatedAt, at)
  }
  const rest = { kept, refused, conflicting: [...conflicting.values()], updatedAt, accepted, calendar }
  return ticket && ticketOf(ticket, rest)

  function begin(step: Step, at: Instant): Outcome {
    return step.action === 'submit' && step.birth ? { ticket: birthOf(step, step.birth, at) } : { conflict: true }
  }

  function fold(current: Folding, step: Step, at: Instant): Outcome {
    if (verdicts.get(step.id)?.verdict === 'discarded') return {}
    if (step.action === 'settle') return settle(current, step, at)
    if (step.action === 'comment') return {}
    if (isLate(current, step)) return late(current, step, at)
    if (step.action === 'evidence') return {}
    // Rule 3: of two who accept, the earlier is 首问人 and the other helps.
    if (
      step.action === 'accept' &&
      step.from === 'submitted' &&
      current.firstContact !== undefined &&
      current.closedAt === undefined
    ) {
      return current.firstContact === step.actor
        ? {}
        : { ticket: { ...current, coAssignees: joined(current.coAssignees, [step.actor], current.assignee) } }
    }
    return take(current, step, at)
  }

  function take(current: Folding, step: Step, at: Instant): Outcome {
    // Rule 2: the author acted on another state.
    const row = step.from === current.state ? transitionFrom(step.action, current.state) : undefined
    if (!row?.to) return { conflict: true }
    const denial = mayTake(row, step.role, step.actor, current)
    if (denial === 'own' || denial === 'role') return { refused: true }
    // The author may have been in charge until somebody else, unseen, handed the ticket on.
    if (denial === 'party') return { conflict: true }
    if (closes(step) && kept.some((other) => step.seen?.includes(other.id) === false && speaksAgainst(other, current)))
      return { conflict: true }
    return { ticket: applyStep(current, step, row.to, at) }
  }

  /** Rule 4: what keeps somebody who had not seen it from closing. A reopening that counted has moved the ticket on already. */
  function speaksAgainst(other: Step, current: Folding): boolean {
    if (other.action !== 'reopen' || !conflicting.has(other.id)) return other.action === 'evidence'
    const row = transitionFrom('reopen', other.from)
    return row !== undefined && mayTake(row, other.role, other.actor, current) === undefined
  }

  /** Rule 4: evidence or a reopening by somebody who had not seen the ticket closed opens it again; the closing step waits for a leader. */
  function late(current: Folding, step: Step, at: Instant): Outcome {
    const closed = current.beforeClose
    const row = transitionFrom(step.action, step.from)
    if (!closed || !row) return { conflict: true }
    const denial = mayTake(row, step.role, step.actor, current)
    if (denial) return denial === 'party' ? { conflict: true } : { refused: true }
    conflicting.set(closed.step.id, closed.step)
    return step.action === 'evidence'
      ? { ticket: closed.ticket }
      : { ticket: closed.ticket, ...take(closed.ticket, step, at) }
  }

  function settle(current: Folding, step: Step, at: Instant): Outcome {
    const pending = step.settles && conflicting.get(step.settles)
    if (!pending) return step.settles && verdicts.get(step.settles)?.verdict === step.verdict ? {} : { conflict: true }
    conflicting.delete(pending.id)
    const row = transitionFrom(pending.action, current.state) ?? transitionsOf(pending.action)[0]
    return step.verdict === 'applies' && row?.to ? { ticket: applyStep(current, pending, row.to, at) } : {}
  }
}

interface Outcome {
  readonly ticket?: Folding
  readonly conflict?: true
  readonly refused?: true
}

function closes(step: Step): boolean {
  return step.action === 'close' || step.action === 'callback'
}

function isLate(current: Folding, step: Step): boolean {
  return (
    current.state === 'closed' && step.from !== 'closed' && (step.action === 'evidence' || step.action === 'reopen')
  )
}

/** The settling step that counts for each settled one: the first by a leader who had seen it, unless a later one discards the settling itself. */
function verdictsOf(ordered: readonly Step[]): ReadonlyMap<RecordId, Step> {
  const byId = new Map(ordered.map((step) => [step.id, step]))
  const verdicts = new Map<RecordId, Step>()
  for (const step of [...ordered].reverse()) {
    if (
      step.action !== 'settle' ||
      !step.settles ||
      !isWellFormed(step) ||
      verdicts.get(step.id)?.verdict === 'discarded'
    )
      continue
    const target = byId.get(step.settles)
    if (!target || target.clock >= step.clock || target.action === 'submit') continue
    if (target.action !== 'settle' || step.verdict === 'discarded') verdicts.set(target.id, step)
  }
  return verdicts
}

interface Rest {
  readonly kept: readonly Step[]
  readonly refused: readonly Step[]
  readonly conflicting: readonly Step[]
  readonly updatedAt: Instant
  readonly accepted: ReadonlyMap<RecordId, Instant>
  readonly calendar: WorkCalendar
}

function ticketOf(folding: Folding, { kept, refused, conflicting, updatedAt, accepted, calendar }: Rest): Ticket {
  const { birth, state, coAssignees, level, reportedBy, reportedAt } = folding
  const { firstContact, assignee, finisher, applicant, respondedAt, arrivedAt, resolvedAt, closedAt, score, parent } =
    folding
  return {
    id: kept[0]?.ticket ?? ('' as RecordId),
    birth,
    state,
    steps: kept,
    conflicting,
    refused,
    coAssignees,
    level,
    due: dueFor(folding, calendar),
    reportedBy,
    reportedAt,
    updatedAt,
    ...(firstContact === undefined ? {} : { firstContact }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(finisher === undefined ? {} : { finisher }),
    ...(applicant === undefined ? {} : { applicant }),
    ...(respondedAt === undefined ? {} : { respondedAt }),
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(score === undefined ? {} : { score }),
    ...(parent === undefined ? {} : { parent }),
    ...(accepted.size === 0 ? {} : { accepted: Object.fromEntries(accepted) }),
  }
}

function dueFor({ birth, reportedAt, suspensions, granted }: Folding, calendar: WorkCalendar): Due {
  const due = dueOf(birth.category, {
    // Where the device's clock was fast it was found before it says.
    discoveredAt: Math.min(birth.occurredAt, reportedAt),
    submittedAt: reportedAt,
    risk: birth.risk,
    suspensions,
    calendar,
  })
  if (!granted) return due
  const { resolve: _, estimated = [], ...rest } = due
  // A person named the day: it is no estimate.
  const still = estimated.filter((what) => what !== 'resolve')
  const others = still.length === 0 ? rest : { ...rest, estimated: still }
  let resolve: Instant | undefined = granted.dueAt
  for (const pause of suspensions) {
    if (resolve === undefined || pause.from < granted.at || pause.from >= resolve) continue
    resolve = pause.to === undefined ? undefined : resolve + pause.to - pause.from
  }
  return resolve === undefined ? others : { ...others, resolve }
}
