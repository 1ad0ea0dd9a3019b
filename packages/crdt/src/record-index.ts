/** Which keys of a document belong to which record, kept up to date, so that an edit or a read never scans the whole document. */
import type { Doc, Map as YMap } from 'yjs'
import { authorsOf } from './authors.ts'
import { authorSlot, blobsOf, parseSlotKey, slotsOf, textsOf } from './layout.ts'
import { parseBlobHead } from './stored-blob.ts'

export interface RecordIndex {
  /** Keys in `slots` of one record, in no particular order. */
  slotKeys(id: string): ReadonlySet<string>
  textKeys(id: string): ReadonlySet<string>
  /** Ids of all records that have a blob or texts here, some of them twice. */
  ids(): IterableIterator<string>
  /** Tells the index of a write inside a running transaction, before observers run. */
  note(key: string): void
  /** Calls back within the transaction with the ids that a change touched. */
  observe(listener: (ids: ReadonlySet<string>) => void): () => void
}

type DeepEvent = Parameters<Parameters<YMap<unknown>['observeDeep']>[0]>[0][number]

const indexByDoc = new WeakMap<Doc, RecordIndex>()

/** One index per document for its whole life. */
export function recordIndexOf(doc: Doc): RecordIndex {
  let index = indexByDoc.get(doc)
  if (!index) indexByDoc.set(doc, (index = createRecordIndex(doc)))
  return index
}

const none: ReadonlySet<string> = new Set()

function createRecordIndex(doc: Doc): RecordIndex {
  const blobs = blobsOf(doc)
  const slots = slotsOf(doc)
  const texts = textsOf(doc)
  const slotKeysById = keysById(slots)
  const textKeysById = keysById(texts)
  const listeners = new Set<(ids: ReadonlySet<string>) => void>()
  const tell = (ids: ReadonlySet<string>): void => {
    if (ids.size > 0) for (const listener of listeners) listener(ids)
  }
  const follow = (map: YMap<unknown>, index: Map<string, Set<string>>, keys: Iterable<string>): Set<string> => {
    const ids = new Set<string>()
    for (const key of keys) {
      const name = parseSlotKey(key)
      if (!name) continue
      ids.add(name.id)
      if (map.has(key)) addKey(index, name.id, key)
      else index.get(name.id)?.delete(key)
    }
    return ids
  }
  blobs.observe((event) => tell(new Set(stringsOf(event.keysChanged))))
  slots.observe((event) => tell(follow(slots, slotKeysById, stringsOf(event.keysChanged))))
  authorsOf(doc).observe((authors) => tell(writtenIn(authors)))
  texts.observeDeep((events) => tell(follow(texts, textKeysById, events.flatMap(textKeysOf))))
  return {
    slotKeys: (id) => slotKeysById.get(id) ?? none,
    textKeys: (id) => textKeysById.get(id) ?? none,
    *ids() {
      yield* blobs.keys()
      yield* textKeysById.keys()
    },
    note(key) {
      const name = parseSlotKey(key)
      if (name) addKey(slotKeysById, name.id, key)
    },
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  /** Records with a stamp of one of these slots. The slots of a document get their authors once, so this may look everywhere. */
  function writtenIn(authors: ReadonlySet<string>): Set<string> {
    const ids = new Set<string>()
    if (authors.size === 0) return ids
    for (const key of slots.keys()) {
      const name = parseSlotKey(key)
      if (name && authors.has(authorSlot(name.slot))) ids.add(name.id)
    }
    for (const [id, stored] of blobs.entries()) {
      const blob = parseBlobHead(stored)
      if (blob && (authors.has(blob.c[1]) || (blob.u && authors.has(blob.u[1])))) ids.add(id)
    }
    return ids
  }

  function textKeysOf(event: DeepEvent): string[] {
    if (event.target !== texts) return typeof event.path[0] === 'string' ? [event.path[0]] : []
    return [...event.changes.keys.keys()]
  }
}

function keysById(map: YMap<unknown>): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>()
  for (const key of map.keys()) {
    const name = parseSlotKey(key)
    if (name) addKey(index, name.id, key)
  }
  return index
}

function addKey(index: Map<string, Set<string>>, id: string, key: string): void {
  const keys = index.get(id)
  if (keys) keys.add(key)
  else index.set(id, new Set([key]))
}

function* stringsOf(keys: Iterable<unknown>): Generator<string> {
  for (const key of keys) if (typeof key === 'string') yield key
}
