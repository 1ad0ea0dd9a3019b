/** Records at their beginning, their fields, their deletion and their texts. */
import { isKind, parseRecordId } from '@tongge/model'
import {
  authorSlot,
  deletionField,
  descriptionField,
  heldMark,
  isPlain,
  isStoredSlot,
  isTexts,
  parseSlotKey,
  restorationField,
  slotOrigin,
  type SlotName,
} from '../layout.ts'
import { parseBlob, type StoredBlob } from '../stored-blob.ts'
import { fieldsWith, fitsField, fitsUnknown, type NamedFields } from './fits-field.ts'
import type { Hand } from './hand.ts'
import { Refused } from './meaning.ts'
import type { Change } from './path-reader.ts'

/** UTF-16 units of one record's first text, and of one deletion's list of what it has seen. */
const largestBlob = 65_536
const largestDeletion = 262_144
/** Of one insertion. */
const largestText = 1_000_000
/** What is named in a refusal is logged: no words of the one who sent it. */
const kindShape = /^[A-Za-z]{1,20}$/
const codeShape = /^[a-z][a-z0-9]{0,11}$/
const slotShape = /^[A-Za-z0-9_-]{1,40}$/

export function judgeBlob(hand: Hand, change: Change): void {
  const id = change.path[1]
  // Two who made one record without knowing each other, as two tabs may, leave the later one.
  if (change.kind === 'delete' || (change.kind === 'set' && change.isSeen)) throw new Refused('writtenOnce', 'record')
  if (change.path.length !== 2 || id === undefined || !parseRecordId(id)) throw new Refused('unknownPlace', 'record')
  const stored = valueOf(change)
  const blob = typeof stored === 'string' && stored.length <= largestBlob ? parseBlob(stored) : undefined
  if (!blob || !kindShape.test(blob.k)) throw new Refused('badValue', 'record')
  const [, slot] = blob.c
  const before = hand.facts.beginningOf(id)
  hand.begun.set(id, { kind: isKind(blob.k) ? blob.k : undefined, slot })
  const path = hand.shape.of === 'notes' ? 'note/own' : blob.k
  // What a fold has taken in only the relay says.
  const isFolded = (blob.u ?? blob.w) !== undefined && !hand.isHealing
  if (isFolded || !fitsUnknown(blob.later ?? null)) throw new Refused('badValue', path)
  const isElsewhere = blob.k === 'reporter' && hand.shape.of !== 'sensitive'
  if (isElsewhere || (isKind(blob.k) && (blob.k === 'note') !== (hand.shape.of === 'notes')))
    throw new Refused('misplaced', path)
  hand.demandOwn(slot, path)
  if (change.kind === 'set' && before && !hand.owns(before.slot) && hand.shape.of === 'notes')
    throw new Refused('writtenOnce', path)
  const isForeign = hand.shape.of === 'notes' && (blob.f['au'] ?? hand.account) !== hand.account
  if (isForeign && !hand.isHealing) throw new Refused('foreignSlot', path)
  for (const [code, value] of Object.entries(blob.f)) {
    if (!codeShape.test(code)) throw new Refused('badValue', path)
    checkValue(hand, id, code, value, blob)
  }
  hand.does(path, 'insert')
}

export function judgeSlot(hand: Hand, change: Change, removals: SlotName[]): void {
  const name = change.path.length === 2 ? parseSlotKey(change.path[1] ?? '') : undefined
  if (!name) throw new Refused('unknownPlace', 'record')
  const { id, field, slot } = name
  if (change.kind === 'delete') {
    removals.push(name)
    return
  }
  const isPseudo = field === deletionField || field === restorationField
  if (!parseRecordId(id) || !(isPseudo || codeShape.test(field))) throw new Refused('unknownPlace', 'record')
  const path = hand.recordPath(id)
  const isRelays = slotOrigin(slot) !== 'native' && !hand.isHealing
  if (isRelays || !slotShape.test(authorSlot(slot))) throw new Refused('foreignSlot', path)
  hand.demandOwn(slot, path)
  const stored = valueOf(change)
  if (!isStoredSlot(stored) || stored.length > 4) throw new Refused('badValue', path)
  hand.written.add(`${id}/${field}`)
  if (field === deletionField) {
    if (!isDeletion(stored[0])) throw new Refused('badValue', path)
    hand.does(path, 'delete')
  } else if (field === restorationField) {
    if (stored[0] !== null && stored[0] !== heldMark) throw new Refused('badValue', path)
    hand.does(path, 'set')
  } else hand.does(hand.fieldPath(id, checkValue(hand, id, field, stored[0])), 'set')
}

/** Who takes away what others wrote writes something in its place: else a value would be gone and nobody have taken it. */
export function judgeRemovals(hand: Hand, removals: readonly SlotName[]): void {
  for (const { id, field } of hand.isHealing ? [] : removals) {
    const path = hand.recordPath(id)
    const isReplaced = hand.written.has(`${id}/${field}`)
    const isRestored = field === deletionField && hand.written.has(`${id}/${restorationField}`)
    if (!isReplaced && !isRestored) throw new Refused('bareDeletion', path)
    hand.does(path, 'set')
  }
}

export function judgeText(hand: Hand, change: Change): void {
  const name = parseSlotKey(change.path[1] ?? '')
  const isPlace = name && parseRecordId(name.id) && codeShape.test(name.field) && slotShape.test(authorSlot(name.slot))
  if (!isPlace || change.path.length > 3) throw new Refused('unknownPlace', 'text')
  const path = textPath(hand, name)
  const { content } = change
  if (change.path.length === 2) {
    if (change.kind !== 'insert') throw new Refused('writtenOnce', path)
    if (content?.type !== 'shared' || content.shape !== 'text') throw new Refused('badValue', path)
  } else if (change.path[2] !== undefined) throw new Refused('unknownPlace', path)
  else if (change.kind === 'insert' && (content?.type !== 'text' || content.text.length > largestText))
    throw new Refused('badValue', path)
  hand.does(path, change.kind)
}

function textPath(hand: Hand, { id, field }: SlotName): string {
  if (hand.shape.of === 'work') {
    if (field !== descriptionField) throw new Refused('unknownPlace', 'text')
    return descriptionField
  }
  const known = fieldsWith(field, hand.kindOf(id))
  const fitting = placed(hand, known).filter((one) => one.field.type === 'coText')
  const elsewhere = known.find((one) => one.field.type === 'coText')
  if (fitting.length === 0 && elsewhere) throw new Refused('misplaced', hand.fieldPath(id, elsewhere.name))
  if (known.length > 0 && fitting.length === 0) throw new Refused('badValue', hand.recordPath(id))
  return hand.fieldPath(id, fitting[0]?.name ?? field)
}

/** Returns the name of the field, or the code of one that only a later version knows. */
function checkValue(hand: Hand, id: string, code: string, value: unknown, blob?: StoredBlob): string {
  const kind = hand.kindOf(id)
  const path = (): string => hand.fieldPath(id, fieldsWith(code, kind)[0]?.name ?? code)
  // Of a kind that a later version knows nothing can be said, and of a record that rests elsewhere only what holds for every kind.
  const known = blob && !kind ? [] : fieldsWith(code, kind)
  const here = placed(hand, known)
  if (known.length > 0 && here.length === 0) throw new Refused('misplaced', path())
  const fitting = here.find(({ field }) => fitsField(field, value))
  if (known.length === 0 ? !fitsUnknown(value) : !fitting) throw new Refused('badValue', path())
  return fitting?.name ?? code
}

function placed({ shape }: { readonly shape: Hand['shape'] }, fields: NamedFields): NamedFields {
  return fields.filter(({ document }) => document === shape.of)
}

function isDeletion(value: unknown): boolean {
  if (!isPlain(value) || JSON.stringify(value).length > largestDeletion) return false
  const { l, s, d } = value
  return isTexts(l) && (s === undefined || isTexts(s)) && (d === undefined || typeof d === 'string')
}

/** The one value written at a key. */
function valueOf({ content }: Change): unknown {
  return content?.type === 'values' ? content.values[0] : undefined
}
