/** 今日: what one person has to do, from what this device knows. */
import type { RecordId } from '../ids.ts'
import { mayWrite } from '../policy/rights.ts'
import { isActive, isKindOf, type Entry } from '../records.ts'
import type { Actor, Snapshot } from '../snapshot.ts'
import type { Ticket } from '../tickets/types.ts'
import { dayLength, type Instant } from '../time.ts'
import { dueState, openTickets, type DueState } from './tickets.ts'
import { daysBetweenVisits, nextVisit } from './visit-plan.ts'

export interface Visit {
  readonly household: Entry<'household'>
  /** Start of the day the visit is due; absent when the household was never confirmed. */
  readonly dueSince?: Instant
}

export interface Today {
  /** Open tickets of this person, the most pressing first. */
  readonly tickets: readonly { readonly ticket: Ticket; readonly due: DueState }[]
  /** For those who may say that they are still here: floating persons whose data is 7 days old or older, the oldest first. */
  readonly floating: readonly Entry<'person'>[]
  /** For those who may record a visit: households whose visit plan says today or earlier, the longest overdue first. */
  readonly visits: readonly Visit[]
  /** Records and tickets changed by others after `since`, the newest first. */
  readonly changed: { readonly entries: readonly Entry[]; readonly tickets: readonly Ticket[] }
}

/** `since` is when this person last looked; without it nothing counts as changed. */
export function todayFor(
  snapshot: Snapshot,
  actor: Pick<Actor, 'account' | 'roles'>,
  now: Instant,
  since: Instant = now,
): Today {
  const mayConfirm = mayWrite(actor.roles, 'ledger', 'household/lastConfirmedAt', 'set')
  const floating: Entry<'person'>[] = []
  const visits: Visit[] = []
  const changed: Entry[] = []
  for (const entry of snapshot.entries.values()) {
    // Who reported a ticket is part of it.
    const isOwnMatter = entry.updated.by === actor.account || entry.kind === 'reporter'
    if (entry.updated.at > since && !isOwnMatter) changed.push(entry)
    if (!mayConfirm || !isActive(entry)) continue
    if (isKindOf(entry, 'person') && isFloatingDue(entry, now)) floating.push(entry)
    else if (isKindOf(entry, 'household')) visits.push(...visitOf(entry, now))
  }
  return {
    tickets: openTickets(snapshot.tickets.values(), actor).map((ticket) => ({ ticket, due: dueState(ticket, now) })),
    floating: floating.sort(
      (a, b) => (a.fields.floatingConfirmedAt ?? 0) - (b.fields.floatingConfirmedAt ?? 0) || compareIds(a.id, b.id),
    ),
    visits: visits.sort((a, b) => (a.dueSince ?? 0) - (b.dueSince ?? 0) || compareIds(a.household.id, b.household.id)),
    changed: {
      entries: changed.sort((a, b) => b.updated.at - a.updated.at),
      tickets: [...snapshot.tickets.values()]
        .filter((ticket) => ticket.updatedAt > since && ticket.steps.at(-1)?.actor !== actor.account)
        .sort((a, b) => b.updatedAt - a.updatedAt),
    },
  }
}

function isFloatingDue({ fields }: Entry<'person'>, now: Instant): boolean {
  return (
    fields.resident === '02' &&
    (fields.floatingConfirmedAt === undefined || now - fields.floatingConfirmedAt >= 7 * dayLength)
  )
}

function visitOf(household: Entry<'household'>, now: Instant): readonly Visit[] {
  const { visitRule, lastConfirmedAt } = household.fields
  const days = daysBetweenVisits(visitRule)
  if (days === undefined) return []
  if (lastConfirmedAt === undefined) return [{ household }]
  const dueSince = nextVisit(lastConfirmedAt, days)
  return dueSince <= now ? [{ household, dueSince }] : []
}

function compareIds(a: RecordId, b: RecordId): number {
  return a < b ? -1 : 1
}
