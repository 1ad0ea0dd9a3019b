/** One document of the vault: a Provider whose other place is this device's disk. */
import { applyAwarenessUpdate, encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness'
import { applyUpdate, encodeStateAsUpdate, encodeStateVector, getState, type Doc, type Transaction } from 'yjs'
import type { FailureReason, ProviderStatus } from '../provider.ts'
import { createStatusCell, pendingStatus, ProviderFailure } from '../status.ts'
import { createDeferred } from '../timing.ts'
import type { Entry, Unsent } from './entry.ts'
import type { LoadedDocument, Quietly } from './load-document.ts'
import type { WaitingEntry } from './tabs.ts'
import type { VaultProvider } from './vault-provider.ts'

export interface VaultDocumentHost {
  readonly name: string
  readonly doc: Doc
  readonly awareness: Awareness | undefined
  nextId(): string
  /** Applies what is on disk inside `quietly`. */
  load(origin: object, quietly: Quietly): Promise<LoadedDocument>
  /** Takes entries over: stores them and tells the other tabs. */
  offer(entries: readonly Entry[]): void
  flush(): Promise<void>
  /** Writes by itself, whoever writes for the others. */
  flushHere(): Promise<void>
  /** The store's standing failure. */
  failure(): FailureReason | undefined
  acknowledge(ids: readonly string[]): void
  ask(vector: Uint8Array): void
  shareAwareness(update: Uint8Array): void
  onClosed(): void
}

export interface VaultDocument {
  readonly provider: VaultProvider
  /** This tab's own presence, for a tab that just came. */
  greet(): void
  /** Undefined until loaded; every row up to here is in the document. */
  through(): number | undefined
  advance(through: number): void
  /** Whether these entries are in the document, or came from it. */
  holds(ids: readonly string[]): boolean
  confirm(ids: readonly string[]): void
  fail(reason: FailureReason | undefined): void
  /** Edits of another tab, or rows another tab wrote. */
  receive(entries: readonly Entry[]): void
  apply(updates: readonly Uint8Array[]): void
  answer(vector: Uint8Array): { readonly update: Uint8Array; readonly waiting: readonly WaitingEntry[] }
  hear(update: Uint8Array, waiting: readonly WaitingEntry[]): void
  hearAwareness(update: Uint8Array): void
  /** Drops what another tab's link saw acknowledged. */
  forget(ids: readonly string[]): void
  /** The store vanished: hands everything over once more. */
  restore(): void
}

interface Pending {
  readonly mark: number
  readonly edit: Unsent
}

interface Waiter {
  readonly ids: Set<string>
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export function createVaultDocument(host: VaultDocumentHost): VaultDocument {
  const { doc, name } = host
  const origin = { vault: name }
  const status = createStatusCell<ProviderStatus>({ state: 'starting' })
  const unconfirmed = new Map<string, Entry>()
  const pending = new Map<string, Pending>()
  const held = new Set<string>()
  const waiters = new Set<Waiter>()
  const waitingListeners = new Set<(subjects: ReadonlySet<string>) => void>()
  let early: (() => void)[] | undefined = []
  let waiting: ReadonlySet<string> | undefined
  let through: number | undefined
  let damaged = 0
  let closing: Promise<void> | undefined
  let loadFailure: FailureReason | undefined
  // Counts transactions before any update listener runs, so a mark means the same to all of them.
  let clock = 0

  /** What others wrote can be fetched again: only this person's own edits count as not saved. */
  const unsaved = (): number => {
    let count = 0
    for (const { local } of unconfirmed.values()) if (local) count++
    return count
  }
  const refresh = (): void => {
    const reason = loadFailure ?? host.failure()
    if (reason) status.set({ state: 'failed', reason, pending: unsaved() })
    else if (early) status.set({ state: 'starting' })
    else status.set(pendingStatus(unsaved()))
  }
  const changeWaiting = (): void => {
    waiting = undefined
    for (const listener of Array.from(waitingListeners)) listener(subjectsOf())
  }
  const subjectsOf = (): ReadonlySet<string> =>
    (waiting ??= new Set([...pending.values()].flatMap(({ edit }) => edit.subjects)))

  const emit = (update: Uint8Array, local: boolean, subjects: readonly string[]): void => {
    const entry: Entry = { id: host.nextId(), document: name, update, local, subjects }
    unconfirmed.set(entry.id, entry)
    held.add(entry.id)
    if (local) pending.set(entry.id, { mark: clock, edit: entry })
    host.offer([entry])
    refresh()
    if (local) changeWaiting()
  }
  const onTransaction = (): void => {
    clock++
  }
  const onUpdate = (update: Uint8Array, from: unknown, _doc: Doc, transaction: Transaction): void => {
    if (from === origin) return
    const { local, subjects } = parseOrigin(from)
    emit(update, local || transaction.local, subjects)
  }
  const onAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    from: unknown,
  ): void => {
    if (!host.awareness || from !== 'local') return
    host.shareAwareness(encodeAwarenessUpdate(host.awareness, [...added, ...updated, ...removed]))
  }
  /** While loading, whatever comes from other tabs is kept until the rows are in. */
  const afterLoad = (work: () => void): void => {
    if (early) early.push(work)
    else work()
  }
  const addWaiting = (entries: readonly WaitingEntry[]): void => {
    const fresh = entries.filter(({ id }) => !pending.has(id))
    for (const { id, subjects } of fresh)
      pending.set(id, { mark: clock, edit: { document: name, subjects, update: new Uint8Array() } })
    if (fresh.length > 0) changeWaiting()
  }

  /** A listener would make Yjs encode the whole document once more while it loads. */
  const quietly: Quietly = (work) => {
    const own = getState(doc.store, doc.clientID)
    doc.off('update', onUpdate)
    const result = work()
    doc.on('update', onUpdate)
    // An observer wrote while the rows came in: rare, and not to be lost.
    if (getState(doc.store, doc.clientID) > own) emit(encodeStateAsUpdate(doc), true, [])
    return result
  }

  const abandon = (failure: ProviderFailure): void => {
    for (const waiter of waiters) waiter.reject(failure)
    waiters.clear()
  }

  const load = async (): Promise<void> => {
    if (doc.store.clients.size > 0) emit(encodeStateAsUpdate(doc), false, [])
    try {
      const loaded = await host.load(origin, quietly)
      through = loaded.through
      damaged = loaded.damagedRows.length + loaded.damagedSnapshots.length + loaded.missing
      for (const [id, edit] of loaded.unsent) if (!pending.has(id)) pending.set(id, { mark: clock, edit })
    } catch (error) {
      loadFailure = error instanceof ProviderFailure ? error.reason : 'unknown'
      throw error
    } finally {
      const held = early ?? []
      early = undefined
      for (const work of held) work()
      refresh()
      changeWaiting()
    }
    host.ask(encodeStateVector(doc))
  }

  doc.on('afterTransaction', onTransaction)
  doc.on('update', onUpdate)
  host.awareness?.on('update', onAwareness)
  const ready = load()
  ready.catch(() => undefined)

  const provider: VaultProvider = {
    ready,
    status: status.get,
    onStatus: status.onChange,
    close: () => {
      closing ??= (async () => {
        await ready.catch(() => undefined)
        // Not left to another tab: whoever closes may be the last to know of these edits.
        await host.flushHere()
        abandon(new ProviderFailure('unknown', `${name} was closed before it was saved`))
        doc.off('afterTransaction', onTransaction)
        doc.off('update', onUpdate)
        host.awareness?.off('update', onAwareness)
        host.onClosed()
      })()
      return closing
    },
    durable: () => {
      if (unconfirmed.size === 0) return Promise.resolve()
      const { promise, resolve, reject } = createDeferred<void>()
      waiters.add({ ids: new Set(unconfirmed.keys()), resolve, reject })
      void host.flush()
      return promise
    },
    waiting: subjectsOf,
    onWaiting: (listener) => {
      const own = (subjects: ReadonlySet<string>): void => listener(subjects)
      waitingListeners.add(own)
      return () => {
        waitingListeners.delete(own)
      }
    },
    unsent: () => pending.size,
    markSent: () => clock,
    acknowledged: (mark) => {
      const ids = [...pending].filter(([, entry]) => entry.mark <= mark).map(([id]) => id)
      if (ids.length === 0) return
      for (const id of ids) pending.delete(id)
      host.acknowledge(ids)
      changeWaiting()
    },
    damaged: () => damaged,
  }

  return {
    provider,
    greet: () => {
      if (host.awareness?.getLocalState()) host.shareAwareness(encodeAwarenessUpdate(host.awareness, [doc.clientID]))
    },
    through: () => through,
    advance: (next) => {
      through = next
    },
    holds: (ids) => ids.every((id) => held.has(id)),
    confirm: (ids) => {
      for (const id of ids) {
        unconfirmed.delete(id)
        held.delete(id)
      }
      for (const waiter of waiters) {
        for (const id of ids) waiter.ids.delete(id)
        if (waiter.ids.size > 0) continue
        waiters.delete(waiter)
        waiter.resolve()
      }
      refresh()
    },
    fail: (reason) => {
      if (reason) abandon(new ProviderFailure(reason, `${name} could not be saved on this device (${reason})`))
      refresh()
    },
    receive: (entries) => {
      for (const entry of entries) unconfirmed.set(entry.id, entry)
      afterLoad(() => {
        for (const { update } of entries) applyUpdate(doc, update, origin)
        for (const { id } of entries) if (unconfirmed.has(id)) held.add(id)
        addWaiting(entries.filter((entry) => entry.local))
      })
      refresh()
    },
    apply: (updates) =>
      afterLoad(() => {
        for (const update of updates) applyUpdate(doc, update, origin)
      }),
    answer: (vector) => ({
      update: encodeStateAsUpdate(doc, vector),
      waiting: [...pending].map(([id, { edit }]) => ({ id, subjects: edit.subjects })),
    }),
    hear: (update, entries) =>
      afterLoad(() => {
        applyUpdate(doc, update, origin)
        addWaiting(entries)
      }),
    hearAwareness: (update) => {
      if (host.awareness) applyAwarenessUpdate(host.awareness, update, origin)
    },
    forget: (ids) => {
      const known = ids.filter((id) => pending.delete(id))
      if (known.length > 0) changeWaiting()
    },
    restore: () => {
      for (const [id, { edit }] of pending) if (edit.update.length > 0) host.offer([{ id, ...edit, local: true }])
      emit(encodeStateAsUpdate(doc), false, [])
    },
  }
}

function parseOrigin(origin: unknown): { local: boolean; subjects: readonly string[] } {
  if (typeof origin !== 'object' || origin === null) return { local: false, subjects: [] }
  const subjects: unknown = Reflect.get(origin, 'subjects')
  return {
    local: Reflect.get(origin, 'local') === true,
    subjects: Array.isArray(subjects) ? subjects.filter((subject) => typeof subject === 'string') : [],
  }
}
