/** What a person must see of one record, worked out from the account alone. */
import type { RecordId, Value } from '@tongge/model'
import { deletions, leftOf, restorations, type Write } from './account.ts'
import { shapeOf } from './shapes.ts'

export type Life = 'live' | 'contested' | 'trash'

/** The writes of each record. */
export function byRecord(writes: readonly Write[]): ReadonlyMap<RecordId, readonly Write[]> {
  const groups = new Map<RecordId, Write[]>()
  for (const write of writes) {
    const group = groups.get(write.record)
    if (group) group.push(write)
    else groups.set(write.record, [write])
  }
  return groups
}

/** Whoever has not met a record shows nothing that was written about it. */
export function isMet(own: readonly Write[]): boolean {
  return own.some((write) => write.isFirst && write.trace.document !== 'sensitive')
}

/** The differing values that stand against each other, the shown one first; never none. */
export function valuesOf(own: readonly Write[], field: string): readonly (Value | undefined)[] {
  const values = new Map<string, Value | undefined>()
  for (const { value } of leftOf(own, field)) if (!values.has(valueText(value))) values.set(valueText(value), value)
  return values.size > 0 ? [...values.values()] : [undefined]
}

/** `generation` is that of the document in which the record's text rests. In the recycle bin if every write left was seen by a deletion that is left, and the text is as one of them saw it. */
export function lifeOf(record: RecordId, own: readonly Write[], generation: number): Life {
  const left = leftOf(own, deletions).filter(({ value }) => value)
  if (left.length === 0) return 'live'
  const others = [...shapeOf(record).fields, restorations].flatMap((field) => leftOf(own, field))
  const text = textOf(record, own, generation)
  const isSeen = others.every((write) => write.isFirst || left.some(({ seen }) => seen.has(write)))
  // Whatever of that text has not arrived here counts too: nobody can tell it from what was taken out since.
  const isTextSeen = left.some(({ seen }) => text === textOf(record, ownIn(record, seen), generation))
  return isSeen && isTextSeen ? 'trash' : 'contested'
}

function ownIn(record: RecordId, writes: ReadonlySet<Write>): readonly Write[] {
  return [...writes].filter((write) => write.record === record)
}

/** The characters put in and never taken out. Their order is the documents', that none is lost, doubled or back again is the account's. */
export function textOf(record: RecordId, own: readonly Write[], generation: number): string {
  const writes = own.filter((write) => write.field === shapeOf(record).text)
  const gone = new Set(writes.flatMap(({ trace }) => trace.shares.get(generation)?.gone ?? []))
  const left = writes.flatMap(({ characters }) => characters.filter(({ name }) => !gone.has(name)))
  return inOrder(left.map(({ character }) => character))
}

export function inOrder(characters: readonly string[]): string {
  return [...characters].sort().join('')
}

/** One line for the record, one for each thing that waits in the inbox, and one for its text. */
export function recordLines(record: RecordId, own: readonly Write[], generation: number): readonly string[] {
  const life = lifeOf(record, own, generation)
  const { fields } = shapeOf(record)
  const values = fields.map((field) => [field, valuesOf(own, field).map(valueText)] as const)
  return [
    recordLine(
      record,
      life,
      values.map(([field, [shown = '']]) => `${field}=${shown}`),
    ),
    ...(life === 'contested' ? [deletionLine(record)] : []),
    ...values.flatMap(([field, all]) => (life === 'trash' || all.length < 2 ? [] : [conflictLine(record, field, all)])),
    ...textLines(record, textOf(record, own, generation)),
  ]
}

export function recordLine(record: RecordId, life: Life, values: readonly string[]): string {
  return `${record} ${life} ${values.join(' ')}`
}

export function deletionLine(record: RecordId): string {
  return `inbox ${record} deleted`
}

export function conflictLine(record: RecordId, field: string, values: readonly string[]): string {
  return `inbox ${record} ${field}: ${[...values].sort().join('|')}`
}

export function textLines(record: RecordId, characters: string): readonly string[] {
  return characters === '' ? [] : [`${record} text ${characters}`]
}

export function valueText(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
