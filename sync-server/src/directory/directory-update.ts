/** The change that brings a directory document to what it should say; nothing when it says so already. */
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { directoryOf } from '@tongge/crdt'

/** `stored` are the updates the document consists of so far. */
export function directoryUpdate(
  stored: readonly Uint8Array[],
  entries: ReadonlyMap<string, object>,
): Uint8Array | undefined {
  const doc = new Doc()
  for (const update of stored) applyUpdate(doc, update)
  const before = encodeStateVector(doc)
  const map = directoryOf(doc)
  let changed = false
  doc.transact(() => {
    for (const key of map.keys()) {
      if (entries.has(key)) continue
      map.delete(key)
      changed = true
    }
    for (const [key, entry] of entries) {
      if (JSON.stringify(map.get(key)) === JSON.stringify(entry)) continue
      map.set(key, entry)
      changed = true
    }
  })
  const update = changed ? encodeStateAsUpdate(doc, before) : undefined
  doc.destroy()
  return update
}
