/** Which tickets concern a person, and how pressing they are. */
import type { Actor } from '../snapshot.ts'
import { allowedSteps } from '../tickets/allowed-steps.ts'
import { openStates } from '../tickets/machine.ts'
import { categoryOf } from '../tickets/taxonomy.ts'
import type { Ticket } from '../tickets/types.ts'
import { dayLength, type Instant } from '../time.ts'

export interface DueState {
  readonly label: 'overdue' | 'soon' | 'ok' | 'none'
  /** What is due. */
  readonly what?: 'respond' | 'onSite' | 'resolve'
  readonly at?: Instant
}

/** The earliest time that is still open: soon means in the last quarter of its term, at most a day before. */
export function dueState(ticket: Ticket, now: Instant): DueState {
  if (!openStates.includes(ticket.state)) return { label: 'none' }
  const { due } = ticket
  const answered = ticket.respondedAt !== undefined || ticket.arrivedAt !== undefined || isAnsweredByReport(ticket)
  const pending = [
    { what: 'respond' as const, at: answered ? undefined : due.respond },
    {
      what: 'onSite' as const,
      at: ticket.arrivedAt === undefined && ticket.resolvedAt === undefined ? due.onSite : undefined,
    },
    { what: 'resolve' as const, at: ticket.resolvedAt === undefined ? due.resolve : undefined },
  ]
  let next: { readonly what: 'respond' | 'onSite' | 'resolve'; readonly at: Instant } | undefined
  for (const { what, at } of pending) if (at !== undefined && (next === undefined || at < next.at)) next = { what, at }
  if (!next) return { label: 'none' }
  const warning = Math.min(dayLength, (next.at - ticket.reportedAt) / 4)
  return { label: now > next.at ? 'overdue' : next.at - now <= warning ? 'soon' : 'ok', ...next }
}

/** Open tickets on which this person can move something or is involved, the most pressing first. */
export function openTickets(tickets: Iterable<Ticket>, actor: Pick<Actor, 'account' | 'roles'>): readonly Ticket[] {
  return [...tickets]
    .filter((ticket) => openStates.includes(ticket.state) && concerns(ticket, actor))
    .sort(compareByDue)
}

/** Whether the ticket waits for this person: a step that moves it is theirs to take. */
export function isMine(ticket: Ticket, actor: Pick<Actor, 'account' | 'roles'>): boolean {
  return isInvolved(ticket, actor) || allowedSteps(ticket, actor).some(({ to }) => to !== ticket.state)
}

function concerns(ticket: Ticket, actor: Pick<Actor, 'account' | 'roles'>): boolean {
  return (
    isMine(ticket, actor) ||
    (ticket.conflicting.length > 0 && allowedSteps(ticket, actor).some(({ action }) => action === 'settle'))
  )
}

function isInvolved(ticket: Ticket, { account }: Pick<Actor, 'account'>): boolean {
  return (
    ticket.assignee === account ||
    ticket.firstContact === account ||
    ticket.reportedBy === account ||
    ticket.coAssignees.includes(account)
  )
}

function isAnsweredByReport(ticket: Ticket): boolean {
  return categoryOf(ticket.birth.category)?.respondByReport === true
}

function compareByDue(a: Ticket, b: Ticket): number {
  return nextDue(a) - nextDue(b) || a.reportedAt - b.reportedAt || (a.id < b.id ? -1 : 1)
}

function nextDue(ticket: Ticket): number {
  return dueState(ticket, ticket.reportedAt).at ?? Number.MAX_SAFE_INTEGER
}
