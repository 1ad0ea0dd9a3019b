/** What a person must see, worked out from the account alone, and what a tab shows; both as lines of text. */
import { inboxOf, openCoText, type Projection, type Writer } from '@tongge/crdt'
import { createCalendar, foldTicket, type RecordId, type Ticket, type Value } from '@tongge/model'
import { deletions, leftOf, restorations, type Write } from './account.ts'

export const calendar = createCalendar()

/** By the first letter of the record's id. */
const shapes = {
  p: { kind: 'person', fields: ['name', 'phone', 'idNo'], text: undefined },
  h: { kind: 'household', fields: ['dogs'], text: 'diary' },
  t: { kind: 'ticket', fields: [], text: 'description' },
} as const
export type Shape = (typeof shapes)[keyof typeof shapes]

export function shapeOf(record: RecordId): Shape {
  return shapes[record.charAt(0) as keyof typeof shapes]
}

export interface ExpectedPage {
  readonly lines: readonly string[]
  /** Fields with several values to choose from. */
  readonly conflicts: number
  /** Records that a deletion does not hide, because it had not seen an edit. */
  readonly contested: number
}

/** What everybody sees who has exactly these writes. */
export function expectedPage(writes: readonly Write[]): ExpectedPage {
  const lines: string[] = []
  let conflicts = 0
  let contested = 0
  for (const record of new Set(writes.map((write) => write.record))) {
    const { kind, fields, text } = shapeOf(record)
    // Whoever has not met a record shows nothing that was written about it.
    if (!writes.some((write) => write.record === record && write.isFirst && write.trace.document !== 'sensitive'))
      continue
    const left = (field: string): readonly Write[] => leftOf(writes, record, field)
    if (kind === 'ticket') {
      const ticket = foldTicket(
        writes.flatMap((write) => (write.record === record && write.step ? [write.step] : [])),
        calendar,
      )
      if (!ticket) continue
      lines.push(...ticketLines(ticket))
    } else {
      const state = stateOf(writes, record)
      lines.push(
        `${record} ${state} ${fields.map((field) => `${field}=${valueText(left(field)[0]?.value)}`).join(' ')}`,
      )
      if (state === 'contested') {
        contested++
        lines.push(`inbox ${record} deleted`)
      }
      for (const field of state === 'trash' ? [] : fields) {
        const values = new Set(left(field).map(({ value }) => valueText(value)))
        if (values.size < 2) continue
        conflicts++
        lines.push(`inbox ${record} ${field}: ${[...values].sort().join('|')}`)
      }
    }
    const written = textWrites(writes, record).map(({ value }) => valueText(value))
    if (text && written.length > 0) lines.push(textLine(record, written.join('')))
  }
  return { lines: lines.sort(), conflicts, contested }
}

/** In the recycle bin if every write left was seen by a deletion that is left, and the text is as one of them saw it. */
function stateOf(writes: readonly Write[], record: RecordId): 'live' | 'contested' | 'trash' {
  const left = leftOf(writes, record, deletions).filter(({ value }) => value)
  if (left.length === 0) return 'live'
  const { fields } = shapeOf(record)
  const others = [...fields, restorations].flatMap((field) => leftOf(writes, record, field))
  const text = textWrites(writes, record)
  const isSeen = others.every((write) => write.isFirst || left.some(({ seen }) => seen.has(write)))
  const isTextSeen = left.some(({ seen }) => text.every((write) => seen.has(write)))
  return isSeen && isTextSeen ? 'trash' : 'contested'
}

function textWrites(writes: readonly Write[], record: RecordId): readonly Write[] {
  const { text } = shapeOf(record)
  return writes.filter((write) => write.record === record && write.field === text)
}

export function actualPage(projection: Projection, writer: Writer): readonly string[] {
  const snapshot = projection.snapshot()
  const lines = inboxOf(snapshot).flatMap((item) => {
    if (item.type === 'step') return []
    if (item.type === 'deletion') return [`inbox ${item.entry.id} deleted`]
    const values = item.conflict.rivals.map(({ value }) => valueText(value))
    return [`inbox ${item.entry.id} ${item.conflict.field}: ${values.sort().join('|')}`]
  })
  const shown = [
    ...[...snapshot.entries.values()].map((entry) => ({ ...entry, state: entry.deletion ? 'contested' : 'live' })),
    ...[...snapshot.trash.values()].map((entry) => ({ ...entry, state: 'trash' })),
  ]
  for (const { id, state, fields } of shown) {
    const values: Readonly<Record<string, Value | undefined>> = fields
    const all = shapeOf(id).fields.map((field) => `${field}=${valueText(values[field])}`)
    lines.push(`${id} ${state} ${all.join(' ')}`)
  }
  for (const ticket of snapshot.tickets.values()) lines.push(...ticketLines(ticket))
  for (const id of [...shown.map((entry) => entry.id), ...snapshot.tickets.keys()]) {
    const { kind, text: field } = shapeOf(id)
    const text = field && openCoText(projection.documents(), { kind, id, field }, writer)
    if (!text) continue
    if (text.value()) lines.push(textLine(id, text.value()))
    text.dispose()
  }
  return lines.sort()
}

export function valueText(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

function ticketLines(ticket: Ticket): readonly string[] {
  const all = ticket.steps.map((step) => `${step.id}@${step.clock}`)
  const refused = ticket.refused.map((step) => step.id)
  return [
    `${ticket.id} ${ticket.state} first ${ticket.firstContact} by ${ticket.assignee}: ${all.join(' ')}; refused ${refused.join(' ')}`,
    ...ticket.conflicting.map((step) => `inbox ${ticket.id} step ${step.id}`),
  ]
}

/** Every character is put in once: their order is the documents', that none is lost or doubled is the account's. */
function textLine(record: RecordId, text: string): string {
  return `${record} text ${text.split('').sort().join('')}`
}
