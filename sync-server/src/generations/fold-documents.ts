/** Begins the next generation of a document, and carries into later ones what came late. Pure: the same in a thread of its own and in any other. */
import { carryOver, foldGeneration, hasPending } from '@tongge/crdt'
import { applyUpdate, Doc, mergeUpdates } from 'yjs'

/** Written by `clientId`. Undefined when it would be larger than `limit` bytes, or not whole. */
export function beginGeneration(
  updates: readonly Uint8Array[],
  clientId: number,
  limit: number,
): Uint8Array | undefined {
  const doc = docOf(updates)
  const first = foldGeneration(doc, clientId)
  const isSound = !hasPending(doc) && !hasPending(docOf([first])) && first.length <= limit
  return isSound ? first : undefined
}

/** What `late` adds to each generation but the oldest, which it came to, written by `clientId`; undefined for nothing. */
export function carryLate(
  generations: readonly (readonly Uint8Array[])[],
  late: readonly Uint8Array[],
  clientId: number,
): readonly (Uint8Array | undefined)[] {
  const docs = generations.map(docOf)
  const later = docs.slice(1).map((doc) => {
    const added: Uint8Array[] = []
    doc.clientID = clientId
    doc.on('update', (update) => added.push(update))
    return added
  })
  for (const update of late) carryOver(docs, update)
  return later.map((added) => (added.length > 0 ? mergeUpdates(added) : undefined))
}

function docOf(updates: readonly Uint8Array[]): Doc {
  const doc = new Doc()
  doc.transact(() => {
    for (const update of updates) applyUpdate(doc, update)
  })
  return doc
}
