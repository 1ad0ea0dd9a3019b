/**
 * Folding: a document begins again as a generation of its own, with the overlay taken into the blobs and no tombstones.
 * Only one place folds, the relay; two folds of one document would be two documents.
 */
import { isKind } from '@tongge/model'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { fieldByCode } from '../documents.ts'
import { authorSlot, blobsOf, deletionField, restorationField, slotsOf, slotsRoot } from '../layout.ts'
import { formatBlob, parseBlob, type StoredBlob } from '../stored-blob.ts'
import { recordIndexOf } from '../record-index.ts'
import { deletionsOf, distinctValues, type Overlay, overlayOf, type SlotWrite, writeName } from '../slots.ts'
import { copyRoot } from './copy-root.ts'

/**
 * The first update (V1) of the document's next generation, written by `clientId`, which no replica may ever use.
 * Agreed values go into the blobs; conflicts, deleted records, texts, steps and everything unknown are kept as they are.
 */
export function foldGeneration(doc: Doc, clientId: number): Uint8Array {
  const fresh = new Doc()
  fresh.clientID = clientId
  fresh.transact(() => {
    const blobs = blobsOf(doc)
    const kept = new Set<string>(slotsOf(doc).keys())
    for (const id of [...blobs.keys()].sort()) {
      const stored = blobs.get(id)
      const blob = parseBlob(stored)
      const overlay = overlayOf(doc, id)
      const folding = blob ? foldable(overlay) : []
      for (const [field] of folding)
        for (const key of recordIndexOf(doc).slotKeys(id)) if (key.startsWith(`${id}/${field}/`)) kept.delete(key)
      blobsOf(fresh).set(id, blob && folding.length > 0 ? formatBlob({ ...blob, ...foldInto(blob, folding) }) : stored)
    }
    for (const key of [...kept].sort()) slotsOf(fresh).set(key, slotsOf(doc).get(key))
    for (const name of [...doc.share.keys()].sort())
      if (name !== 'blobs' && name !== slotsRoot) copyRoot(doc, fresh, name)
  })
  const update = encodeStateAsUpdate(fresh)
  fresh.destroy()
  return update
}

type FieldWrites = readonly [field: string, writes: readonly SlotWrite[]]

/** A record with a deletion keeps its overlay: what the deletion had not seen must stay apart from what it had. */
function foldable(overlay: Overlay): readonly FieldWrites[] {
  if (deletionsOf(overlay).length > 0) return []
  return [...overlay].filter(
    ([field, writes]) =>
      field !== restorationField &&
      field !== deletionField &&
      distinctValues(writes).length === 1 &&
      writes.every(isPlainWrite),
  )
}

/** A later version may have put more into a write than this one can fold. */
function isPlainWrite({ at, stored }: SlotWrite): boolean {
  return at !== undefined && Array.isArray(stored) && stored.length <= 3
}

function foldInto(blob: StoredBlob, folding: readonly FieldWrites[]): Partial<StoredBlob> {
  const valueByCode: Record<string, unknown> = { ...blob.f }
  const folded = new Set(folding.map(([field]) => field))
  const names = (blob.w ?? []).filter((name) => !folded.has(name.slice(0, name.indexOf('/'))))
  let newest = blob.u
  for (const [field, writes] of folding) {
    const value = writes[0]?.value ?? null
    if (value === null) delete valueByCode[field]
    else valueByCode[field] = value
    for (const write of writes) {
      const { at, slot, clock } = write
      if (at !== undefined && clock >= (newest?.[2] ?? 0)) newest = [at, authorSlot(slot), clock]
      if (isJudgedElsewhere(blob.k, field)) names.push(writeName(field, write))
    }
  }
  return { f: valueByCode, ...(newest && { u: newest }), ...(names.length > 0 && { w: names }) }
}

/** Sensitive fields rest apart from the deletions of their record; of an unknown field one cannot tell. */
function isJudgedElsewhere(kind: string, code: string): boolean {
  const known = isKind(kind) ? fieldByCode[kind].get(code) : undefined
  return !known || known.field.class === 'sensitive'
}
