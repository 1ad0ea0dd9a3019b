/**
 * y-indexeddb for public documents, behind the port: notices what the library hides, which is a database that does not open,
 * a write that fails, and when a write is on disk. Knows no schema.
 */
import { IndexeddbPersistence } from 'y-indexeddb'
import type { Doc } from 'yjs'
import type { FailureReason, Provider, ProviderStatus } from './provider.ts'
import { createStatusCell, pendingStatus, ProviderFailure } from './status.ts'
import type { SetTimer } from './timing.ts'

export interface IndexeddbOptions {
  /** The factory y-indexeddb itself uses: the global one. */
  readonly indexedDB: IDBFactory
  readonly setTimer: SetTimer
  /** Milliseconds `ready` may take; afterwards it rejects. */
  readonly patience?: number
}

export interface IndexeddbProvider extends Provider {
  /** Everything emitted so far is on disk; rejects with a ProviderFailure when that failed. */
  durable(): Promise<void>
}

const reasonByName: Readonly<Record<string, FailureReason>> = {
  QuotaExceededError: 'quota',
  SecurityError: 'denied',
  VersionError: 'unsupported',
  InvalidStateError: 'lost',
  AbortError: 'lost',
  UnknownError: 'lost',
}

export function createIndexeddbProvider(
  name: string,
  doc: Doc,
  { indexedDB, setTimer, patience = 10_000 }: IndexeddbOptions,
): IndexeddbProvider {
  const status = createStatusCell<ProviderStatus>({ state: 'starting' })
  let persistence: IndexeddbPersistence | undefined
  let failure: ProviderFailure | undefined
  let pending = 0
  let closed = false
  let last: Promise<void> = Promise.resolve()

  const refresh = (): void => {
    if (failure) status.set({ state: 'failed', reason: failure.reason, pending })
    else status.set(persistence?.synced ? pendingStatus(pending) : { state: 'starting' })
  }
  const fail = (error: unknown): ProviderFailure => {
    failure ??= toFailure(name, error)
    refresh()
    return failure
  }

  /** Runs after the library's own listener, whose write it follows in the same store, so its end is that write's end. */
  const onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin === persistence) return
    pending++
    refresh()
    last = barrier().then(
      () => {
        pending--
        refresh()
      },
      (error: unknown) => {
        throw fail(error)
      },
    )
    last.catch(() => undefined)
  }

  const barrier = async (): Promise<void> => {
    await ready
    const database = persistence?.db
    if (!database) throw new DOMException('no database', 'InvalidStateError')
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('updates', 'readwrite')
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new DOMException('aborted', 'AbortError')),
      )
      transaction.objectStore('updates').count()
    })
  }

  /* oxlint-disable no-underscore-dangle -- the library has no other handle on its listener and its database */
  /** The library throws into the edit when its database is gone; here that becomes a status. */
  const guardListener = (own: IndexeddbPersistence): void => {
    const store = own._storeUpdate
    doc.off('update', store)
    own._storeUpdate = (update: Uint8Array, origin: unknown): void => {
      try {
        store(update, origin)
      } catch (error) {
        fail(error)
      }
    }
    doc.on('update', own._storeUpdate)
  }

  const load = async (): Promise<void> => {
    await probe(indexedDB, name)
    if (closed) throw new ProviderFailure('unknown', `${name} was closed before it was loaded`)
    const own = new IndexeddbPersistence(name, doc)
    persistence = own
    guardListener(own)
    doc.on('update', onUpdate)
    const database = await own._db
    // A write the library does not wait for fails here and nowhere else.
    const watched: IDBDatabase = database
    watched.addEventListener('abort', (event) => fail((event.target as IDBTransaction).error))
    watched.addEventListener('close', () => fail(new DOMException('closed', 'InvalidStateError')))
    watched.addEventListener('versionchange', () =>
      fail(new DOMException('deleted or upgraded elsewhere', 'InvalidStateError')),
    )
    await own.whenSynced
  }

  const ready = new Promise<void>((resolve, reject) => {
    const cancel = setTimer(
      () => reject(fail(new ProviderFailure('lost', `${name} did not load in ${patience} ms`))),
      patience,
    )
    load().then(
      () => {
        cancel()
        resolve()
        refresh()
      },
      (error: unknown) => {
        cancel()
        reject(fail(error))
      },
    )
  })
  ready.catch(() => undefined)

  return {
    ready,
    status: status.get,
    onStatus: status.onChange,
    durable: () => (failure ? Promise.reject(failure) : last),
    close: async () => {
      if (closed) return
      closed = true
      await ready.catch(() => undefined)
      await last.catch(() => undefined)
      doc.off('update', onUpdate)
      await persistence?.destroy().catch(() => undefined)
    },
  }
}

/** The library waits for ever on a database that does not open. */
function probe(factory: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.open(`${name}.probe`)
    request.addEventListener('error', () => reject(request.error))
    request.addEventListener('success', () => {
      request.result.close()
      factory.deleteDatabase(`${name}.probe`)
      resolve()
    })
  })
}

function toFailure(name: string, error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error
  const kind = error instanceof Error || error instanceof DOMException ? error.name : ''
  return new ProviderFailure(reasonByName[kind] ?? 'unknown', `${name} is not kept on this device (${kind})`, error)
}
