/**
 * Reads what an update changes, path by path, without applying it to a document. Beside the document's own changes it keeps a small index
 * of what the document holds. Knows Yjs, not what anything means.
 */
import { Bytes } from './bytes.ts'
import { DocumentIndex, type Client } from './document-index.ts'
import { integrate, type Witness } from './integrate.ts'
import { none, nowhere, type Container, type Item, type Seat } from './places.ts'
import { scan, type ReadLimits } from './scan.ts'
import { readContent, readHeadOfText, type Content } from './struct.ts'
import { Unreadable, type Trouble } from './trouble.ts'
import { encodeText } from './utf8.ts'

/** Name of the root, then key by key; undefined stands for a place among the elements of a list or text. */
export type Path = readonly [root: string, ...rest: (string | undefined)[]]

export interface Change {
  /** `set` replaces a value of a key. Deleting or replacing a shared type is also the end of everything in it. */
  readonly kind: 'insert' | 'set' | 'delete'
  readonly path: Path
  /** The clocks that were written, or that are deleted. */
  readonly client: number
  readonly clock: number
  readonly length: number
  /** What was written. */
  readonly content?: Content
  /** Of a key: its author had seen an earlier value of it, deleted or not. */
  readonly isSeen?: boolean
}

export interface Reading {
  /** What somebody who has the document open would see happen, each place once. */
  readonly changes: readonly Change[]
  /** Clocks written that stand nowhere, because their place is gone. */
  readonly nowhere: number
}

export type Outcome = { readonly ok: true; readonly value: Reading } | { readonly ok: false; readonly trouble: Trouble }

export interface Sight {
  readonly roots: ReadonlySet<string>
  /** The root whose texts are of interest up to a certain byte only. */
  readonly heads: { readonly root: string; readonly end: number }
  /** `key` is undefined for an element of a list. */
  found(root: string, key: string | undefined, content: Content): void
}

export interface PathReader {
  /**
   * Takes in what the document holds already. What no honest client writes is taken as Yjs takes it.
   * `see` is shown what stands in its roots, also what is deleted or written over further on.
   */
  open(update: Uint8Array, see?: Sight): void
  /** Reads an update that is not taken in yet. Each reading ends by `keep` or `drop`; a new one drops the last. */
  read(update: Uint8Array): Outcome
  keep(): void
  drop(): void
  /** Whether a key of a root has a value. */
  has(root: string, key: string): boolean
  /** Of the index, about. */
  readonly bytes: number
}

export const defaultReadLimits: ReadLimits = Object.freeze({
  bytes: 64 * 1024 * 1024,
  structs: 600_000,
  deletions: 100_000,
  emptyClocks: 1_000_000,
  nesting: 32,
  steps: 1_000_000,
  lenient: false,
})

const trusting: ReadLimits = Object.freeze({
  bytes: Infinity,
  structs: Infinity,
  deletions: Infinity,
  emptyClocks: Infinity,
  nesting: Infinity,
  steps: Infinity,
  lenient: true,
})

interface Added {
  readonly client: Client
  readonly clock: number
  readonly length: number
  readonly seat: Seat
  readonly kind: number
  readonly content: number
  readonly from: number
}

export function createPathReader(limits: ReadLimits = defaultReadLimits): PathReader {
  const index = new DocumentIndex()
  let isHeld = false

  const drop = (): void => {
    if (isHeld) index.forget()
    isHeld = false
  }

  return {
    open(update, see) {
      drop()
      integrate(update, scan(update, trusting), index, trusting, see && createSight(index, update, see))
    },
    read(update) {
      drop()
      index.begin()
      isHeld = true
      try {
        const seen = createSeen(index)
        integrate(update, scan(update, limits), index, limits, seen)
        return { ok: true, value: seen.reading(update) }
      } catch (error) {
        drop()
        if (error instanceof Unreadable) return { ok: false, trouble: error.trouble }
        throw error
      }
    },
    keep() {
      if (isHeld) index.keep()
      isHeld = false
    },
    drop,
    has(root, key) {
      const container = index.places.findRoot(root)
      const seat = container === undefined ? undefined : index.places.findKey(container, encodeText(key))
      const last = seat === undefined ? none : index.lastOf(seat)
      return last !== none && !index.isItemDeleted(last)
    },
    get bytes() {
      return index.bytes
    },
  }
}

function createSight(index: DocumentIndex, update: Uint8Array, { roots, heads, found }: Sight): Witness {
  const reader = new Bytes(update, true)
  return {
    key: () => undefined,
    added(_client, _clock, length, seat, _item, kind, content, from) {
      if (seat === nowhere) return
      const root = index.places.rootName(index.places.containerOf(seat))
      if (root === undefined || !roots.has(root)) return
      const written =
        root === heads.root
          ? readHeadOfText(reader, kind, content, from, heads.end)
          : readContent(reader, kind, content, from, from + length)
      if (written) found(root, index.places.isKey(seat) ? index.places.keyOf(seat) : undefined, written)
    },
  }
}

interface Seen extends Witness {
  reading(update: Uint8Array): Reading
}

function createSeen(index: DocumentIndex): Seen {
  /** What each touched key held before. */
  const keys = new Map<Seat, { readonly last: Item; readonly isLive: boolean }>()
  const values = new Map<Item, Added>()
  const elements: Added[] = []
  const removed: { readonly client: Client; readonly from: number; readonly to: number; readonly seat: Seat }[] = []
  const paths = new Map<Container, Path | undefined>()
  let lost = 0

  /** Undefined for what is no longer in the document. */
  const pathOf = (container: Container): Path | undefined => {
    if (!paths.has(container)) paths.set(container, index.isLive(container) ? livePath(index, container) : undefined)
    return paths.get(container)
  }

  const seenBefore = (item: Item): boolean => {
    let origin = index.originOf(item)
    while (values.has(origin)) origin = index.originOf(origin)
    return origin !== none
  }

  return {
    key(seat) {
      if (keys.has(seat)) return
      const last = index.lastOf(seat)
      keys.set(seat, { last, isLive: last !== none && !index.isItemDeleted(last) })
    },
    added(client, clock, length, seat, item, kind, content, from) {
      const added = { client, clock, length, seat, kind, content, from }
      if (seat === nowhere) lost += length
      else if (index.places.isKey(seat)) values.set(item, added)
      else elements.push(added)
    },
    removed: (client, from, to, seat) => removed.push({ client, from, to, seat }),
    reading(update) {
      const reader = new Bytes(update, true)
      const changes: Change[] = []
      for (const [seat, { last: before, isLive }] of keys) {
        const path = pathOf(index.places.containerOf(seat))
        const last = index.lastOf(seat)
        const isThere = last !== none && !index.isItemDeleted(last)
        if (!path || (!isLive && !isThere) || (isLive && isThere && last === before)) continue
        const item = isThere ? last : before
        const value = isThere ? values.get(item) : undefined
        const content = value && readContent(reader, value.kind, value.content, value.from, value.from + 1)
        changes.push({
          kind: isThere ? (isLive ? 'set' : 'insert') : 'delete',
          path: [...path, index.places.keyOf(seat)],
          client: index.clientOf(item)?.id ?? 0,
          clock: index.clockOf(item),
          length: 1,
          ...(content && { content }),
          isSeen: isThere && seenBefore(item),
        })
      }
      for (const { client, clock, length, seat, kind, content, from } of elements) {
        const path = pathOf(index.places.containerOf(seat))
        if (!path) continue
        index.eachLive(client, clock, clock + length, (first, after) => {
          const unit = from + first - clock
          const written = readContent(reader, kind, content, unit, unit + after - first)
          const place: Path = [...path, undefined]
          const range = { client: client.id, clock: first, length: after - first }
          changes.push({ kind: 'insert', path: place, ...range, ...(written && { content: written }) })
        })
      }
      for (const { client, from, to, seat } of removed) {
        const path = pathOf(index.places.containerOf(seat))
        const range = { client: client.id, clock: from, length: to - from }
        if (path) changes.push({ kind: 'delete', path: [...path, undefined], ...range })
      }
      return { changes, nowhere: lost }
    },
  }
}

function livePath(index: DocumentIndex, container: Container): Path {
  const rest: (string | undefined)[] = []
  for (let at = container; ;) {
    const root = index.places.rootName(at)
    if (root !== undefined) return [root, ...rest.reverse()]
    const seat = index.seatOf(index.places.itemOf(at))
    rest.push(index.places.isKey(seat) ? index.places.keyOf(seat) : undefined)
    at = index.places.containerOf(seat)
  }
}
