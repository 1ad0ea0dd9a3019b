/** The overlay of one record: which writes are left for each field, which is shown, and which of them a deletion had seen. */
import type { Instant } from '@tongge/model'
import type { Doc } from 'yjs'
import { canonicalJson } from './canonical-json.ts'
import {
  authorSlot,
  blobsOf,
  deletionField,
  isBlind,
  isStoredSlot,
  parseSeen,
  parseSlotKey,
  slotOrigin,
  slotsOf,
  type SeenByDeletion,
} from './layout.ts'
import { textPrint } from './text/text-print.ts'
import { slotOfWords } from './text/words-slot.ts'
import { parseBlob, type StoredBlob } from './stored-blob.ts'
import { recordIndexOf } from './record-index.ts'

/** One write that no later write of its field has seen. */
export interface SlotWrite {
  readonly key: string
  readonly slot: string
  /** The author's device time. Undefined for an entry of a shape this version does not know: it counts as a write, but shows nothing. */
  readonly at: Instant | undefined
  readonly value: unknown
  readonly clock: number
  readonly stored: unknown
}

export type Overlay = ReadonlyMap<string, readonly SlotWrite[]>

/** All writes left for a record by field, newest first. */
export function overlayOf(doc: Doc, id: string): Overlay {
  const keys = recordIndexOf(doc).slotKeys(id)
  if (keys.size === 0) return noOverlay
  const slots = slotsOf(doc)
  const writes = new Map<string, SlotWrite[]>()
  for (const key of keys) {
    const name = parseSlotKey(key)
    if (!name || !slots.has(key)) continue
    const write = readWrite(key, name.slot, slots.get(key))
    const others = writes.get(name.field)
    if (others) others.push(write)
    else writes.set(name.field, [write])
  }
  for (const [field, all] of writes) if (all.length > 1) writes.set(field, effective(all))
  return writes
}

/** A value that somebody gave a field: a write, or what its record began with. */
export type GivenValue = Pick<SlotWrite, 'slot' | 'at' | 'value'>

/** All values that stand against each other for a field, newest first: those left and, where none of their authors had seen it, the blob's. */
export function givenValues(
  blob: StoredBlob | undefined,
  field: string,
  left: readonly SlotWrite[],
): readonly GivenValue[] {
  const isUnseen = blob && Object.hasOwn(blob.f, field) && left.every(({ stored }) => isBlind(stored))
  return isUnseen ? [...left, { slot: blob.c[1], at: blob.c[0], value: blob.f[field] }] : left
}

/** The writes that count, newest first. One made in this generation had seen the blob, and so whatever a `base` slot holds. */
export function effective(writes: readonly SlotWrite[]): SlotWrite[] {
  const native = writes.some((write) => slotOrigin(write.slot) === 'native')
  const counting = native ? writes.filter((write) => slotOrigin(write.slot) !== 'base') : [...writes]
  return counting.sort((a, b) => b.clock - a.clock || (a.slot < b.slot ? 1 : -1))
}

const noOverlay: Overlay = new Map()

export function readWrite(key: string, slot: string, stored: unknown): SlotWrite {
  if (!isStoredSlot(stored)) return { key, slot, at: undefined, value: undefined, clock: 0, stored }
  const [value, clock, at = clock] = stored
  return { key, slot, at, value, clock, stored }
}

/** The same write, in whichever generation of the document and in whichever slot it rests. */
export function isSameWrite(one: SlotWrite, other: SlotWrite): boolean {
  return one.clock === other.clock && authorSlot(one.slot) === authorSlot(other.slot)
}

/** The newest of each differing value, newest first: one means agreement, more a conflict. */
export function distinctValues<T extends GivenValue>(writes: readonly T[]): readonly T[] {
  if (writes.length < 2) return writes
  const seen = new Set<string>()
  return writes.filter((write) => {
    const key = valueKey(write.value)
    return seen.has(key) ? false : seen.add(key)
  })
}

/** Codes are a set: their order makes no difference. */
export function valueKey(value: unknown): string {
  return canonicalJson(Array.isArray(value) ? value.map(canonicalJson).sort() : value)
}

export function deletionsOf(overlay: Overlay): readonly SlotWrite[] {
  return overlay.get(deletionField) ?? []
}

/** Documents in which parts of a record rest beside its own; undefined where one is not open here. A deletion by somebody without one is not judged by what is in there. */
export interface Beside {
  readonly sensitive?: Doc | undefined
  readonly diary?: Doc | undefined
}

/** A write that no deletion of its record had seen. Words of a text do not tell when they were written, and seldom by whom. */
export interface Unseen {
  readonly doc: Doc
  readonly slot: string | undefined
  readonly at: Instant | undefined
}

/** All that is left of a deleted record and that no deletion had seen. */
export function unseenOf(doc: Doc, { sensitive, diary }: Beside, id: string): readonly Unseen[] {
  const overlay = overlayOf(doc, id)
  const deletions = deletionsOf(overlay).map((write) => parseSeen(write.value))
  const seen = new Set([...deletions.flatMap(({ l }) => l), ...baseNames(overlay)])
  const unseen: Unseen[] = []
  const look = (there: Doc, names: readonly string[], seenThere: ReadonlySet<string>): void => {
    for (const name of names)
      if (!seenThere.has(name)) {
        const { slot, at } = parseWriteName(name, overlayOf(there, id))
        unseen.push({ doc: there, slot, at })
      }
  }
  look(doc, namesOf(overlay), seen)
  if (diary && deletions.every(({ d }) => d !== undefined)) {
    const print = textPrint(diary, id)
    // Of words beside others that were seen, nobody can tell which are which.
    const slot = deletions.every(({ d }) => d === '') ? slotOfWords(diary, id) : undefined
    if (!deletions.some(({ d }) => d === print)) unseen.push({ doc: diary, slot, at: undefined })
  }
  if (sensitive && deletions.every(({ s }) => s))
    look(sensitive, sensitiveNames(sensitive, id), new Set(deletions.flatMap(({ s }) => s ?? [])))
  return unseen
}

export function seenNow(doc: Doc, { sensitive, diary }: Beside, id: string): SeenByDeletion {
  return {
    l: namesOf(overlayOf(doc, id)),
    ...(sensitive && { s: sensitiveNames(sensitive, id) }),
    ...(diary && { d: textPrint(diary, id) }),
  }
}

/** Names one write for ever, in whichever generation it rests: `field/slot/clock`. A slot's clock only grows within a field. */
export function writeName(field: string, { slot, clock }: SlotWrite): string {
  return `${field}/${authorSlot(slot)}/${clock}`
}

/** A folded write is in no slot any more, and its clock is all that is left of its time. */
function parseWriteName(name: string, overlay: Overlay): Pick<SlotWrite, 'slot' | 'at'> {
  const [field = '', slot = '', clock] = name.split('/')
  return overlay.get(field)?.find((write) => writeName(field, write) === name) ?? { slot, at: Number(clock) }
}

/** Whether the record is in the recycle bin: deleted, and nothing left that no deletion had seen. */
export function isTrashed(doc: Doc, beside: Beside, id: string): boolean {
  return deletionsOf(overlayOf(doc, id)).length > 0 && unseenOf(doc, beside, id).length === 0
}

function namesOf(overlay: Overlay): readonly string[] {
  return [...overlay].flatMap(([field, writes]) =>
    field === deletionField ? [] : writes.map((write) => writeName(field, write)),
  )
}

/** A deletion made in this generation had seen the blob, and so whatever a `base` slot holds. */
function baseNames(overlay: Overlay): readonly string[] {
  if (!deletionsOf(overlay).some((write) => slotOrigin(write.slot) === 'native')) return []
  return [...overlay].flatMap(([field, writes]) =>
    writes.filter((write) => slotOrigin(write.slot) === 'base').map((write) => writeName(field, write)),
  )
}

/** Also names the writes that a fold put into the blob, as long as nobody has written over them. */
function sensitiveNames(doc: Doc, id: string): readonly string[] {
  const overlay = overlayOf(doc, id)
  const folded = parseBlob(blobsOf(doc).get(id))?.w ?? []
  return [...folded.filter((name) => !overlay.has(name.slice(0, name.indexOf('/')))), ...namesOf(overlay)]
}
