/** Which steps a person may take on a ticket, for buttons and for `plan`. */
import type { Role } from '../policy/roles.ts'
import type { Actor } from '../snapshot.ts'
import { isHigher, mayTake, transitions, type StepField, type TakeRefusal } from './machine.ts'
import type { StepAction, Ticket, TicketState } from './types.ts'

export interface AllowedStep {
  readonly action: StepAction
  /** The state it leads to; the present one for steps that change none. */
  readonly to: TicketState
  /** What the form must ask for. */
  readonly needs: readonly StepField[]
  /** The one of the person's roles in which the step is taken. */
  readonly role: Role
}

/** In the order of the state machine; `settle` only while steps conflict, `escalate` only while there is somebody above. */
export function allowedSteps(ticket: Ticket, actor: Pick<Actor, 'account' | 'roles'>): readonly AllowedStep[] {
  const allowed: AllowedStep[] = []
  for (const row of transitions) {
    if (!row.from.includes(ticket.state) || (row.action === 'settle' && ticket.conflicting.length === 0)) continue
    if (row.action === 'escalate' && !isHigher('street', ticket.level)) continue
    const role = actor.roles.find((role) => mayTake(row, role, actor.account, ticket) === undefined)
    if (role) allowed.push({ action: row.action, to: row.to ?? ticket.state, needs: row.needs ?? [], role })
  }
  return allowed
}

/** Why an action is not among the allowed ones: the ticket's state, or this person's role, part in it, or own earlier step. */
export function stepDenial(
  ticket: Ticket,
  actor: Pick<Actor, 'account' | 'roles'>,
  action: StepAction,
): 'state' | TakeRefusal {
  const row = transitions.find((row) => row.action === action && row.from.includes(ticket.state))
  if (!row) return 'state'
  const denials = actor.roles.map((role) => mayTake(row, role, actor.account, ticket) ?? 'role')
  return denials.find((denial) => denial === 'own') ?? denials.find((denial) => denial === 'party') ?? 'role'
}
