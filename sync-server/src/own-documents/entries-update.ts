/** The change that brings a document of plain entries, which the relay alone writes, to what it should say; nothing when it says so already. */
import { encodeStateAsUpdate, encodeStateVector, type Doc, type Map as YMap } from 'yjs'
import { docOf, type Updates } from './read-entries.ts'

export interface EntriesUpdateOptions {
  /** The updates the document consists of so far. */
  readonly stored: Updates
  readonly rootOf: (doc: Doc) => YMap<unknown>
  readonly entries: ReadonlyMap<string, object>
  /** Writes under this number, which nobody else may use; under one of its own when absent. */
  readonly client?: number | undefined
}

export function entriesUpdate({ stored, rootOf, entries, client }: EntriesUpdateOptions): Uint8Array | undefined {
  const doc = docOf(stored)
  if (client !== undefined) doc.clientID = client
  const before = encodeStateVector(doc)
  const root = rootOf(doc)
  let changed = false
  doc.transact(() => {
    for (const key of root.keys()) {
      if (entries.has(key)) continue
      root.delete(key)
      changed = true
    }
    for (const [key, entry] of entries) {
      if (JSON.stringify(root.get(key)) === JSON.stringify(entry)) continue
      root.set(key, entry)
      changed = true
    }
  })
  const update = changed ? encodeStateAsUpdate(doc, before) : undefined
  doc.destroy()
  return update
}
