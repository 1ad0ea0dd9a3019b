/** The one way in: a command is planned, carried out in the documents, and can be taken back. */
import { applyEdits, createUndoStack, type Projection, type Writer } from '@tongge/crdt'
import { plan, type Command, type Edit, type PlanContext, type RecordId } from '@tongge/model'
import { createSignal, type Accessor } from 'solid-js'
import type { DispatchAnswer } from './session.ts'

export interface Writing {
  dispatch(command: Command): DispatchAnswer
  again(move: 'undo' | 'redo'): DispatchAnswer | undefined
  /** The documents are open from here on; what was dispatched before is carried out, in order. */
  begin(): void
  readonly hasBegun: Accessor<boolean>
  /** Commands that wait for the documents: accepted, and not yet anywhere. */
  readonly held: Accessor<number>
  /** Resolves once nothing is held. */
  settled(): Promise<void>
}

interface Parts {
  readonly projection: Projection
  readonly writer: Writer
  readonly context: () => PlanContext
  /** Resolves once the documents of these names are on disk as they are. */
  readonly saved: (documents: readonly string[]) => Promise<void>
}

export function createWriting({ projection, writer, context, saved }: Parts): Writing {
  const undoStack = createUndoStack()
  const [hasBegun, setBegun] = createSignal(false)
  const [held, setHeld] = createSignal(0)
  let begin: () => void = () => undefined
  let begun = new Promise<void>((resolve) => (begin = resolve))

  const accepted = (edits: readonly Edit[], promise: Promise<void>): DispatchAnswer => {
    // The light tells of a failure; a caller that only wants the toast need not.
    promise.catch(() => undefined)
    return { ok: true, saved: promise, created: createdBy(edits) }
  }
  const carryOut = (edits: readonly Edit[], what: Command['do']): DispatchAnswer => {
    const applied = applyEdits(projection.documents(), edits, writer)
    if (applied.unplaced.length > 0) return { ok: false, refusal: { reason: 'notAllowed', what } }
    undoStack.record(applied)
    return accepted(applied.edits, saved(applied.documents))
  }
  const hold = (edits: readonly Edit[], what: Command['do']): DispatchAnswer => {
    setHeld((count) => count + 1)
    const carried = begun.then(() => {
      setHeld((count) => count - 1)
      return carryOut(edits, what)
    })
    begun = carried.then(
      () => undefined,
      () => undefined,
    )
    const onDisk = carried.then((answer) => {
      if (!answer.ok) throw new Error(`${what} found no document to be written in`)
      return answer.saved
    })
    return accepted(edits, onDisk)
  }

  return {
    dispatch: (command) => {
      const planned = plan(projection.snapshot(), command, context())
      if (!planned.ok) return { ok: false, refusal: planned.failure }
      return hasBegun() && held() === 0 ? carryOut(planned.value, command.do) : hold(planned.value, command.do)
    },
    again: (move) => {
      const result = undoStack[move](projection.documents(), projection.snapshot(), writer)
      if (!result) return undefined
      if (result.skipped.length > 0 && result.applied.edits.length === 0)
        return { ok: false, refusal: { reason: 'wrongState', detail: 'changedSince' } }
      return accepted(result.applied.edits, saved(result.applied.documents))
    },
    begin: () => {
      setBegun(true)
      begin()
    },
    hasBegun,
    held,
    settled: () => (held() === 0 ? Promise.resolve() : begun),
  }
}

function createdBy(edits: readonly Edit[]): readonly RecordId[] {
  return edits.flatMap((edit) =>
    edit.op === 'create' ? edit.id : edit.op === 'step' && edit.step.birth ? edit.step.ticket : [],
  )
}
