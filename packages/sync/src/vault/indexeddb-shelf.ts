/** The shelf on IndexedDB: one database for all documents of one account on this device. Knows bytes and keys, no Yjs. */
import { unwrap, wrap, type IDBPDatabase } from 'idb'
import {
  isSameHead,
  ShelfFailure,
  type Changes,
  type Head,
  type SealedEntry,
  type SealedRow,
  type Shelf,
  type ShelfFailureReason,
} from './shelf.ts'

const version = 1
const pairStores = ['rows', 'snapshots', 'outbox', 'quarantine'] as const
const stores = [...pairStores, 'heads', 'settings'] as const

/** Tries per call before a lost connection is reported; each opens the database anew. */
const tries = 3

export function createIndexeddbShelf(name: string, factory: IDBFactory): Shelf {
  const gone = new Set<() => void>()
  let opening: Promise<IDBPDatabase> | undefined
  let closed = false

  const open = async (): Promise<IDBPDatabase> => {
    if (closed) throw new ShelfFailure('lost')
    opening ??= openDatabase(name, factory, () => {
      opening = undefined
      for (const listener of gone) listener()
    })
    const attempt = opening
    try {
      return await attempt
    } catch (error) {
      if (opening === attempt) opening = undefined
      throw error
    }
  }

  const forget = (): void => {
    const old = opening
    opening = undefined
    void old?.then((database) => database.close()).catch(() => undefined)
  }

  const attempt = async <T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> => {
    for (let left = tries; ; left--) {
      try {
        return await work(await open())
      } catch (error) {
        const failure = toFailure(error)
        if (failure.reason !== 'lost' || left <= 1 || closed) throw failure
        // A dead handle stays dead: every further call on it fails too.
        forget()
      }
    }
  }

  return {
    read: (document) =>
      attempt(async (database) => {
        const transaction = database.transaction(['heads', 'snapshots', 'rows', 'outbox'])
        const [head, snapshots, rows, outbox] = await Promise.all([
          transaction.objectStore('heads').get(document),
          transaction.objectStore('snapshots').getAll(range(document)),
          transaction.objectStore('rows').getAll(range(document)),
          transaction.objectStore('outbox').getAll(range(document)),
        ])
        return { head, snapshots, rows, outbox }
      }),
    rowsAfter: (document, after) =>
      attempt((database) => database.getAll('rows', range(document, after + 1)) as Promise<SealedRow[]>),
    snapshotAt: (document, sequence) =>
      attempt((database) => database.get('snapshots', [document, sequence]) as Promise<SealedRow | undefined>),
    heads: () => attempt((database) => database.getAll('heads') as Promise<Head[]>),
    head: (document) => attempt((database) => database.get('heads', document) as Promise<Head | undefined>),
    outbox: () => attempt((database) => database.getAll('outbox') as Promise<SealedEntry[]>),
    settingKeys: (prefix) =>
      attempt(async (database) =>
        (await database.getAllKeys('settings', IDBKeyRange.bound(prefix, `${prefix}\uffff`))).map(String),
      ),
    setting: (key) => attempt((database) => database.get('settings', key) as Promise<unknown>),
    write: (changes, durability) => attempt((database) => write(unwrap(database), changes, durability)),
    onGone: (listener) => {
      gone.add(listener)
      return () => {
        gone.delete(listener)
      }
    },
    close: () => {
      closed = true
      forget()
    },
  }
}

async function openDatabase(name: string, factory: IDBFactory, onGone: () => void): Promise<IDBPDatabase> {
  const request = factory.open(name, version)
  request.addEventListener('upgradeneeded', () => {
    for (const store of stores)
      if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store)
  })
  const database = wrap(await opened(request))
  // Another tab deletes or upgrades the database: holding on would block it for ever.
  database.addEventListener('versionchange', () => {
    database.close()
    onGone()
  })
  database.addEventListener('close', onGone)
  return database
}

function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new DOMException('open failed', 'UnknownError')))
  })
}

/** Plain requests instead of promises: one transaction must not wait for a microtask between thousands of puts. */
function write(database: IDBDatabase, changes: Changes, durability: 'strict' | 'relaxed'): Promise<void> {
  const transaction = database.transaction([...stores], 'readwrite', { durability })
  let isTaken = false
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () =>
      reject(
        isTaken
          ? new ShelfFailure('taken')
          : (transaction.error ?? new DOMException('transaction aborted', 'AbortError')),
      ),
    )
  })
  try {
    let unread = changes.expect?.length ?? 0
    for (const expected of changes.expect ?? []) {
      const request: IDBRequest<Head | undefined> = transaction.objectStore('heads').get(expected.document)
      request.addEventListener('success', () => {
        if (isTaken) return
        isTaken = !isSameHead(request.result, expected)
        if (isTaken) transaction.abort()
        else if (--unread === 0) transaction.commit()
      })
    }
    putAll(transaction, changes)
    removeAll(transaction, changes)
    // Left to itself it would end only once the page has heard of each request: one that has gone never does.
    if (unread === 0) transaction.commit()
  } catch (error) {
    void done.catch(() => undefined)
    transaction.abort()
    return Promise.reject(error)
  }
  return done
}

function putAll(transaction: IDBTransaction, changes: Changes): void {
  const store = (name: (typeof stores)[number]): IDBObjectStore => transaction.objectStore(name)
  for (const row of changes.rows ?? []) store('rows').add(row, [row.document, row.sequence])
  for (const head of changes.heads ?? []) store('heads').put(head, head.document)
  for (const row of changes.snapshots ?? []) store('snapshots').put(row, [row.document, row.sequence])
  for (const entry of changes.outbox ?? []) store('outbox').put(entry, [entry.document, entry.id])
  for (const row of changes.quarantine ?? []) store('quarantine').put(row, [row.document, row.sequence])
  for (const [key, value] of changes.settings ?? []) if (value !== undefined) store('settings').put(value, key)
}

function removeAll(transaction: IDBTransaction, changes: Changes): void {
  const store = (name: (typeof stores)[number]): IDBObjectStore => transaction.objectStore(name)
  for (const { document, from, to } of changes.removeRows ?? []) store('rows').delete(range(document, from, to))
  for (const { document, from, to } of changes.removeSnapshots ?? [])
    store('snapshots').delete(range(document, from, to))
  for (const [key, value] of changes.settings ?? []) if (value === undefined) store('settings').delete(key)
  for (const { document, id } of changes.removeOutbox ?? []) store('outbox').delete([document, id])
  for (const document of changes.removeDocuments ?? []) {
    for (const name of pairStores) store(name).delete(range(document))
    store('heads').delete(document)
  }
}

/** Keys are [document, sequence or id]; an array sorts after every number and every string. */
function range(
  document: string,
  from: number | string = -Infinity,
  to: number | string | readonly never[] = [],
): IDBKeyRange {
  return IDBKeyRange.bound([document, from], [document, to])
}

const reasonByName: Readonly<Record<string, ShelfFailureReason>> = {
  QuotaExceededError: 'quota',
  ConstraintError: 'taken',
  VersionError: 'unsupported',
  SecurityError: 'denied',
  InvalidStateError: 'lost',
  AbortError: 'lost',
  UnknownError: 'lost',
  TransactionInactiveError: 'lost',
  NotFoundError: 'lost',
}

function toFailure(error: unknown): ShelfFailure {
  if (error instanceof ShelfFailure) return error
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  return new ShelfFailure(reasonByName[name] ?? 'unknown', error)
}
