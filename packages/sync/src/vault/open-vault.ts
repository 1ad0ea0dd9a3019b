/**
 * The vault: one store for all documents of one account on this device, shared by the tabs of a browser profile.
 * Knows bytes, subjects and Y.Docs; never what a document means.
 */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { FailureReason } from '../provider.ts'
import { ProviderFailure } from '../status.ts'
import { createDeferred, type SetTimer } from '../timing.ts'
import { plainCipher, type Cipher } from './cipher.ts'
import { compactDocument } from './compact.ts'
import { contextOf, decodeRow, decodeUnsent, type Entry, type Unsent } from './entry.ts'
import { createIndexeddbShelf } from './indexeddb-shelf.ts'
import { loadDocument, type LoadedDocument } from './load-document.ts'
import type { SealedRow, Shelf } from './shelf.ts'
import { createTabs, type TabChannel, type TabMessage } from './tabs.ts'
import { createVaultDocument, type VaultDocument, type VaultProvider } from './vault-document.ts'
import { createWriter, toReason, type WrittenRow } from './writer.ts'

export interface VaultOptions {
  /** One database per account and device. */
  readonly name: string
  readonly indexedDB?: IDBFactory
  /** Instead of IndexedDB. */
  readonly shelf?: Shelf
  readonly cipher?: Cipher
  /** With `channel`, makes one tab write for all; without either, this tab writes for itself. */
  readonly locks?: Pick<LockManager, 'request'>
  /** A channel of this store's own, such as `new BroadcastChannel('tongge/' + name)`. */
  readonly channel?: TabChannel
  readonly now: () => number
  /** Without it a failed write is tried again at the next edit only. */
  readonly setTimer?: SetTimer
  readonly storage?: Pick<StorageManager, 'estimate'>
  /** Unique ids, such as `crypto.randomUUID`. */
  readonly createId?: () => string
  /** Rows of a document before they are folded into a snapshot. */
  readonly compactAfter?: number
}

export interface VaultProblem {
  readonly document: string | undefined
  readonly reason: FailureReason
  /** For the log, in English. */
  readonly message: string
  /** Milliseconds since 1970, by the clock handed in. */
  readonly at: number
}

export interface VaultUsage {
  readonly bytes: number
  /** Bytes the browser allows this origin; undefined where it does not say. */
  readonly quota: number | undefined
  readonly rows: number
}

export interface Vault {
  /** One attachment per document at a time. */
  attach(document: string, doc: Doc, options?: { readonly awareness?: Awareness }): VaultProvider
  documents(): Promise<string[]>
  usage(): Promise<VaultUsage>
  /** What the relay has not committed, for a rescue export. */
  unsent(): Promise<Unsent[]>
  remove(document: string): Promise<void>
  get(key: string): Promise<unknown>
  /** Small JSON values. */
  set(key: string, value: unknown): Promise<void>
  /** Tries again what could not be written. */
  retry(): Promise<void>
  onProblem(listener: (problem: VaultProblem) => void): () => void
  /** Writes what is pending where that is possible. */
  close(): Promise<void>
}

const offerAgainAfter = 2_000
/** Unanswered offers before a tab writes for itself; the row sequence keeps that safe. */
const offersBeforeOwnWrite = 3

/** Rejects with a ProviderFailure when the store cannot be opened at all. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { name, cipher = plainCipher, locks, now, setTimer, compactAfter = 200, createId = () => crypto.randomUUID() } = options
  const shelf = options.shelf ?? createIndexeddbShelf(name, options.indexedDB ?? indexedDB)
  const tab = createId()
  const shared = locks !== undefined && options.channel !== undefined
  const tabs = createTabs(shared ? options.channel : undefined)
  const documents = new Map<string, VaultDocument & { readonly doc: Doc }>()
  const problemListeners = new Set<(problem: VaultProblem) => void>()
  const compacting = new Set<string>()
  let counter = 0
  let writing = !shared
  let unanswered = 0
  let cancelOffer: (() => void) | undefined
  let closed = false

  const report = (reason: FailureReason, message: string, document?: string): void => {
    for (const listener of [...problemListeners]) listener({ document, reason, message, at: now() })
  }

  const writer = createWriter({
    shelf,
    cipher,
    setTimer,
    onDurable: (ids, rows) => {
      for (const row of rows) followRow(row)
      confirm(ids)
      tabs.tell({ type: 'durable', ids })
      for (const { head } of rows) if (head.count >= compactAfter) compact(head.document)
    },
    onFailure: (reason) => {
      if (reason) {
        report(reason, `the disk refused a write (${reason})`)
        tabs.tell({ type: 'failed', reason })
      }
      for (const document of documents.values()) document.fail(reason)
    },
  })

  const followRow = ({ head, ids }: WrittenRow): void => {
    const document = documents.get(head.document)
    if (document?.through() === head.last - 1 && document.holds(ids)) document.advance(head.last)
  }

  const confirm = (ids: readonly string[]): void => {
    writer.confirm(ids)
    for (const document of documents.values()) document.confirm(ids)
  }

  const flush = async (): Promise<void> => {
    if (writing) return writer.flush()
    offerAll()
  }

  /** Hands the queue to the tab that writes, again and again until it answers. */
  const offerAll = (): void => {
    cancelOffer?.()
    cancelOffer = undefined
    if (closed || writing || writer.queue.size === 0) return
    if (unanswered >= offersBeforeOwnWrite) {
      unanswered = 0
      void writer.flush()
    } else tabs.tell({ type: 'entries', from: tab, entries: [...writer.queue.values()] })
    cancelOffer = setTimer?.(() => {
      unanswered++
      offerAll()
    }, offerAgainAfter)
  }

  const offer = (entries: readonly Entry[]): void => {
    writer.enqueue(entries)
    if (writing) {
      const local = entries.filter((entry) => entry.local)
      if (local.length > 0) tabs.tell({ type: 'entries', from: tab, entries: local })
      void writer.flush()
      return
    }
    tabs.tell({ type: 'entries', from: tab, entries })
    if (!cancelOffer) cancelOffer = setTimer?.(offerAll, offerAgainAfter)
  }

  const hear = (message: TabMessage): void => {
    switch (message.type) {
      case 'entries':
        // Whoever saw another's edit keeps it until it is on disk: its author may not live that long.
        for (const entry of message.entries) {
          if (!writing && !entry.local) continue
          writer.enqueue([entry])
          documents.get(entry.document)?.receive([entry])
        }
        if (writing) void writer.flush()
        return
      case 'durable':
        unanswered = 0
        return confirm(message.ids)
      case 'failed':
        if (!writing) for (const document of documents.values()) document.fail(message.reason)
        return
      case 'writer':
        return offerAll()
      case 'acknowledged':
        documents.get(message.document)?.forget(message.ids)
        if (message.ids.some((id) => writer.queue.has(id))) writer.acknowledge(message.document, message.ids)
        return
      case 'ask': {
        const document = documents.get(message.document)
        if (!document) return
        document.greet()
        return tabs.tell({ type: 'answer', to: message.from, document: message.document, ...document.answer(message.vector) })
      }
      case 'answer':
        if (message.to === tab) documents.get(message.document)?.hear(message.update, message.waiting)
        return
      case 'awareness':
        return documents.get(message.document)?.hearAwareness(message.update)
    }
  }

  /** Rows another tab wrote are read before this tab's document may stand for all of them. */
  const catchUp = async (document: string): Promise<void> => {
    const attached = documents.get(document)
    const through = attached?.through()
    if (!attached || through === undefined) return
    const rows = await shelf.rowsAfter(document, through)
    for (const row of rows) {
      try {
        attached.apply(decodeRow(await cipher.open(row.bytes, contextOf.row(document, row.sequence))))
      } catch {
        await quarantine(document, [row], [])
      }
    }
    attached.advance(Math.max(through, rows.at(-1)?.sequence ?? 0))
  }

  const compact = (document: string): void => {
    if (compacting.has(document) || !writing) return
    compacting.add(document)
    const run = async (): Promise<void> => {
      try {
        await catchUp(document)
        const attached = documents.get(document)
        const { last } = await writer.head(document)
        if (!attached || closed || attached.through() !== last) return
        if (!(await compactDocument({ shelf, cipher, writer }, document, attached.doc))) report('corrupt', 'a snapshot did not read back; the rows are kept', document)
      } catch (error) {
        report(toReason(error), `compaction of ${document} failed: ${String(error)}`, document)
      } finally {
        compacting.delete(document)
      }
    }
    if (setTimer) setTimer(() => void run(), 0)
    else void run()
  }

  const quarantine = async (document: string, rows: readonly SealedRow[], snapshots: readonly SealedRow[]): Promise<void> => {
    report('corrupt', `${rows.length + snapshots.length} stored pieces of ${document} did not open and were set aside`, document)
    await writer.setAside(document, rows, snapshots).catch(() => undefined)
  }

  const load = async (document: string, doc: Doc, origin: object, quietly: Parameters<typeof loadDocument>[4]): Promise<LoadedDocument> => {
    try {
      const loaded = await loadDocument({ shelf, cipher }, document, doc, origin, quietly)
      if (loaded.missing > 0) report('corrupt', `${loaded.missing} stored pieces of ${document} are gone`, document)
      if (loaded.damagedRows.length + loaded.damagedSnapshots.length > 0) void quarantine(document, loaded.damagedRows, loaded.damagedSnapshots)
      if (loaded.rowCount >= compactAfter) compact(document)
      return loaded
    } catch (error) {
      report(toReason(error), `${document} could not be read: ${String(error)}`, document)
      throw new ProviderFailure(toReason(error), `${document} could not be read from this device`, error)
    }
  }

  const attach: Vault['attach'] = (document, doc, { awareness } = {}) => {
    if (documents.has(document)) throw new Error(`${document} is attached already`)
    const attached = createVaultDocument({
      name: document,
      doc,
      awareness,
      nextId: () => `${tab}-${++counter}`,
      load: (origin, quietly) => load(document, doc, origin, quietly),
      offer,
      flush,
      failure: writer.failure,
      acknowledge: (ids) => {
        tabs.tell({ type: 'acknowledged', document, ids })
        writer.acknowledge(document, ids)
      },
      ask: (vector) => tabs.tell({ type: 'ask', from: tab, document, vector }),
      shareAwareness: (update) => tabs.tell({ type: 'awareness', document, update }),
      onClosed: () => documents.delete(document),
    })
    documents.set(document, { ...attached, doc })
    return attached.provider
  }

  tabs.onMessage(hear)
  shelf.onGone(() => {
    writer.reset()
    if (closed) return
    report('lost', 'the store was taken away; what this tab holds is written anew')
    for (const document of documents.values()) document.restore()
  })

  const { promise: held, resolve: release } = createDeferred<void>()
  const giveUp = new AbortController()
  if (shared) {
    const request = locks.request(`tongge/vault/${name}`, { signal: giveUp.signal }, async () => {
      if (closed) return
      writing = true
      cancelOffer?.()
      // The tab that wrote before may have written after this tab last looked.
      writer.reset()
      tabs.tell({ type: 'writer' })
      void writer.flush()
      await held
    })
    request.catch((error: unknown) => {
      if (closed) return
      writing = true
      report('unknown', `no lock to be had, this tab writes for itself: ${String(error)}`)
      void writer.flush()
    })
  }

  try {
    // Opens the database, so that a store that cannot be used is known at once.
    await shelf.setting('opened')
  } catch (error) {
    closed = true
    giveUp.abort()
    release()
    tabs.close()
    throw new ProviderFailure(toReason(error), `the store ${name} cannot be opened`, error)
  }

  return {
    attach,
    documents: async () => (await shelf.heads()).map((head) => head.document),
    usage: async () => {
      const heads = await shelf.heads()
      const estimate = await options.storage?.estimate().catch(() => undefined)
      const sum = (of: 'bytes' | 'count'): number => heads.reduce((total, head) => total + head[of], 0)
      return { bytes: estimate?.usage ?? sum('bytes'), quota: estimate?.quota, rows: sum('count') }
    },
    unsent: async () => {
      const entries = await shelf.outbox()
      const edits = await Promise.all(
        entries.map(async ({ document, id, bytes }) => {
          try {
            return [decodeUnsent(document, await cipher.open(bytes, contextOf.unsent(document, id)))]
          } catch {
            report('corrupt', `an unsent edit of ${document} did not open`, document)
            return []
          }
        }),
      )
      // What could not be written is the most urgent to rescue.
      const queued = [...writer.queue.values()].filter((entry) => entry.local).map(({ document, subjects, update }) => ({ document, subjects, update }))
      return [...edits.flat(), ...queued]
    },
    remove: async (document) => {
      await documents.get(document)?.provider.close()
      await writer.write({ removeDocuments: [document] }, 'strict')
    },
    get: (key) => shelf.setting(key),
    set: (key, value) => writer.write({ settings: [[key, value]] }, 'strict'),
    retry: () => flush(),
    onProblem: (listener) => {
      problemListeners.add(listener)
      return () => {
        problemListeners.delete(listener)
      }
    },
    close: async () => {
      if (closed) return
      await Promise.all([...documents.values()].map((document) => document.provider.close()))
      closed = true
      cancelOffer?.()
      release()
      giveUp.abort()
      tabs.close()
      shelf.close()
    },
  }
}

