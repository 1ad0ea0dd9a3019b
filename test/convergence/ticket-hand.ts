/** How a hand reports tickets and moves them on. */
import type { Projection } from '@tongge/crdt'
import { allowedSteps, type Command, type PlanContext, type RecordId } from '@tongge/model'
import type { RandomSource } from '../support/random-source.ts'
import type { Account } from './account.ts'
import { freshCharacter } from './shapes.ts'

export interface TicketHand {
  report(): void
  /** Takes one of the steps that are allowed. */
  step(id: RecordId, random: RandomSource): void
}

export interface TicketHandOptions {
  readonly projection: Projection
  readonly context: (letter: 't') => PlanContext
  readonly account: Account
}

export function createTicketHand(
  { projection, context, account }: TicketHandOptions,
  command: (one: Command) => boolean,
): TicketHand {
  return {
    report() {
      command({
        do: 'reportTicket',
        description: freshCharacter(account.next()),
        birth: {
          source: 'grid',
          category: 'facility.repair',
          title: '路灯不亮',
          place: '1号楼门前',
          occurredAt: context('t').now,
          severity: 'normal',
          level: 'grid',
          visibility: 'public',
        },
      })
    },
    step(id, random) {
      const ticket = projection.snapshot().tickets.get(id)
      if (!ticket) return
      const pending = ticket.conflicting[0]
      const { actor, now } = context('t')
      const allowed = allowedSteps(ticket, actor)
      if (allowed.length === 0) return
      const { action, needs } = random.pick(allowed)
      if (action === 'submit') return
      if (action === 'settle') {
        const verdict = random.chance(0.5) ? 'applies' : 'discarded'
        if (pending) command({ do: 'settleStep', ticket: id, step: pending.id, verdict })
        return
      }
      command({
        do: 'takeStep',
        ticket: id,
        action,
        ...(needs.some((need) => need === 'note' || need === 'noteOrEvidence') && { note: '已到现场' }),
        ...(needs.includes('assignee') && { assignee: actor.account }),
        ...(needs.includes('dueAt') && { dueAt: now + 86_400_000 }),
        ...(needs.includes('level') && { level: 'street' as const }),
        ...(needs.includes('score') && { score: 5 as const }),
      })
    },
  }
}
