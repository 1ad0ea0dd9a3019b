/**
 * The projection as signals: one record changes, only what shows it wakes up. Nothing is copied and nothing inside a record is
 * followed, since records are immutable: an edit replaces its record whole.
 */
import type { Changes, Projection } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import type { SetTimer } from '@tongge/sync'
import { batch, createSignal, getListener, type Signal } from 'solid-js'
import type { GridStore } from './session.ts'

export interface OpenGridStore {
  readonly store: GridStore
  /** Resolves once everything told so far is shown. */
  settled(): Promise<Snapshot>
  dispose(): void
}

interface Records<T> {
  readonly byId: Readonly<Record<RecordId, T>>
  wake(ids: Iterable<RecordId>): void
}

/** Records read without letting a tap in between: a few milliseconds on a slow phone. */
const inOneGo = 200
/** Milliseconds between two times that others' changes are shown: lists and rates are made anew each time. */
const rest = 500

export function createGridStore(projection: Projection, setTimer: SetTimer): OpenGridStore {
  let shown = projection.snapshot()
  let news: { readonly entries: Set<RecordId>; readonly tickets: Set<RecordId> } = none()
  let cancel: (() => void) | undefined
  let endRest: (() => void) | undefined
  let waiting: ((shown: Snapshot) => void)[] = []
  const [snapshot, setSnapshot] = createSignal(shown)
  const entries = createRecords(() => shown.entries)
  const trash = createRecords(() => shown.trash)
  const tickets = createRecords(() => shown.tickets)

  const show = (): void => {
    cancel?.()
    cancel = undefined
    endRest?.()
    endRest = setTimer(() => {
      endRest = undefined
      if (isRead()) show()
    }, rest)
    const { entries: changedEntries, tickets: changedTickets } = news
    news = none()
    batch(() => {
      shown = setSnapshot(projection.snapshot())
      entries.wake(changedEntries)
      trash.wake(changedEntries)
      tickets.wake(changedTickets)
    })
    // Whoever waited has work of their own to do.
    if (waiting.length > 0) setTimer(() => waiting.splice(0).forEach((tell) => tell(shown)), 0)
  }
  const hasNews = (): boolean => news.entries.size + news.tickets.size > 0
  /** All is read and waits only for the rest to be over. */
  const isRead = (): boolean => hasNews() && !cancel
  /** A piece, or the showing: each in a moment of its own, and none in the transaction that brought it. */
  const readOn = (): void => {
    cancel = undefined
    if (projection.readSome(0)) {
      if (!endRest) show()
      return
    }
    projection.readSome(inOneGo)
    cancel = setTimer(readOn, 0)
  }
  const update = (changes: Changes): void => {
    for (const id of changes.entries) news.entries.add(id)
    for (const id of changes.tickets) news.tickets.add(id)
    if (changes.local) show()
    else cancel ??= setTimer(readOn, 0)
  }

  const stop = projection.onChange(update)
  return {
    store: { snapshot, entries: entries.byId, trash: trash.byId, tickets: tickets.byId },
    settled: () => (hasNews() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(shown)),
    dispose: () => {
      stop()
      cancel?.()
      endRest?.()
    },
  }
}

function none(): { readonly entries: Set<RecordId>; readonly tickets: Set<RecordId> } {
  return { entries: new Set(), tickets: new Set() }
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
