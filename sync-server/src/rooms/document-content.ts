/**
 * The committed content of one document in memory: its base as ready-made messages and the updates since, never a Yjs document.
 * What one joining client is sent is kept for the next that asks the same.
 */
import { partsOf, integrate } from './content.ts'
import { DeleteSet, deletionsToUpdate } from './delete-set.ts'
import { encodeStep2, encodeUpdateMessage } from './messages.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

export interface TailUpdate {
  readonly bytes: Uint8Array
  /** Sequence of its last row in the log. */
  readonly sequence: number
}

export interface DocumentContent {
  /** Messages that bring a client with this state up to date, each complete once those before it are applied; the last one is the SyncStep2. */
  answer(state: ReadonlyMap<number, number>): readonly Uint8Array[]
  append(update: TailUpdate): void
  /** Takes the snapshot for everything up to `through`. */
  rebase(snapshot: ScannedUpdate, through: number): void
  /** Updates that make up the whole, in order. */
  updates(): readonly Uint8Array[]
  readonly tailLength: number
  readonly tailBytes: number
  /** Of base and tail together. */
  readonly bytes: number
  readonly newest: number
}

const cachedAnswers = 8
const deletionsPerPart = 4096

export function createDocumentContent(deletions: DeleteSet, partBytes: number): DocumentContent {
  let base: readonly { readonly message: Uint8Array; readonly update: Uint8Array }[] = []
  let baseState = new Map<number, number>()
  let baseDeletions: readonly number[] = []
  let baseBytes = 0
  let tail: TailUpdate[] = []
  let tailBytes = 0
  let newest = 0
  let answers = new Map<string, readonly Uint8Array[]>()
  let scannedTail: readonly ScannedUpdate[] | undefined
  let farewell: readonly Uint8Array[] | undefined

  const forget = (): void => {
    answers = new Map()
    scannedTail = undefined
    farewell = undefined
  }

  /** The deletions, which a state vector says nothing about: always sent whole. */
  const deletionMessages = (): readonly Uint8Array[] => {
    const all = deletions.entries()
    const updates: Uint8Array[] = []
    for (let at = 0; at < all.length; at += deletionsPerPart * 3)
      updates.push(deletionsToUpdate(all.slice(at, at + deletionsPerPart * 3)))
    const last = updates.pop() ?? deletionsToUpdate([])
    return [...updates.map(encodeUpdateMessage), encodeStep2(last)]
  }

  const build = (theirs: ReadonlyMap<number, number>): readonly Uint8Array[] => {
    const state = new Map(theirs)
    const messages: Uint8Array[] = []
    if (theirs.size === 0) {
      for (const { message } of base) messages.push(message)
      for (const [client, clock] of baseState) state.set(client, clock)
    } else if (!covers(theirs, baseState)) {
      for (const part of partsOf(
        base.map(({ update }) => scanOwn(update)),
        state,
        partBytes,
      ))
        messages.push(encodeUpdateMessage(part))
    }
    scannedTail ??= tail.map(({ bytes }) => scanOwn(bytes))
    for (const part of partsOf(scannedTail, state, partBytes)) messages.push(encodeUpdateMessage(part))
    farewell ??= deletionMessages()
    return [...messages, ...farewell]
  }

  return {
    answer(theirs) {
      const key = [...theirs].flat().join(' ')
      const known = answers.get(key)
      if (known) return known
      const answer = build(theirs)
      if (answers.size >= cachedAnswers) answers.clear()
      answers.set(key, answer)
      return answer
    },
    append(update) {
      tail.push(update)
      tailBytes += update.bytes.length
      newest = update.sequence
      forget()
    },
    rebase(snapshot, through) {
      baseState = new Map()
      base = partsOf([snapshot], baseState, partBytes).map((update) => {
        const message = encodeUpdateMessage(update)
        return { message, update: message.subarray(message.length - update.length) }
      })
      baseDeletions = snapshot.deletions
      baseBytes = snapshot.bytes.length
      tail = tail.filter(({ sequence }) => sequence > through)
      tailBytes = tail.reduce((sum, { bytes }) => sum + bytes.length, 0)
      newest = Math.max(newest, through)
      forget()
    },
    updates: () => [
      ...base.map(({ update }) => update),
      ...(baseDeletions.length > 0 ? [deletionsToUpdate(baseDeletions)] : []),
      ...tail.map(({ bytes }) => bytes),
    ],
    get tailLength() {
      return tail.length
    },
    get tailBytes() {
      return tailBytes
    },
    get bytes() {
      return baseBytes + tailBytes
    },
    get newest() {
      return newest
    },
  }
}

/** What these updates amount to, without their content. */
export function stateOf(updates: readonly Uint8Array[]): {
  readonly state: ReadonlyMap<number, number>
  readonly deletions: DeleteSet
} {
  const state = new Map<number, number>()
  const deletions = new DeleteSet()
  for (const bytes of updates) {
    const update = scanOwn(bytes)
    integrate(update, state)
    deletions.add(update.deletions)
  }
  return { state, deletions }
}

function covers(theirs: ReadonlyMap<number, number>, ours: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of ours) if ((theirs.get(client) ?? 0) < clock) return false
  return true
}

function scanOwn(bytes: Uint8Array): ScannedUpdate {
  const update = scanUpdate(bytes, unlimited)
  if (typeof update === 'string') throw new Error(`an update of the relay's own is ${update}`)
  return update
}
