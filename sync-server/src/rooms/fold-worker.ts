/** Folds updates into one snapshot in a thread of its own, where building a whole document stops nobody. */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'

export interface FoldTask {
  readonly id: number
  readonly updates: readonly Uint8Array[]
}

/** `snapshot` is absent when the fold does not hold exactly what the updates hold. */
export interface FoldAnswer {
  readonly id: number
  readonly snapshot: Uint8Array | undefined
}

parentPort?.on('message', ({ id, updates }: FoldTask) => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const snapshot = Y.encodeStateAsUpdate(doc)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, snapshot)
  const isSame =
    !hasPending(doc) &&
    !hasPending(copy) &&
    Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy)) &&
    contentOf(doc) === contentOf(copy)
  parentPort?.postMessage({ id, snapshot: isSame ? snapshot : undefined } satisfies FoldAnswer)
  doc.destroy()
  copy.destroy()
})

function hasPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}

/** Every value that is not deleted, with its place among the clocks, however Yjs has merged them. */
function contentOf(doc: Y.Doc): string {
  const lines: string[] = []
  for (const [client, structs] of [...doc.store.clients].toSorted(([a], [b]) => a - b)) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || struct.deleted || struct.content instanceof Y.ContentType) continue
      const values = struct.content.getContent()
      for (const [offset, value] of values.entries())
        lines.push(`${client}:${struct.id.clock + offset}=${JSON.stringify(value) ?? ''}`)
    }
  }
  return lines.join('\n')
}
