/**
 * Where everything lives inside a Yjs document: root names, keys and the shapes of stored values. The only place with string keys.
 * Reading is total: whatever a peer stored, it is either one of these shapes or ignored, and never removed.
 */
import type { Instant, Quarter, RevealReason } from '@tongge/model'
import { dayOf, isRevealReason } from '@tongge/model'
import type { Array as YArray, Doc, Map as YMap } from 'yjs'

/** The layout this version writes. */
export const schemaVersion = 1

/** Pseudo-fields of a record beside its field codes: its deletion and its restoration. */
export const deletionField = '~'
export const restorationField = '+'
/** In the journal alone: that what its writer wrote at the same time in this record, or as the step named behind it, another had written first. */
export const adoptionField = '<'
/** What stands in the place of a restoration where somebody only holds on to the record: a mere write for a deletion to have seen. */
export const heldMark = 1
/** The field code of a ticket's co-edited description. */
export const descriptionField = 'description'

export function blobsOf(doc: Doc): YMap<unknown> {
  return doc.getMap('blobs')
}

/** Yjs writes the name of a root into each first write of a key, so the busiest root has the shortest name. */
export const slotsRoot = 's'

export function slotsOf(doc: Doc): YMap<unknown> {
  return doc.getMap(slotsRoot)
}

export function textsOf(doc: Doc): YMap<unknown> {
  return doc.getMap('texts')
}

/** One key per layout version ever reached, so that concurrent migrations only add; and one per author of a slot. */
export function metaOf(doc: Doc): YMap<unknown> {
  return doc.getMap('meta')
}

export const schemaKeyPrefix = 'schema/'

const authorKeyPrefix = 'author/'

/** `author/slot/account` holds the device's label. Nobody's key is ever another account's, so no claim overwrites another. */
export function authorKey(slot: string, account: string): string {
  return `${authorKeyPrefix}${slot}/${account}`
}

export function parseAuthorKey(key: string): { readonly slot: string; readonly account: string } | undefined {
  const start = authorKeyPrefix.length
  const end = key.indexOf('/', start)
  if (!key.startsWith(authorKeyPrefix) || end <= start || end === key.length - 1) return undefined
  return { slot: key.slice(start, end), account: key.slice(end + 1) }
}

export function stepsOf(doc: Doc, month: string): YArray<unknown> {
  return doc.getArray(`steps/${month}`)
}

export function journalOf(doc: Doc, month: string): YArray<unknown> {
  return doc.getArray(`journal/${month}`)
}

const revealsPrefix = 'reveals/'

/** Who looked at sensitive fields, in the sensitive document, by the month of the row. */
export function revealsOf(doc: Doc, month: string): YArray<unknown> {
  return doc.getArray(revealsPrefix + month)
}

/** The month that a root of reveals is of; undefined for any other root. */
export function revealMonth(root: string): string | undefined {
  const month = root.slice(revealsPrefix.length)
  return root.startsWith(revealsPrefix) && /^\d{4}-\d\d$/.test(month) ? month : undefined
}

/** The months `YYYY-MM` of a quarter such as `2026q4`; none for a malformed one. */
export function monthsOf(quarter: Quarter): readonly string[] {
  const match = /^(\d{4})q([1-4])$/.exec(quarter)
  if (!match) return []
  const first = Number(match[2]) * 3 - 2
  return [first, first + 1, first + 2].map((month) => `${match[1]}-${String(month).padStart(2, '0')}`)
}

/** The month under which something of that time rests in the work document of `quarter`: its own, or the nearest one of the quarter. */
export function monthWithin(quarter: Quarter, at: Instant): string {
  const months = monthsOf(quarter)
  const month = dayOf(at).slice(0, 7)
  return months.find((candidate) => candidate >= month) ?? months[2] ?? month
}

/** Names one write: `record/field/slot`. */
export interface SlotName {
  readonly id: string
  readonly field: string
  readonly slot: string
}

export function slotKey(id: string, field: string, slot: string): string {
  return `${id}/${field}/${slot}`
}

export function parseSlotKey(key: string): SlotName | undefined {
  const first = key.indexOf('/')
  const second = key.indexOf('/', first + 1)
  if (first < 1 || second <= first + 1 || second === key.length - 1) return undefined
  return { id: key.slice(0, first), field: key.slice(first + 1, second), slot: key.slice(second + 1) }
}

/**
 * A write that a fold's carry-over brought from an older generation rests in a slot that only the folder uses: `s^1`.
 * `s=1` holds a value that the fold had put into the blob and that a late write turned out not to have seen.
 */
export type SlotOrigin = 'native' | 'carried' | 'base'

export function slotOrigin(slot: string): SlotOrigin {
  const mark = /[\^=]/.exec(slot)?.[0]
  return mark === '^' ? 'carried' : mark === '=' ? 'base' : 'native'
}

/** The slot its author wrote to, whichever generation that was in. */
export function authorSlot(slot: string): string {
  return slot.split(/[\^=]/, 1)[0] ?? slot
}

export function carriedSlot(slot: string, origin: 'carried' | 'base', count: number): string {
  return `${authorSlot(slot)}${origin === 'carried' ? '^' : '='}${count}`
}

/**
 * Who wrote it is said by the slot; `at` is left out where the clock tells the time. `blind`: neither its author nor the authors of
 * the writes it replaced had the record's blob, as a sensitive document may not when the ledger is there already; so what the blob says does not give way to it.
 */
export type StoredSlot = readonly [value: unknown, clock: number, at?: number, blind?: true]

export function isStoredSlot(value: unknown): value is StoredSlot {
  return Array.isArray(value) && value.length >= 2 && isClock(value[1]) && (value.length === 2 || isTime(value[2]))
}

export function storedSlot(value: unknown, clock: number, at: Instant, isBlind: boolean): StoredSlot {
  if (isBlind) return [value, clock, at, true]
  return at === clock ? [value, clock] : [value, clock, at]
}

export function isBlind(stored: unknown): boolean {
  return isStoredSlot(stored) && stored[3] === true
}

export type StoredStamp = readonly [at: number, slot: string]

export type FoldedStamp = readonly [...StoredStamp, clock: number]

/** What a deletion had seen of its record: the names of writes in its own document and, where that was open, in the sensitive one; and, where that was, a print of its diary. */
export interface SeenByDeletion {
  readonly l: readonly string[]
  readonly s?: readonly string[]
  readonly d?: string
}

export function parseSeen(value: unknown): SeenByDeletion {
  if (!isPlain(value)) return { l: [] }
  const { l, s, d } = value
  return { l: isTexts(l) ? l : [], ...(isTexts(s) && { s }), ...(typeof d === 'string' && { d }) }
}

export type JournalRow = readonly [
  id: string,
  field: string,
  action: JournalAction,
  before: unknown,
  after: unknown,
  ...StoredStamp,
]
/** changed, changed without its sensitive values, deleted, restored */
export type JournalAction = 'c' | 's' | 'd' | 'r'

export type RevealRow = readonly [
  id: string,
  /** Their codes. */
  fields: readonly string[],
  reason: RevealReason,
  note: string | null,
  ...StoredStamp,
]

export function parseRevealRow(stored: unknown): RevealRow | undefined {
  const value = parseJson(stored)
  if (!Array.isArray(value) || value.length < 6) return undefined
  const [id, fields, reason, note, at, slot] = value as readonly unknown[]
  if (typeof id !== 'string' || !isTexts(fields) || !isStored([at, slot])) return undefined
  if (typeof reason !== 'string' || !isRevealReason(reason) || (note !== null && typeof note !== 'string'))
    return undefined
  return [id, fields, reason, note, Number(at), String(slot)]
}

/** How every stored row of a record begins, so that a search need not read the others. */
export function journalRowStart(id: string): string {
  return `[${JSON.stringify(id)},`
}

export function parseJournalRow(stored: unknown): JournalRow | undefined {
  const value = parseJson(stored)
  if (!Array.isArray(value) || value.length < 7) return undefined
  const [id, field, action, before, after, at, slot] = value as readonly unknown[]
  if (typeof id !== 'string' || typeof field !== 'string' || !isStored([at, slot])) return undefined
  if (action !== 'c' && action !== 's' && action !== 'd' && action !== 'r') return undefined
  return [id, field, action, before, after, Number(at), String(slot)]
}

/** Steps and journal rows rest as JSON, because Yjs reads one text in a fraction of the time of an object. Undefined for anything else. */
export function parseJson(stored: unknown): unknown {
  if (typeof stored !== 'string') return undefined
  try {
    return JSON.parse(stored) as unknown
  } catch {
    return undefined
  }
}

export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

export function isClock(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER
}

/** The next value of a logical clock that has seen `seen`. */
export function clockAfter(now: Instant, seen: number): number {
  return Math.max(now, Math.min(seen + 1, Number.MAX_SAFE_INTEGER))
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

export function isStored(value: unknown): value is StoredStamp {
  return Array.isArray(value) && isTime(value[0]) && typeof value[1] === 'string'
}

export function isFoldedStamp(value: unknown): value is FoldedStamp {
  return isStored(value) && isClock((value as readonly unknown[])[2])
}

function isTime(value: unknown): value is Instant {
  return Number.isFinite(value)
}
