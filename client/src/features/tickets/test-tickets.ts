/** Tickets for the tests of this folder, folded from steps as the app folds them. */
import {
  createCalendar,
  foldTicket,
  type AccountId,
  type Instant,
  type RecordId,
  type Role,
  type Step,
  type StepAction,
  type Ticket,
  type TicketBirth,
  type TicketState,
} from '@tongge/model'

export const now: Instant = Date.parse('2026-11-23T02:00:00Z')
export const hour = 3_600_000

export const birth: TicketBirth = {
  no: '001-20261123-test',
  source: 'grid',
  category: 'facility.repair',
  title: 'lamp out',
  place: 'b1 door',
  building: 'b1' as RecordId,
  occurredAt: now,
  severity: 'normal',
  level: 'grid',
  visibility: 'public',
}

/** `after` counts hours from the report; the clock of the step follows it. */
export function stepOf(
  id: string,
  action: StepAction,
  from: TicketState,
  to: TicketState,
  actor: string,
  role: Role,
  after: number,
  more: Partial<Step> = {},
): Step {
  const at = now + after * hour
  return {
    id: id as RecordId,
    ticket: 't1' as RecordId,
    action,
    from,
    to,
    actor: actor as AccountId,
    role,
    device: 'test',
    at,
    clock: at,
    ...more,
  }
}

export function reported(more: Partial<TicketBirth> = {}): Step {
  return stepOf('s0', 'submit', 'draft', 'submitted', 'member01', 'gridMember', 0, { birth: { ...birth, ...more } })
}

export function folded(id: string, ...steps: readonly Step[]): Ticket {
  const ticket = foldTicket(
    steps.map((step) => ({ ...step, ticket: id as RecordId })),
    createCalendar(),
  )
  if (!ticket) throw new Error('the steps make no ticket')
  return ticket
}
