/** One record as people see it: its blob, overlaid by the writes left for each field. What this version does not know is passed over. */
import {
  documentOf,
  type Entry,
  type Field,
  type FieldConflict,
  type Instant,
  isKind,
  type Kind,
  type RecordDocument,
  type RecordId,
  type Stamp,
  type TrashedEntry,
  type Value,
} from '@tongge/model'
import type { Doc } from 'yjs'
import { fieldByCode, type NamedField } from '../documents.ts'
import { authorsOf, stampOf, unknownAuthor } from '../authors.ts'
import { authorSlot, blobsOf } from '../layout.ts'
import { parseBlob, type StoredBlob } from '../stored-blob.ts'
import {
  type Beside,
  deletionsOf,
  distinctValues,
  type GivenValue,
  givenValues,
  type Overlay,
  overlayOf,
  type Unseen,
  unseenOf,
} from '../slots.ts'

export type Projected = { readonly entry: Entry } | { readonly trashed: TrashedEntry }

/** `doc` holds the record. Notes have nothing beside it, and reporters rest in the sensitive document whole. */
export function projectRecord(
  doc: Doc,
  beside: Beside,
  id: RecordId,
  isHomeOf: (kind: Kind) => boolean,
): Projected | undefined {
  const blob = parseBlob(blobsOf(doc).get(id))
  if (!blob || !isKind(blob.k) || !isHomeOf(blob.k)) return undefined
  const kind = blob.k
  const { sensitive } = beside
  const overlay = overlayOf(doc, id)
  const secret = sensitive && overlayOf(sensitive, id)
  const fields: Record<string, Value> = {}
  const conflicts: FieldConflict[] = []
  const created = stampOf(doc, ...blob.c)
  let updated = created
  const note = (from: Doc, at: Instant | undefined, slot: string): void => {
    if (at !== undefined && at > updated.at) updated = stampOf(from, at, slot)
  }
  const take = (from: Doc, stored: StoredBlob | undefined, writes: Overlay, document: RecordDocument): void => {
    if (stored?.u) note(from, stored.u[0], stored.u[1])
    for (const code in stored?.f) {
      const known = fieldByCode[kind].get(code)
      if (!known || known.document !== document || writes.has(code)) continue
      const value = stored.f[code]
      if (isValueOf(known.field, value)) fields[known.name] = value
    }
    for (const [code, left] of writes) {
      const known = fieldByCode[kind].get(code)
      if (!known || known.document !== document) continue
      const value = shown(from, known, givenValues(stored, code, left), conflicts)
      if (isValueOf(known.field, value)) fields[known.name] = value
      for (const write of left) note(from, write.at, write.slot)
    }
  }
  take(doc, blob, overlay, documentOf(kind))
  if (secret && sensitive) take(sensitive, parseBlob(blobsOf(sensitive).get(id)), secret, 'sensitive')

  // Overlays name their fields in the order in which writes arrived, which differs from device to device.
  if (conflicts.length > 1) conflicts.sort((a, b) => (a.field < b.field ? -1 : 1))
  const deletion = deletionsOf(overlay).flatMap(({ at, slot }) => (at === undefined ? [] : [stampOf(doc, at, slot)]))[0]
  if (!deletion) return { entry: { id, kind, fields, created, updated, conflicts } }
  const left = unseenOf(doc, beside, id)
  if (left.length === 0) return { trashed: { id, kind, fields, deletion } }
  const unseen = newestOf(doc, left)
  return { entry: { id, kind, fields, created, updated, conflicts, deletion, ...(unseen && { unseen }) } }
}

/** The same on every device, in whatever order the writes arrived. */
function newestOf(home: Doc, unseen: readonly Unseen[]): Entry['unseen'] {
  const written = unseen.flatMap(({ doc, slot, at }) => (slot === undefined ? [] : [{ doc, slot, at }]))
  const [newest] = written.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.slot < b.slot ? 1 : -1))
  if (!newest) return undefined
  const { at, slot } = newest
  // A slot is the same in all documents, and who writes words alone does not sign where these are.
  const author = [newest.doc, home].map((doc) => authorsOf(doc).of(authorSlot(slot))).find(isKnown)
  return author && { ...author, ...(at !== undefined && { at }) }
}

function isKnown({ by }: Omit<Stamp, 'at'>): boolean {
  return by !== unknownAuthor
}

/** The value to show, noting a conflict when writers who did not know of each other differ. */
function shown(
  doc: Doc,
  { name, field }: NamedField,
  given: readonly GivenValue[],
  conflicts: FieldConflict[],
): unknown {
  const readable = given.filter(
    (write) => write.at !== undefined && (write.value === null || isValueOf(field, write.value)),
  )
  const differing = distinctValues(readable)
  if (differing.length > 1) {
    const rivals = differing.flatMap(({ value, at, slot }) =>
      at === undefined
        ? []
        : [{ value: (value ?? undefined) as Value | undefined, stamp: stampOf(doc, at, slot), slot }],
    )
    conflicts.push({ field: name, rivals })
  }
  return readable[0]?.value
}

function isValueOf(field: Field, value: unknown): value is Value {
  switch (field.type) {
    case 'int':
    case 'decimal':
    case 'instant':
      return typeof value === 'number' && Number.isFinite(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'codes':
    case 'photos':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
    case 'coText':
      return false
    case 'text':
    case 'code':
    case 'day':
    case 'phone':
    case 'idNo':
    case 'uscc':
    case 'gridCode':
    case 'ref':
      return typeof value === 'string'
  }
}
