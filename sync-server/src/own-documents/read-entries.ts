/** The records that stored documents of a grid hold, for what the relay itself makes of them. */
import { createProjection } from '@tongge/crdt'
import type { Entry, GridCode, RecordId } from '@tongge/model'
import { applyUpdate, Doc } from 'yjs'
import type { StoredDocument } from '../ports.ts'

export type Updates = readonly Uint8Array[]

export interface StoredRecords {
  readonly ledger?: Updates | undefined
  /** By building. */
  readonly notes?: ReadonlyMap<RecordId, Updates>
}

export function readEntries(grid: GridCode, { ledger, notes = new Map() }: StoredRecords): readonly Entry[] {
  const documents = {
    ledger: ledger && docOf(ledger),
    sensitive: undefined,
    work: new Map(),
    notes: new Map([...notes].map(([building, updates]) => [building, docOf(updates)])),
  }
  const projection = createProjection(documents, grid, { foldTicket: () => undefined })
  const entries = [...projection.snapshot().entries.values()]
  projection.dispose()
  documents.ledger?.destroy()
  for (const doc of documents.notes.values()) doc.destroy()
  return entries
}

export function updatesOf({ snapshot, tail }: StoredDocument): Updates {
  return snapshot ? [snapshot, ...tail] : tail
}

export function docOf(updates: Updates): Doc {
  const doc = new Doc()
  doc.transact(() => {
    for (const update of updates) applyUpdate(doc, update)
  })
  return doc
}
