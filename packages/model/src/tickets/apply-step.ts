/** What one step that counts does to a ticket. Whether it counts is the fold's. */
import type { AccountId, RecordId } from '../ids.ts'
import type { Instant } from '../time.ts'
import type { Suspension } from './due.ts'
import type { Level, Step, TicketBirth, TicketState } from './types.ts'

/** A ticket half folded. */
export interface Folding {
  readonly birth: TicketBirth
  readonly state: TicketState
  readonly firstContact: AccountId | undefined
  readonly assignee: AccountId | undefined
  readonly coAssignees: readonly AccountId[]
  readonly finisher: AccountId | undefined
  readonly applicant: AccountId | undefined
  readonly level: Level
  readonly respondedAt: Instant | undefined
  readonly arrivedAt: Instant | undefined
  readonly resolvedAt: Instant | undefined
  readonly closedAt: Instant | undefined
  readonly score: number | undefined
  readonly parent: RecordId | undefined
  readonly asked: Instant | undefined
  readonly granted: { readonly dueAt: Instant; readonly at: Instant } | undefined
  readonly suspensions: readonly Suspension[]
  readonly reportedBy: AccountId
  readonly reportedAt: Instant
  /** The ticket as it was before the step that closed it. */
  readonly beforeClose: { readonly step: Step; readonly ticket: Folding } | undefined
}

export function birthOf(step: Step, birth: TicketBirth, at: Instant): Folding {
  return {
    birth,
    state: 'submitted',
    firstContact: undefined,
    assignee: undefined,
    coAssignees: [],
    finisher: undefined,
    applicant: undefined,
    level: birth.level,
    respondedAt: undefined,
    arrivedAt: undefined,
    resolvedAt: undefined,
    closedAt: undefined,
    score: undefined,
    parent: undefined,
    asked: undefined,
    granted: undefined,
    suspensions: [],
    reportedBy: step.actor,
    reportedAt: at,
    beforeClose: undefined,
  }
}

/** `to` is the state the table names. */
export function applyStep(ticket: Folding, step: Step, to: TicketState, at: Instant): Folding {
  const moved = resumeClock({ ...ticket, ...undone(to), state: to }, to, at)
  switch (step.action) {
    case 'accept':
      return { ...moved, firstContact: ticket.firstContact ?? step.actor, respondedAt: ticket.respondedAt ?? at }
    case 'dispatch': {
      const assignee = step.assignee ?? ticket.assignee
      const granted = step.dueAt === undefined ? ticket.granted : { dueAt: step.dueAt, at }
      return { ...moved, assignee, granted, coAssignees: joined(ticket.coAssignees, step.coAssignees, assignee) }
    }
    case 'start':
      return { ...moved, assignee: ticket.assignee ?? step.actor, arrivedAt: ticket.arrivedAt ?? at }
    case 'finish':
      return { ...moved, finisher: step.actor, resolvedAt: at }
    case 'callback':
    case 'close':
      return { ...moved, closedAt: at, score: step.score ?? ticket.score, beforeClose: { step, ticket } }
    case 'requestExtension':
      return { ...moved, applicant: step.actor, asked: step.dueAt }
    case 'approveExtension': {
      const dueAt = step.dueAt ?? ticket.asked
      return { ...moved, asked: undefined, granted: dueAt === undefined ? ticket.granted : { dueAt, at } }
    }
    case 'refuseExtension':
      return { ...moved, asked: undefined }
    case 'suspend':
      return { ...moved, suspensions: [...ticket.suspensions, { from: at }] }
    case 'escalate':
      return {
        ...moved,
        level: step.level ?? ticket.level,
        coAssignees: joined(ticket.coAssignees, step.coAssignees, ticket.assignee),
      }
    case 'takeBack':
      return { ...moved, level: step.level ?? ticket.birth.level }
    case 'merge':
      return { ...moved, parent: step.parent ?? ticket.parent, closedAt: at }
    case 'reject':
      return { ...moved, closedAt: at }
    case 'reopen':
      return { ...moved, parent: undefined }
    case 'submit':
    case 'verify':
    case 'return':
    case 'resume':
    case 'comment':
    case 'evidence':
    case 'settle':
      return moved
  }
}

/** What no longer holds in a state, by whatever step the ticket came there. */
function undone(to: TicketState): Partial<Folding> {
  return {
    ...(!over.has(to) && { closedAt: undefined, score: undefined, beforeClose: undefined }),
    ...(!done.has(to) && { resolvedAt: undefined }),
  }
}

const over: ReadonlySet<TicketState> = new Set(['closed', 'merged', 'rejected'])
const done: ReadonlySet<TicketState> = new Set(['resolved', 'verified', 'closed'])

/** Adds people to those who help, once each and never the one in charge. */
export function joined(
  helpers: readonly AccountId[],
  more: readonly AccountId[] | undefined,
  assignee: AccountId | undefined,
): readonly AccountId[] {
  return [...new Set([...helpers, ...(more ?? [])])].filter((account) => account !== assignee)
}

/** The clock stands still only in `suspended`, by whatever step the ticket leaves it. */
function resumeClock(ticket: Folding, to: TicketState, at: Instant): Folding {
  const last = ticket.suspensions.at(-1)
  if (!last || last.to !== undefined || to === 'suspended') return ticket
  return {
    ...ticket,
    suspensions: [...ticket.suspensions.slice(0, -1), { from: last.from, to: Math.max(last.from, at) }],
  }
}
