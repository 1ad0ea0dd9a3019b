/** What still arrives for an older generation of a document is carried into the next one, as if its author had written it there unseen by all. */
import { AbstractType, applyUpdate, type Doc, Text } from 'yjs'
import { canonicalJson, sameJson } from '../canonical-json.ts'
import {
  blobsOf,
  carriedSlot,
  deletionField,
  parseSeen,
  parseSlotKey,
  restorationField,
  slotKey,
  slotOrigin,
  slotsOf,
  slotsRoot,
  textsOf,
} from '../layout.ts'
import { recordIndexOf } from '../record-index.ts'
import { deletionsOf, effective, isSameWrite, overlayOf, readWrite, type SlotWrite, writeName } from '../slots.ts'
import { carryText, followTexts, spliceBetween, type Splice } from './carry-text.ts'
import { shapeOf } from './copy-root.ts'

/**
 * Applies `update` to the first of `generations` (oldest first) and brings what it changed into each later one, in one transaction a document.
 * Each must hold all that was carried over before, so that the same update twice carries nothing twice; commit the changes of all together.
 * Carried writes keep their author, time and clock. Only the folder carries over.
 */
export function carryOver(generations: readonly Doc[], update: Uint8Array): void {
  const before = generations.slice(0, -1).map((doc) => ({ contents: contentsOf(doc), texts: followTexts(doc) }))
  if (generations[0]) applyUpdate(generations[0], update)
  for (const [index, { contents, texts }] of before.entries()) {
    const [old, next] = generations.slice(index, index + 2)
    if (old && next) next.transact(() => carry(contents, texts.spliced, old, next))
    texts.stop()
  }
}

function carry(before: Contents, spliced: ReadonlyMap<string, readonly Splice[]>, old: Doc, next: Doc): void {
  for (const [id, stored] of blobsOf(old).entries())
    if (!before.blobs.has(id) && !blobsOf(next).has(id)) blobsOf(next).set(id, stored)
  carrySlots(before.writes, before.slots, old, next)
  carryTexts(before.texts, spliced, old, next)
  for (const name of otherRoots(old)) {
    const shape = shapeOf(old, name)
    if (shape === 'list') carryList(name, before.lists.get(name) ?? [], old, next)
    if (shape === 'map') carryMap(name, before.maps.get(name) ?? new Map(), old, next)
  }
}

interface Contents {
  readonly blobs: ReadonlySet<string>
  readonly slots: ReadonlyMap<string, unknown>
  /** By `id/field/`. */
  readonly writes: ReadonlyMap<string, readonly SlotWrite[]>
  readonly texts: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly unknown[]>
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, unknown>>
}

function contentsOf(doc: Doc): Contents {
  const slots = new Map(slotsOf(doc).entries())
  const writes = new Map<string, SlotWrite[]>()
  for (const [key, stored] of slots) {
    const name = parseSlotKey(key)
    if (!name) continue
    const prefix = slotKey(name.id, name.field, '')
    writes.set(prefix, [...(writes.get(prefix) ?? []), readWrite(key, name.slot, stored)])
  }
  const others = otherRoots(doc)
  return {
    blobs: new Set(blobsOf(doc).keys()),
    slots,
    writes,
    texts: new Map(
      [...textsOf(doc).entries()].flatMap(([key, text]) =>
        text instanceof Text ? [[key, text.toJSON()] as const] : [],
      ),
    ),
    lists: new Map(
      others.filter((name) => shapeOf(doc, name) === 'list').map((name) => [name, doc.getArray(name).toArray()]),
    ),
    maps: new Map(
      others.filter((name) => shapeOf(doc, name) === 'map').map((name) => [name, new Map(doc.getMap(name).entries())]),
    ),
  }
}

function otherRoots(doc: Doc): readonly string[] {
  return [...doc.share.keys()].filter((name) => name !== 'blobs' && name !== slotsRoot && name !== 'texts')
}

function carrySlots(writes: Contents['writes'], before: Contents['slots'], old: Doc, next: Doc): void {
  const after = slotsOf(old)
  const touched = new Map<string, Set<string>>()
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const name = parseSlotKey(key)
    if (name && before.get(key) !== after.get(key))
      touched.set(name.id, (touched.get(name.id) ?? new Set()).add(name.field))
  }
  for (const [id, fields] of touched) {
    const left = overlayOf(old, id)
    for (const field of fields)
      carryField(effective(writes.get(slotKey(id, field, '')) ?? []), left.get(field) ?? [], next, id, field)
    showUnseen(old, next, id)
  }
}

function carryField(
  before: readonly SlotWrite[],
  after: readonly SlotWrite[],
  next: Doc,
  id: string,
  field: string,
): void {
  const there = writesThere(next, id, field)
  const isLate = (write: SlotWrite): boolean => !before.some((known) => isSameWrite(known, write))
  const late = after.filter(isLate)
  const seenByLate = before.filter((known) => !after.some((write) => isSameWrite(known, write)))
  const isFolded = there.length === 0 && field !== deletionField && field !== restorationField
  // What an older fold had put into the blob is in this blob too: whoever wrote here has seen it.
  const isBase = (write: SlotWrite): boolean => !isLate(write) || slotOrigin(write.slot) === 'base'
  for (const write of isFolded ? after : late.filter((each) => !isBase(each)))
    put(next, id, field, write, isBase(write) ? 'base' : 'carried')
  for (const write of there) if (seenByLate.some((seen) => isSameWrite(seen, write))) slotsOf(next).delete(write.key)
}

/** A deletion that arrives late had not seen what the fold took into the blob after it: such writes get slots again. */
function showUnseen(old: Doc, next: Doc, id: string): void {
  const deletions = deletionsOf(overlayOf(next, id))
  if (deletions.length === 0) return
  const seen = new Set(deletions.flatMap((deletion) => parseSeen(deletion.value).l))
  for (const [field, writes] of overlayOf(old, id)) {
    if (field === deletionField || field === restorationField || writesThere(next, id, field).length > 0) continue
    if (writes.some((write) => !seen.has(writeName(field, write))))
      for (const write of writes) put(next, id, field, write, 'base')
  }
}

function writesThere(doc: Doc, id: string, field: string): readonly SlotWrite[] {
  const prefix = `${id}/${field}/`
  const keys = [...recordIndexOf(doc).slotKeys(id)].filter((key) => key.startsWith(prefix) && slotsOf(doc).has(key))
  return keys.map((key) => readWrite(key, key.slice(prefix.length), slotsOf(doc).get(key)))
}

/** Into a slot that only the folder writes: the author may be writing its own slot of this generation right now. */
function put(next: Doc, id: string, field: string, write: SlotWrite, origin: 'carried' | 'base'): void {
  const slots = slotsOf(next)
  if (writesThere(next, id, field).some((there) => isSameWrite(there, write))) return
  let count = 1
  while (slots.has(slotKey(id, field, carriedSlot(write.slot, origin, count)))) count++
  const key = slotKey(id, field, carriedSlot(write.slot, origin, count))
  slots.set(key, write.stored)
  recordIndexOf(next).note(key)
}

function carryTexts(
  before: ReadonlyMap<string, string>,
  spliced: ReadonlyMap<string, readonly Splice[]>,
  old: Doc,
  next: Doc,
): void {
  for (const [key, text] of textsOf(old).entries()) {
    if (!(text instanceof Text)) continue
    const was = before.get(key)
    const is = text.toJSON()
    if (was === is) continue
    const late = (was === undefined ? undefined : spliced.get(key)) ?? [spliceBetween(was ?? '', is)]
    const there = textsOf(next).get(key)
    if (was !== undefined && there instanceof Text) carryText(was, late, there)
    else carryNewText(key, was ?? '', is, late, next)
  }
}

/** A text begun late stands beside whatever text of that field the next generation has. */
function carryNewText(key: string, was: string, is: string, late: readonly Splice[], next: Doc): void {
  const name = parseSlotKey(key)
  if (!name || is === '') return
  const carried = textsOf(next).get(slotKey(name.id, name.field, carriedSlot(name.slot, 'carried', 1)))
  if (carried instanceof Text) carryText(was, late, carried)
  else textsOf(next).set(slotKey(name.id, name.field, carriedSlot(name.slot, 'carried', 1)), new Text(is))
}

/** Steps, journal rows and whatever a later version appends: each element that is new, once. */
function carryList(name: string, before: readonly unknown[], old: Doc, next: Doc): void {
  const known = new Set(before.map(canonicalJson))
  const late = old
    .getArray(name)
    .toArray()
    .filter((value) => !(value instanceof AbstractType) && !known.has(canonicalJson(value)))
  if (late.length === 0) return
  const there = new Set(next.getArray(name).toArray().map(canonicalJson))
  const missing = late.filter((value) => !there.has(canonicalJson(value)))
  if (missing.length > 0) next.getArray(name).push(missing)
}

/** A map that this version does not know: a late value counts unless the next generation has another by now. */
function carryMap(name: string, before: ReadonlyMap<string, unknown>, old: Doc, next: Doc): void {
  const there = next.getMap(name)
  for (const [key, value] of old.getMap(name).entries()) {
    if (value !== before.get(key) && !(value instanceof AbstractType) && sameJson(there.get(key), before.get(key)))
      there.set(key, value)
  }
}
