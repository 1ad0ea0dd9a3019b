/** Reporting tickets and taking steps on them. */
import type { FieldProblem } from '../commands.ts'
import type { GridCode, RecordId } from '../ids.ts'
import { ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import { allowedSteps, stepDenial } from '../tickets/allowed-steps.ts'
import { roleMayTake, transitionFrom } from '../tickets/machine.ts'
import { missingFields } from '../tickets/step-checks.ts'
import type { Step, TicketBirth } from '../tickets/types.ts'
import { dayOf, type Instant } from '../time.ts'
import { invalid, notAllowed, notFound, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { birthProblems, evidenceProblems, stepProblems, tidyBirth } from './ticket-checks.ts'
import { newReporter } from './reporters.ts'

/** Digits and capitals that are not taken for one another when a number is read out: no 0 and O, no 1, I and L. */
const spoken = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/**
 * `{last 3 digits of the grid}-{yyyymmdd}-{5 characters from the id}`, made without asking anybody.
 * Among a grid's tickets of one day two share a number once in some 24 million pairs; the id tells them apart.
 */
export function ticketNumber(grid: GridCode, at: Instant, id: RecordId): string {
  const all = spoken.length ** 5
  let rest = 0
  for (const sign of id) rest = (rest * 131 + (sign.codePointAt(0) ?? 0)) % all
  let tail = ''
  while (tail.length < 5) {
    tail += spoken[rest % spoken.length] ?? ''
    rest = Math.floor(rest / spoken.length)
  }
  return `${grid.slice(-3)}-${dayOf(at).replaceAll('-', '')}-${tail}`
}

export function reportTicket(snapshot: Snapshot, command: CommandOf<'reportTicket'>, context: PlanContext): Plan {
  const { actor, now } = context
  const role = actor.roles.find((role) => roleMayTake(role, 'submit'))
  if (!role) return notAllowed('step:submit')
  const birth = tidyBirth(command.birth)
  const { description, evidence = [] } = command
  const ticket = context.newId()
  const reporter = newReporter(snapshot, ticket, command.reporter ?? {}, context)
  if (reporter.denied) return reporter.denied
  const problems = [
    ...birthProblems(snapshot, birth, description, context),
    ...evidenceProblems(evidence),
    ...reporter.problems.map((problem) => ({ ...problem, field: `reporter/${problem.field}` })),
  ]
  if (problems.length > 0) return invalid(...problems)
  const numbered: TicketBirth = { ...birth, no: ticketNumber(snapshot.grid, now, ticket) }
  const step: Omit<Step, 'clock'> = {
    id: context.newId(),
    ticket,
    action: 'submit',
    from: 'draft',
    to: 'submitted',
    actor: actor.account,
    role,
    device: actor.device,
    at: now,
    birth: numbered,
    ...(evidence.length > 0 && { evidence }),
  }
  return ok([...reporter.edits, { op: 'step', step, description }])
}

export function takeStep(snapshot: Snapshot, command: CommandOf<'takeStep'>, context: PlanContext): Plan {
  const { actor, now } = context
  const ticket = snapshot.tickets.get(command.ticket)
  if (!ticket) return notFound(command.ticket)
  const { do: _, ticket: __, action, ...contents } = command
  const allowed = allowedSteps(ticket, actor).find((step) => step.action === action)
  if (!allowed)
    return stepDenial(ticket, actor, action) === 'state' && actor.roles.some((role) => roleMayTake(role, action))
      ? wrongState(ticket.state)
      : notAllowed(`step:${action}`)
  const row = transitionFrom(action, ticket.state)
  const missing = row ? missingFields(row, contents) : []
  const problems: readonly FieldProblem[] = [
    ...missing.map((field): FieldProblem => ({
      field: field === 'noteOrEvidence' ? 'note' : field,
      problem: 'required',
    })),
    ...stepProblems(snapshot, ticket, command, now),
  ]
  if (problems.length > 0) return invalid(...problems)
  const closes = action === 'close' || action === 'callback'
  const step: Omit<Step, 'clock'> = {
    id: context.newId(),
    ticket: ticket.id,
    action,
    from: ticket.state,
    to: allowed.to,
    actor: actor.account,
    role: allowed.role,
    device: actor.device,
    at: now,
    ...Object.fromEntries(Object.entries(contents).filter(([, value]) => value !== undefined)),
    ...(closes ? { seen: ticket.steps.map((step) => step.id) } : {}),
  }
  return ok([{ op: 'step', step }])
}

export function settleStep(snapshot: Snapshot, command: CommandOf<'settleStep'>, context: PlanContext): Plan {
  const { actor } = context
  const ticket = snapshot.tickets.get(command.ticket)
  if (!ticket) return notFound(command.ticket)
  const role = actor.roles.find((role) => roleMayTake(role, 'settle'))
  if (!role) return notAllowed('step:settle')
  const target = ticket.conflicting.find((step) => step.id === command.step)
  if (!target)
    return ticket.steps.some((step) => step.id === command.step) ? wrongState('noConflict') : notFound(command.step)
  // A verdict on a verdict, or a second beginning, cannot be made to count.
  if (command.verdict === 'applies' && (target.action === 'settle' || target.action === 'submit'))
    return wrongState('cannotApply')
  const edit: Edit = {
    op: 'step',
    step: {
      id: context.newId(),
      ticket: ticket.id,
      action: 'settle',
      from: ticket.state,
      to: ticket.state,
      actor: actor.account,
      role,
      device: actor.device,
      at: context.now,
      settles: command.step,
      verdict: command.verdict,
    },
  }
  return ok([edit])
}
