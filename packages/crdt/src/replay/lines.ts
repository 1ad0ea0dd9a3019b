/** What somebody wrote that is not taken, as a person reads it: before and after. */
import { isKind, type Instant, type Kind, type RecordId, type Step, type Value } from '@tongge/model'
import { Text, type Doc } from 'yjs'
import { fieldByCode, kindOfText } from '../documents.ts'
import {
  blobsOf,
  deletionField,
  descriptionField,
  isStoredSlot,
  parseSlotKey,
  heldMark,
  restorationField,
  slotsRoot,
} from '../layout.ts'
import { parseStep } from '../parse-step.ts'
import { parseBlob, type StoredBlob } from '../stored-blob.ts'
import type { EntryChange, Happening } from './happening.ts'

export interface WrittenLine {
  readonly id: RecordId
  readonly kind: Kind | 'ticket'
  readonly action: 'created' | 'changed' | 'deleted' | 'restored' | 'step'
  readonly field?: string
  readonly before?: Value
  readonly after?: Value
  readonly step?: Step
  /** When it was written, by the clock of its device, where that is told. */
  readonly at?: Instant
}

/** `doc` holds what happened. What a later version keeps where this one keeps nothing has no line. */
export function linesOf({ entries, texts, appended }: Happening, doc: Doc): readonly WrittenLine[] {
  const lines: WrittenLine[] = []
  for (const { root, key, after } of entries) if (root === 'blobs') lines.push(...createdLines(key, parseBlob(after)))
  for (const change of entries) if (change.root === slotsRoot) lines.push(...slotLine(change, entries, doc))
  for (const { root, key, after } of entries)
    if (root === 'texts' && after instanceof Text) lines.push(...textLine(key, '', after.toJSON(), doc))
  for (const { key, before, after } of texts) lines.push(...textLine(key, before, after, doc))
  for (const { root, values } of appended) if (root.startsWith('steps/')) lines.push(...values.flatMap(stepLine))
  return lines
}

function createdLines(key: string, blob: StoredBlob | undefined): readonly WrittenLine[] {
  if (!blob || !isKind(blob.k)) return []
  const [kind, id] = [blob.k, key as RecordId]
  const [at] = blob.c
  const fields = Object.entries(blob.f).flatMap(([code, after]): readonly WrittenLine[] => {
    const name = fieldByCode[kind].get(code)?.name
    return name === undefined ? [] : [{ id, kind, action: 'changed', field: name, after: after as Value, at }]
  })
  return [{ id, kind, action: 'created', at }, ...fields]
}

function slotLine({ key, after }: EntryChange, entries: readonly EntryChange[], doc: Doc): readonly WrittenLine[] {
  const name = parseSlotKey(key)
  const blob = name && parseBlob(blobsOf(doc).get(name.id))
  if (!name || !isStoredSlot(after) || (blob && !isKind(blob.k))) return []
  const id = name.id as RecordId
  // A record of which only the other document knows the kind has one sensitive value here: people have those.
  const kind = blob && isKind(blob.k) ? blob.k : 'person'
  const at = after[2] ?? after[1]
  if (name.field === deletionField) return [{ id, kind, action: 'deleted', at }]
  if (name.field === restorationField) return after[0] === heldMark ? [] : [{ id, kind, action: 'restored', at }]
  const field = fieldByCode[kind].get(name.field)?.name
  if (field === undefined) return []
  const seen = entries
    .filter((each) => each.root === slotsRoot && isSameField(each.key, name.id, name.field))
    .map(({ before }) => before)
    .find(isStoredSlot)
  const before = seen ? seen[0] : blob?.f[name.field]
  return [{ id, kind, action: 'changed', field, ...valueOf('before', before), ...valueOf('after', after[0]), at }]
}

function isSameField(key: string, id: string, field: string): boolean {
  const name = parseSlotKey(key)
  return name?.id === id && name.field === field
}

function valueOf(side: 'before' | 'after', value: unknown): Partial<WrittenLine> {
  return value === undefined || value === null ? {} : { [side]: value as Value }
}

function textLine(key: string, before: string, after: string, doc: Doc): readonly WrittenLine[] {
  const name = parseSlotKey(key)
  if (!name || before === after) return []
  const blob = parseBlob(blobsOf(doc).get(name.id))
  const elsewhere = name.field === descriptionField ? 'ticket' : kindOfText(name.field)
  const kind = blob && isKind(blob.k) ? blob.k : elsewhere
  if (!kind) return []
  const field = kind === 'ticket' ? name.field : fieldByCode[kind].get(name.field)?.name
  return field === undefined ? [] : [{ id: name.id as RecordId, kind, action: 'changed', field, before, after }]
}

function stepLine(stored: unknown): readonly WrittenLine[] {
  const step = parseStep(stored)
  return step ? [{ id: step.ticket, kind: 'ticket', action: 'step', step, at: step.at }] : []
}
