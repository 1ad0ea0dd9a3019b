/** Folds updates into one snapshot in a thread of its own, where building and comparing a whole document stops nobody. */
import * as Y from 'yjs'
import { answerTasks } from '../worker-queue.ts'
import { makeBase, type Base } from './base.ts'
import { integrate } from './content.ts'
import { DeleteSet } from './delete-set.ts'
import { scanUpdate, unlimited } from './scan-update.ts'

export interface FoldTask {
  readonly updates: readonly Uint8Array[]
  readonly partBytes: number
}

export interface Fold {
  readonly snapshot: Uint8Array
  readonly base: Base
}

answerTasks(({ updates, partBytes }: FoldTask) => {
  const answer = foldUpdates(updates, partBytes)
  return { answer, moved: answer ? [answer.snapshot, ...answer.base.parts] : [] }
})

/** Undefined when it does not hold exactly what the updates hold. */
function foldUpdates(updates: readonly Uint8Array[], partBytes: number): Fold | undefined {
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
  doc.destroy()
  copy.destroy()
  const scanned = scanUpdate(snapshot, unlimited)
  if (!isSame || typeof scanned === 'string' || !holdsSame(updates, snapshot)) return undefined
  return { snapshot, base: makeBase(scanned, partBytes) }
}

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

/** By the relay's own scanner, which Yjs has no part in: the same clocks, and nothing less deleted. */
function holdsSame(updates: readonly Uint8Array[], snapshot: Uint8Array): boolean {
  const before = amountOf(updates)
  const after = amountOf([snapshot])
  if (before.state.size !== after.state.size) return false
  for (const [client, clock] of before.state) if (after.state.get(client) !== clock) return false
  return after.deletions.missing(before.deletions.entries()).length === 0
}

/** What these updates come to, without their content. */
function amountOf(updates: readonly Uint8Array[]): {
  readonly state: ReadonlyMap<number, number>
  readonly deletions: DeleteSet
} {
  const state = new Map<number, number>()
  const deletions = new DeleteSet()
  for (const bytes of updates) {
    const update = scanUpdate(bytes, unlimited)
    if (typeof update === 'string') throw new Error(`an update of the relay's own is ${update}`)
    integrate(update, state)
    deletions.add(update.deletions)
  }
  return { state, deletions }
}
