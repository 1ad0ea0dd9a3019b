/** The steps of a ticket as its timeline tells them, newest first. The fold has judged them already; this only says so. */
import type { RecordId, Step, Ticket, TicketState } from '@tongge/model'

export interface StepLine {
  readonly step: Step
  /** `conflicting` waits for a leader; `adopted` and `declined` are how a leader settled it. */
  readonly mark?: 'conflicting' | 'adopted' | 'declined'
  /** The state the ticket had when the step was taken, as everybody knows by now. */
  readonly stateThen: TicketState
  /** Of those who accepted: the first is 首问人, the others help. */
  readonly part?: 'firstContact' | 'coAssignees'
  /** The step that a settling step is about. */
  readonly settles?: Step
}

export function stepLines(ticket: Ticket): readonly StepLine[] {
  const byId = new Map(ticket.steps.map((step) => [step.id, step]))
  const conflicting = new Set(ticket.conflicting.map((step) => step.id))
  const verdicts = verdictsOf(ticket, conflicting)
  let state: TicketState = 'draft'
  const lines = ticket.steps.map((step): StepLine => {
    const stateThen = state
    const settled = step.action === 'settle' && step.settles !== undefined ? byId.get(step.settles) : undefined
    if (settled && step.verdict === 'applies' && !conflicting.has(step.id)) state = settled.to
    else if (!conflicting.has(step.id) && step.from === state) state = step.to
    const verdict = verdicts.get(step.id)
    return {
      step,
      stateThen,
      ...(conflicting.has(step.id) ? { mark: 'conflicting' as const } : {}),
      ...(verdict === undefined ? {} : { mark: verdict === 'applies' ? ('adopted' as const) : ('declined' as const) }),
      ...(step.action === 'accept' ? partOf(ticket, step) : {}),
      ...(settled ? { settles: settled } : {}),
    }
  })
  return lines.reverse()
}

function partOf(ticket: Ticket, { actor }: Step): Pick<StepLine, 'part'> {
  if (ticket.firstContact === actor) return { part: 'firstContact' }
  return ticket.coAssignees.includes(actor) ? { part: 'coAssignees' } : {}
}

/** The first verdict on each step counts; one that was itself set aside does not. */
function verdictsOf(ticket: Ticket, conflicting: ReadonlySet<RecordId>): ReadonlyMap<RecordId, Step['verdict']> {
  const settling = ticket.steps.filter((step) => step.action === 'settle' && !conflicting.has(step.id))
  const setAside = new Set(settling.filter((step) => step.verdict === 'discarded').map((step) => step.settles))
  const verdicts = new Map<RecordId, Step['verdict']>()
  for (const { id, settles, verdict } of settling) {
    if (settles !== undefined && !setAside.has(id) && !conflicting.has(settles) && !verdicts.has(settles))
      verdicts.set(settles, verdict)
  }
  return verdicts
}
