/** What a person must see, worked out from the account alone, and what a tab shows; both as lines of text. */
import { inboxOf, type Projection, type Writer } from '@tongge/crdt'
import { createCalendar, foldTicket, type Ticket, type Value } from '@tongge/model'
import type { Write } from './account.ts'
import {
  byRecord,
  conflictLine,
  deletionLine,
  inOrder,
  isMet,
  recordLine,
  recordLines,
  textLines,
  textOf,
  valueText,
} from './record-view.ts'
import { shapeOf } from './shapes.ts'
import { shownText } from './text-hand.ts'

export const calendar = createCalendar()

export interface ExpectedPage {
  readonly lines: readonly string[]
  /** Fields with several values to choose from. */
  readonly conflicts: number
  /** Records that a deletion does not hide, because it had not seen an edit. */
  readonly contested: number
}

/** What everybody sees who has exactly these writes, and the ledger in this generation. */
export function expectedPage(writes: readonly Write[], generation: number): ExpectedPage {
  const lines: string[] = []
  for (const [record, own] of byRecord(writes)) {
    if (!isMet(own)) continue
    if (shapeOf(record).kind === 'ticket') {
      const ticket = foldTicket(
        own.flatMap(({ step }) => step ?? []),
        calendar,
      )
      if (ticket) lines.push(...ticketLines(ticket), ...textLines(record, textOf(record, own, 1)))
    } else lines.push(...recordLines(record, own, generation))
  }
  const contested = lines.filter((line) => /^inbox \w+ deleted$/.test(line)).length
  const conflicts = lines.filter((line) => /^inbox \w+ \w+:/.test(line)).length
  return { lines: lines.sort(), conflicts, contested }
}

export function actualPage(projection: Projection, writer: Writer): readonly string[] {
  const snapshot = projection.snapshot()
  const lines = inboxOf(snapshot).flatMap((item) => {
    if (item.type === 'step') return []
    if (item.type === 'deletion') return [deletionLine(item.entry.id)]
    const values = item.conflict.rivals.map(({ value }) => valueText(value))
    return [conflictLine(item.entry.id, item.conflict.field, values)]
  })
  const shown = [
    ...[...snapshot.entries.values()].map((entry) => ({
      ...entry,
      life: entry.deletion ? ('contested' as const) : ('live' as const),
    })),
    ...[...snapshot.trash.values()].map((entry) => ({ ...entry, life: 'trash' as const })),
  ]
  for (const { id, life, fields } of shown) {
    const values: Readonly<Record<string, Value | undefined>> = fields
    lines.push(
      recordLine(
        id,
        life,
        shapeOf(id).fields.map((field) => `${field}=${valueText(values[field])}`),
      ),
    )
  }
  for (const ticket of snapshot.tickets.values()) lines.push(...ticketLines(ticket))
  for (const id of [...shown.map((entry) => entry.id), ...snapshot.tickets.keys()])
    lines.push(...textLines(id, inOrder(shownText(projection, writer, id).split(''))))
  return lines.sort()
}

function ticketLines(ticket: Ticket): readonly string[] {
  const all = ticket.steps.map((step) => `${step.id}@${step.clock}`)
  const refused = ticket.refused.map((step) => step.id)
  return [
    `${ticket.id} ${ticket.state} first ${ticket.firstContact} by ${ticket.assignee}: ${all.join(' ')}; refused ${refused.join(' ')}`,
    ...ticket.conflicting.map((step) => `inbox ${ticket.id} step ${step.id}`),
  ]
}
