/** The four ways a record changes, each inside a running transaction. Each sets this writer's own slot and removes what it has seen. */
import type { Instant } from '@tongge/model'
import type { Doc } from 'yjs'
import type { Writer } from '../api.ts'
import { sign } from '../authors.ts'
import {
  blobsOf,
  clockAfter,
  deletionField,
  heldMark,
  isBlind,
  isStoredSlot,
  parseSlotKey,
  restorationField,
  slotKey,
  slotsOf,
  storedSlot,
} from '../layout.ts'
import { formatBlob, parseBlob } from '../stored-blob.ts'
import { recordIndexOf } from '../record-index.ts'
import { type Beside, deletionsOf, overlayOf, seenNow } from '../slots.ts'

/** One hand at one time. */
export interface Pen {
  readonly writer: Writer
  readonly at: Instant
}

export function writeBlob(
  doc: Doc,
  pen: Pen,
  kind: string,
  id: string,
  valueByCode: Readonly<Record<string, unknown>>,
): void {
  sign(doc, pen.writer)
  blobsOf(doc).set(id, formatBlob({ k: kind, f: valueByCode, c: [pen.at, pen.writer.slot] }))
}

/** `value` null clears the field. */
export function writeField(doc: Doc, pen: Pen, id: string, field: string, value: unknown): void {
  const own = slotKey(id, field, pen.writer.slot)
  const seen = removeSeen(doc, id, field, own)
  const blob = parseBlob(blobsOf(doc).get(id))
  const clock = clockAfter(pen.at, Math.max(seen.clock, blob?.u?.[2] ?? -1))
  sign(doc, pen.writer)
  slotsOf(doc).set(own, storedSlot(value, clock, pen.at, !blob && seen.isBlind))
  recordIndexOf(doc).note(own)
}

/** Writes down all that this deletion has seen; whatever it has not seen brings the record back to view. */
export function writeDeletion(doc: Doc, beside: Beside, pen: Pen, id: string): void {
  writeField(doc, pen, id, deletionField, seenNow(doc, beside, id))
}

/** Removes the deletions seen. The restoration is itself a write, so a deletion that had not seen it cannot hide the record again. */
export function writeRestoration(doc: Doc, pen: Pen, id: string): boolean {
  if (deletionsOf(overlayOf(doc, id)).length === 0) return false
  removeSeen(doc, id, deletionField, undefined)
  writeField(doc, pen, id, restorationField, null)
  return true
}

/** A write of its own in a record that is otherwise left as it is. */
export function writeHold(doc: Doc, pen: Pen, id: string): boolean {
  writeField(doc, pen, id, restorationField, heldMark)
  return true
}

/** Answers the largest clock seen in the field, and whether none of the writes seen there had seen the blob. */
function removeSeen(
  doc: Doc,
  id: string,
  field: string,
  own: string | undefined,
): { readonly clock: number; readonly isBlind: boolean } {
  const slots = slotsOf(doc)
  const seen = { clock: -1, isBlind: true }
  for (const key of recordIndexOf(doc).slotKeys(id)) {
    if (parseSlotKey(key)?.field !== field || !slots.has(key)) continue
    const stored = slots.get(key)
    if (isStoredSlot(stored)) seen.clock = Math.max(seen.clock, stored[1])
    if (!isBlind(stored)) seen.isBlind = false
    if (key !== own) slots.delete(key)
  }
  return seen
}
