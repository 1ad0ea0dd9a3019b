/** One record as people see it: its blob, overlaid by the writes left for each field. What this version does not know is passed over. */
import {
  type Entry,
  type Field,
  type FieldConflict,
  fieldOf,
  isKind,
  type Kind,
  type RecordId,
  type Stamp,
  type TrashedEntry,
  type Value,
} from '@tongge/model'
import type { Doc } from 'yjs'
import { nameByCode } from '../documents.ts'
import { blobsOf, parseBlob, stampOf } from '../layout.ts'
import { deletionsOf, distinctValues, isTrashed, type Overlay, overlayOf, type SlotWrite } from '../slots.ts'

export type Projected = { readonly entry: Entry } | { readonly trashed: TrashedEntry }

/** `doc` holds the record; a note has no sensitive part, and only notes live outside the ledger. */
export function projectRecord(
  doc: Doc,
  sensitive: Doc | undefined,
  id: RecordId,
  isHomeOf: (kind: Kind) => boolean,
): Projected | undefined {
  const blob = parseBlob(blobsOf(doc).get(id))
  if (!blob || !isKind(blob.k) || !isHomeOf(blob.k)) return undefined
  const kind = blob.k
  const overlay = overlayOf(doc, id)
  const secret = sensitive && overlayOf(sensitive, id)
  const fields: Record<string, Value> = {}
  const conflicts: FieldConflict[] = []
  const created = stampOf(blob.c)
  let updated = created
  const take = (values: Readonly<Record<string, unknown>>, writes: Overlay, isSecret: boolean): void => {
    for (const [code, name] of nameByCode[kind]) {
      const field = fieldOf(kind, name)
      if (!field || (field.class === 'sensitive') !== isSecret) continue
      const left = writes.get(code)
      const value = left ? shown(field, name, left, conflicts) : values[code]
      if (isValueOf(field, value)) fields[name] = value
      for (const write of left ?? []) updated = later(updated, write.stamp)
    }
  }
  take(blob.f, overlay, false)
  if (blob.u) updated = later(updated, stampOf([blob.u[0], blob.u[1], blob.u[2]]))
  if (secret && sensitive) take(parseBlob(blobsOf(sensitive).get(id))?.f ?? {}, secret, true)

  const deletion = deletionsOf(overlay).find((write) => write.stamp)?.stamp
  if (!deletion) return { entry: { id, kind, fields, created, updated, conflicts } }
  if (isTrashed(doc, sensitive, id)) return { trashed: { id, kind, fields, deletion } }
  return { entry: { id, kind, fields, created, updated, conflicts, deletion } }
}

/** The value to show, noting a conflict when writers who did not know of each other differ. */
function shown(field: Field, name: string, left: readonly SlotWrite[], conflicts: FieldConflict[]): unknown {
  const readable = left.filter((write) => write.stamp && (write.value === null || isValueOf(field, write.value)))
  const differing = distinctValues(readable)
  if (differing.length > 1) {
    const rivals = differing.flatMap(({ value, stamp, slot }) =>
      stamp ? [{ value: (value ?? undefined) as Value | undefined, stamp, slot }] : [],
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
      return Array.isArray(value) && value.every((code) => typeof code === 'string')
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

function later(one: Stamp, other: Stamp | undefined): Stamp {
  return other && other.at > one.at ? other : one
}
