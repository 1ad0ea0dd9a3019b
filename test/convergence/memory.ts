/** A tab's undo stack beside what the account says of the same edits: they must agree on what is taken back and what is left alone. */
import { createUndoStack, type Applied, type Projection } from '@tongge/crdt'
import { generationIn, heldBy } from './account.ts'
import { carryOut, type Author } from './carry-out.ts'
import { deedsOf, intentsOf, skippedName, undoing, type Deed, type Held, type Texts } from './deed.ts'
import { byRecord } from './record-view.ts'

export interface Memory {
  record(applied: Applied, deeds: readonly Deed[]): void
  /** What the tab holds, by record. */
  held(): Held
  again(move: 'undo' | 'redo'): void
  /** Somebody has changed what undo would take back. */
  isOvertaken(): boolean
}

/** `isHasty`: undo does not look at what changed since. */
export function createMemory(author: Author, projection: Projection, texts: Texts, isHasty: boolean): Memory {
  const { documents, account } = author
  const stack = createUndoStack()
  const deeds = { undo: [] as (readonly Deed[])[], redo: [] as (readonly Deed[])[] }
  let remembered = projection.snapshot()

  const held = (): Held => {
    const writes = byRecord(heldBy(documents, account))
    return { of: (record) => writes.get(record) ?? [], generation: generationIn(documents, 'diary') }
  }
  const keep = (move: 'undo' | 'redo', done: readonly Deed[]): void => {
    if (done.length > 0) deeds[move].push(done)
    remembered = projection.snapshot()
  }
  const compare = (what: string, actual: unknown, expected: unknown): void => {
    const [is, must] = [JSON.stringify(actual), JSON.stringify(expected)]
    if (is !== must) account.problems.push(`${what}: ${is}, and not ${must}`)
  }

  return {
    held,
    record(applied, done) {
      stack.record(applied)
      if (done.length > 0) deeds.redo.length = 0
      keep('undo', done)
    },
    isOvertaken: () => undoing(deeds.undo.at(-1) ?? [], held(), texts).skipped.length > 0,
    again(move) {
      compare('can undo and redo', [stack.canUndo(), stack.canRedo()], [deeds.undo.length > 0, deeds.redo.length > 0])
      const last = deeds[move].pop() ?? []
      const before = held()
      const { edits, skipped } = undoing(last, before, texts)
      const intents = intentsOf(edits, before, texts)
      const drafts = intents.flatMap((intent) => intent.drafts)
      const snapshot = isHasty ? remembered : projection.snapshot()
      const undone = carryOut(author, drafts, (pen) => stack[move](projection.documents(), snapshot, pen))
      const named = undone?.skipped.map(({ id, field }) => skippedName(id, field)) ?? []
      compare(`${move} left alone`, named.sort(), [...skipped].sort())
      account.tally.undone += drafts.length
      account.tally.skipped += skipped.length
      keep(move === 'undo' ? 'redo' : 'undo', deedsOf(intents, before, held))
    },
  }
}
