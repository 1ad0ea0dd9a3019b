/**
 * The committed content of one document in memory: its base as ready-made messages and the updates since, never a Yjs document.
 * What a client without anything is sent is kept for the next one; what others lack is made part by part while they take it.
 */
import type { Base } from './base.ts'
import { partsOf } from './content.ts'
import { DeleteSet, deletionsToUpdate } from './delete-set.ts'
import { encodeStep2, encodeUpdateMessage } from './messages.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

export interface TailUpdate {
  readonly bytes: Uint8Array
  /** Sequence of its last row in the log. */
  readonly sequence: number
  /** The clocks after its structs, or later ones: who has these has nothing to learn from it. */
  readonly ends: ReadonlyMap<number, number>
  /** What it deletes, as lists of the flat triples of a scanned update. */
  readonly deletions: readonly (readonly number[])[]
}

export interface DocumentContent {
  /**
   * Messages that bring a client with this state up to date, each complete once those before it are applied; the last one is the SyncStep2.
   * They hold what the document holds at the time of the call, also when they are taken later. For an empty state they are a shared array.
   */
  answer(state: ReadonlyMap<number, number>): Iterable<Uint8Array>
  append(update: TailUpdate): void
  /** Nothing else was written up to this sequence. */
  reach(sequence: number): void
  /** Takes the base for everything up to `through`. */
  rebase(base: Base, through: number): void
  /** Updates that make up the whole, in order. */
  updates(): readonly Uint8Array[]
  readonly tailLength: number
  readonly tailBytes: number
  /** Of base and tail together. */
  readonly bytes: number
  readonly newest: number
}

const deletionsPerPart = 4096

export function createDocumentContent(partBytes: number): DocumentContent {
  // Its own: what is known of a document may be ahead of what is committed.
  const deletions = new DeleteSet()
  let base: readonly { readonly message: Uint8Array; readonly update: Uint8Array }[] = []
  let baseState: ReadonlyMap<number, number> = new Map()
  let baseDeletions: readonly number[] = []
  let baseBytes = 0
  let tail: TailUpdate[] = []
  let tailBytes = 0
  let newest = 0
  let whole: readonly Uint8Array[] | undefined
  let scannedTail: readonly ScannedUpdate[] | undefined
  let farewell: readonly Uint8Array[] | undefined

  const forget = (): void => {
    whole = undefined
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

  const build = (): readonly Uint8Array[] => {
    const state = new Map(baseState)
    const messages = base.map(({ message }) => message)
    for (const part of partsOf(scanTail(), state, partBytes)) messages.push(encodeUpdateMessage(part))
    return [...messages, ...sayFarewell()]
  }

  const scanTail = (): readonly ScannedUpdate[] => (scannedTail ??= tail.map(({ bytes }) => scanOwn(bytes)))
  const sayFarewell = (): readonly Uint8Array[] => (farewell ??= deletionMessages())

  return {
    answer(theirs) {
      if (theirs.size === 0) return (whole ??= build())
      const updates = covers(theirs, baseState) ? [] : base.map(({ update }) => update)
      const isNews = tail.map(({ ends }) => !covers(theirs, ends))
      const news = isNews.includes(true) ? scanTail().filter((_, index) => isNews[index]) : []
      return lacking(theirs, updates, news, sayFarewell(), partBytes)
    },
    append(update) {
      tail.push(update)
      tailBytes += update.bytes.length
      newest = update.sequence
      for (const deleted of update.deletions) deletions.add(deleted)
      forget()
    },
    reach(sequence) {
      newest = Math.max(newest, sequence)
    },
    rebase({ parts, state, deletions: deleted, bytes }, through) {
      base = parts.map((update) => {
        const message = encodeUpdateMessage(update)
        return { message, update: message.subarray(message.length - update.length) }
      })
      baseState = state
      baseDeletions = deleted
      deletions.add(deleted)
      baseBytes = bytes
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

function* lacking(
  theirs: ReadonlyMap<number, number>,
  base: readonly Uint8Array[],
  tail: readonly ScannedUpdate[],
  farewell: readonly Uint8Array[],
  partBytes: number,
): Generator<Uint8Array> {
  const state = new Map(theirs)
  for (const bytes of base)
    for (const part of partsOf([scanOwn(bytes)], state, partBytes)) yield encodeUpdateMessage(part)
  for (const part of partsOf(tail, state, partBytes)) yield encodeUpdateMessage(part)
  yield* farewell
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
