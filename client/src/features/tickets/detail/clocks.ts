/** The three terms of a ticket — respond, on site, resolve — with what is done of them. */
import { categoryOf, openStates, type Instant, type Ticket } from '@tongge/model'

export interface Clock {
  readonly what: 'respond' | 'onSite' | 'resolve'
  readonly due?: Instant
  readonly doneAt?: Instant
  /** `stopped` while suspended or once the ticket has ended undone. */
  readonly state: 'done' | 'late' | 'running' | 'overdue' | 'stopped'
  /** Still running, towards a day in a year whose holidays nobody has published yet. */
  readonly isEstimate?: true
}

/** Only terms that the category sets or that were met, in their order. */
export function clocksOf(ticket: Ticket, now: Instant): readonly Clock[] {
  const { due, arrivedAt, resolvedAt, respondedAt, reportedAt, birth } = ticket
  const byReport = categoryOf(birth.category)?.respondByReport === true
  const isRunning = openStates.includes(ticket.state) && ticket.state !== 'suspended'
  const clock = (what: Clock['what'], doneAt: Instant | undefined): readonly Clock[] => {
    const at = due[what]
    if (at === undefined && doneAt === undefined) return []
    const pending = !isRunning ? 'stopped' : at !== undefined && now > at ? 'overdue' : 'running'
    const state = doneAt === undefined ? pending : at !== undefined && doneAt > at ? 'late' : 'done'
    const isEstimate = state === 'running' && due.estimated?.includes(what) === true
    return [
      {
        what,
        state,
        ...(at === undefined ? {} : { due: at }),
        ...(doneAt === undefined ? {} : { doneAt }),
        ...(isEstimate ? { isEstimate } : {}),
      },
    ]
  }
  return [
    ...clock('respond', byReport ? reportedAt : (respondedAt ?? arrivedAt)),
    ...clock('onSite', arrivedAt ?? resolvedAt),
    ...clock('resolve', resolvedAt),
  ]
}
