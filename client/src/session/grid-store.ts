/**
 * The projection as signals: one record changes, only what shows it wakes up. Nothing is copied and nothing inside a record is
 * followed, since records are immutable: an edit replaces its record whole.
 */
import type { Changes, Projection } from '@tongge/crdt'
import type { RecordId } from '@tongge/model'
import { batch, createSignal, getListener, type Signal } from 'solid-js'
import type { GridStore } from './session.ts'

interface Records<T> {
  readonly byId: Readonly<Record<RecordId, T>>
  wake(ids: Iterable<RecordId>): void
}

export function createGridStore(projection: Projection): { readonly store: GridStore; readonly dispose: () => void } {
  const [snapshot, setSnapshot] = createSignal(projection.snapshot())
  const entries = createRecords(() => projection.snapshot().entries)
  const trash = createRecords(() => projection.snapshot().trash)
  const tickets = createRecords(() => projection.snapshot().tickets)

  const update = (changes: Changes): void =>
    batch(() => {
      setSnapshot(projection.snapshot())
      entries.wake(changes.entries)
      trash.wake(changes.entries)
      tickets.wake(changes.tickets)
    })

  return {
    store: { snapshot, entries: entries.byId, trash: trash.byId, tickets: tickets.byId },
    dispose: projection.onChange(update),
  }
}

/** Looks like a plain object; whoever reads a record by its id follows that record, whoever lists them follows them all. */
function createRecords<T>(read: () => ReadonlyMap<RecordId, T>): Records<T> {
  const signalById = new Map<RecordId, Signal<T | undefined>>()
  const [all, setAll] = createSignal(read())
  const get = (id: RecordId): T | undefined => {
    if (getListener()) {
      const signal = signalById.get(id) ?? createSignal(read().get(id))
      signalById.set(id, signal)
      signal[0]()
    }
    return read().get(id)
  }
  const byId = new Proxy<Record<RecordId, T>>(
    {},
    {
      get: (_, key) => (typeof key === 'string' ? get(key as RecordId) : undefined),
      has: (_, key) => typeof key === 'string' && get(key as RecordId) !== undefined,
      ownKeys: () => [...all().keys()],
      getOwnPropertyDescriptor: (_, key) => {
        const value = read().get(key as RecordId)
        return value === undefined ? undefined : { value, enumerable: true, configurable: true }
      },
    },
  )
  return {
    byId,
    wake: (ids) => {
      setAll(read)
      for (const id of ids) signalById.get(id)?.[1](() => read().get(id))
    },
  }
}
