/** Which of the allowed steps moves a ticket on: the one button a person should not have to look for. */
import type { AllowedStep, StepAction, Ticket, TicketState } from '@tongge/model'

const nextByState: Readonly<Record<TicketState, readonly StepAction[]>> = {
  draft: [],
  submitted: ['accept'],
  registered: ['dispatch', 'start'],
  assigned: ['start'],
  inProgress: ['finish'],
  resolved: ['verify'],
  verified: ['callback'],
  returned: ['dispatch'],
  extensionPending: ['approveExtension'],
  suspended: ['resume'],
  escalated: ['dispatch', 'takeBack'],
  closed: [],
  merged: [],
  rejected: [],
}

/** Settling stands beside the step it settles and is no button of its own. */
export function splitSteps(
  ticket: Ticket,
  allowed: readonly AllowedStep[],
): { readonly main: AllowedStep | undefined; readonly others: readonly AllowedStep[] } {
  const steps = allowed.filter(({ action }) => action !== 'settle')
  const main = nextByState[ticket.state].flatMap((action) => steps.find((step) => step.action === action) ?? [])[0]
  return { main, others: steps.filter((step) => step !== main) }
}
