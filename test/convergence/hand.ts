/** One tab's hand: carries edits out as the app does and keeps account of each. */
import { applyEdits, openCoText, type Projection } from '@tongge/crdt'
import { allowedSteps, plan, type Command, type Edit, type PlanContext, type RecordId } from '@tongge/model'
import type { RandomSource } from '../support/random-source.ts'
import { deletions, restorations, steps } from './account.ts'
import { carryOut, type Author, type Draft } from './carry-out.ts'
import { shapeOf } from './page.ts'

export interface HandOptions extends Author {
  readonly projection: Projection
  readonly context: () => PlanContext
}

export interface Hand {
  readonly projection: Projection
  create(kind: 'person' | 'household', more?: Readonly<Record<string, string>>): void
  set(id: RecordId, field: string, value: string | undefined): void
  /** Puts in a character that nothing else in the story contains. */
  type(id: RecordId, random: RandomSource): void
  readonly remove: (id: RecordId) => void
  readonly restore: (id: RecordId) => void
  /** Reports a ticket. */
  report(): void
  /** Takes one of the steps that are allowed. */
  step(id: RecordId, random: RandomSource): void
}

export function createHand(options: HandOptions): Hand {
  const { projection, writer, context, account } = options

  const apply = (record: RecordId, edit: Edit, ...drafts: readonly Draft[]): void =>
    carryOut(options, record, drafts, (hand) => applyEdits(projection.documents(), [edit], hand))

  const create: Hand['create'] = (kind, more = {}) => {
    const count = account.next()
    const id = `${kind.charAt(0)}${count}` as RecordId
    const fields = Object.fromEntries(shapeOf(id).fields.map((field) => [field, `v${count}`]))
    const drafts = Object.entries(fields).map(([field, value]) => ({ field, value, isFirst: true }))
    apply(id, { op: 'create', kind, id, fields: { ...fields, ...more } }, ...drafts)
  }

  const set = (id: RecordId, field: string, value: string | undefined): void => {
    const { kind } = shapeOf(id)
    if (kind !== 'ticket') apply(id, { op: 'set', kind, id, field, value }, { field, value })
  }
  const remove = (id: RecordId): void => {
    const { kind } = shapeOf(id)
    if (kind !== 'ticket') apply(id, { op: 'delete', kind, id }, { field: deletions, value: 'deleted' })
  }
  const restore = (id: RecordId): void => {
    const { kind } = shapeOf(id)
    const gone = { field: deletions, value: undefined }
    if (kind !== 'ticket') apply(id, { op: 'restore', kind, id }, gone, { field: restorations, value: 'restored' })
  }

  const type = (id: RecordId, random: RandomSource): void => {
    const { kind, text: field } = shapeOf(id)
    const text = field && openCoText(projection.documents(), { kind, id, field }, writer)
    if (!text) return
    const value = unique(account.next())
    const at = random.below(text.value().length + 1)
    carryOut(options, id, [{ field, value }], () => text.splice(at, 0, value))
    text.dispose()
  }

  const command = (one: Command): void => {
    const planned = plan(projection.snapshot(), one, context())
    for (const edit of planned.ok ? planned.value : []) {
      if (edit.op !== 'step') continue
      const { id: value, birth } = edit.step
      const own = { field: steps, value, step: { ...edit.step, clock: 0 }, isFirst: birth !== undefined }
      const text = edit.description ? [{ field: 'description', value: edit.description }] : []
      apply(edit.step.ticket, edit, own, ...text)
    }
  }
  const report = (): void =>
    command({
      do: 'reportTicket',
      description: unique(account.next()),
      birth: {
        source: 'grid',
        category: 'facility.repair',
        title: '路灯不亮',
        place: '1号楼门前',
        occurredAt: context().now,
        severity: 'normal',
        level: 'grid',
        visibility: 'public',
      },
    })
  const step = (id: RecordId, random: RandomSource): void => {
    const ticket = projection.snapshot().tickets.get(id)
    if (!ticket) return
    const pending = ticket.conflicting[0]
    const { actor, now } = context()
    const allowed = allowedSteps(ticket, actor)
    if (allowed.length === 0) return
    const { action, needs } = random.pick(allowed)
    if (action === 'submit') return
    if (action === 'settle') {
      const verdict = random.chance(0.5) ? 'applies' : 'discarded'
      return pending && command({ do: 'settleStep', ticket: id, step: pending.id, verdict })
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
  }

  return { projection, create, set, type, remove, restore, report, step }
}

/** A character that nothing else in the story contains. */
function unique(count: number): string {
  return String.fromCharCode(0x4e00 + count)
}
