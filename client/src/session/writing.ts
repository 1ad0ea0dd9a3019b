/** The one way in: a command is planned, carried out in the documents, and can be taken back. */
import { applyEdits, createUndoStack, type Projection, type Writer } from '@tongge/crdt'
import { plan, type AccountId, type Command, type Edit, type PlanContext, type RecordId } from '@tongge/model'
import { createSignal, type Accessor } from 'solid-js'
import type { DispatchAnswer } from './session.ts'

export interface Writing {
  dispatch(command: Command): DispatchAnswer
  again(move: 'undo' | 'redo'): DispatchAnswer | undefined
  canRedo(): boolean
  lastEdit(): object | undefined
  /** The documents wanted first are open from here on; what was dispatched before is carried out, in order. */
  begin(): void
  readonly hasBegun: Accessor<boolean>
  /** No further document will be open: what is still held is refused. */
  complete(): void
  /** Commands that wait for a document: accepted, and not yet anywhere. */
  readonly held: Accessor<number>
}

interface Parts {
  readonly projection: Projection
  readonly writer: Writer
  readonly context: () => PlanContext
  /** Resolves once the documents of these names are on disk as they are. */
  readonly saved: (documents: readonly string[]) => Promise<void>
}

/** Slot and name of the device may change while edits go on. */
export function createWriter(account: AccountId, slot: () => string, device: () => string): Writer {
  return {
    get slot() {
      return slot()
    },
    account,
    get device() {
      return device()
    },
    now: Date.now,
  }
}

export function createWriting({ projection, writer, context, saved }: Parts): Writing {
  const undoStack = createUndoStack()
  const [hasBegun, setBegun] = createSignal(false)
  const [isComplete, setComplete] = createSignal(false)
  const [waiting, setWaiting] = createSignal<readonly (() => void)[]>([])

  const accepted = (edits: readonly Edit[], promise: Promise<void>): DispatchAnswer => {
    // The light tells of a failure; a caller that only wants the toast need not.
    promise.catch(() => undefined)
    return { ok: true, saved: promise, created: createdBy(edits) }
  }
  /** Undefined while a document that the edits need may still come. */
  const carryOut = (edits: readonly Edit[], what: Command['do']): DispatchAnswer | undefined => {
    const applied = hasBegun() ? applyEdits(projection.documents(), edits, writer) : undefined
    if (!applied || applied.unplaced.length > 0)
      return isComplete() ? { ok: false, refusal: { reason: 'notAllowed', what } } : undefined
    undoStack.record(applied)
    return accepted(applied.edits, saved(applied.documents))
  }
  const hold = (edits: readonly Edit[], what: Command['do']): DispatchAnswer => {
    const onDisk = new Promise<void>((resolve, reject) => {
      const attempt = (): void => {
        const answer = carryOut(edits, what)
        if (!answer) return
        setWaiting((all) => all.filter((one) => one !== attempt))
        if (answer.ok) resolve(answer.saved)
        else reject(new Error(`${what} found no document to be written in`))
      }
      setWaiting((all) => [...all, attempt])
    })
    return accepted(edits, onDisk)
  }
  const tryAll = (): void => {
    for (const attempt of waiting()) attempt()
  }

  return {
    dispatch: (command) => {
      const planned = plan(projection.snapshot(), command, context())
      if (!planned.ok) return { ok: false, refusal: planned.failure }
      return carryOut(planned.value, command.do) ?? hold(planned.value, command.do)
    },
    again: (move) => {
      const result = undoStack[move](projection.documents(), projection.snapshot(), writer)
      if (!result) return undefined
      if (result.skipped.length > 0 && result.applied.edits.length === 0)
        return { ok: false, refusal: { reason: 'wrongState', detail: 'changedSince' } }
      return accepted(result.applied.edits, saved(result.applied.documents))
    },
    canRedo: () => undoStack.canRedo(),
    lastEdit: () => undoStack.last(),
    begin: () => {
      setBegun(true)
      tryAll()
    },
    hasBegun,
    complete: () => {
      setComplete(true)
      tryAll()
    },
    held: () => waiting().length,
  }
}

function createdBy(edits: readonly Edit[]): readonly RecordId[] {
  return edits.flatMap((edit) =>
    edit.op === 'create' ? edit.id : edit.op === 'step' && edit.step.birth ? edit.step.ticket : [],
  )
}
