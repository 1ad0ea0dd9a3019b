/**
 * The vault: one store for all documents of one account on this device, shared by the tabs of a browser profile.
 * Knows bytes, subjects and Y.Docs; never what a document means.
 */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { FailureReason } from '../provider.ts'
import { ProviderFailure } from '../status.ts'
import type { SetTimer } from '../timing.ts'
import { plainCipher, type Cipher } from './cipher.ts'
import { contextOf, decodeUnsent, type Unsent } from './entry.ts'
import { createIndexeddbShelf } from './indexeddb-shelf.ts'
import { createSharedWriting } from './shared-writing.ts'
import type { Shelf } from './shelf.ts'
import { slotSeedKey } from './slot.ts'
import { createTabs, type TabChannel } from './tabs.ts'
import { createUpkeep, type Attachments, type Report } from './upkeep.ts'
import { createVaultDocument } from './vault-document.ts'
import type { VaultProvider } from './vault-provider.ts'
import { createWriter, toReason } from './writer.ts'

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
  /** Says what is stored of all documents: the same text as long as nobody wrote another row. */
  version(): Promise<string>
  usage(): Promise<VaultUsage>
  /** What the relay has not committed, for a rescue export. */
  unsent(): Promise<Unsent[]>
  remove(document: string): Promise<void>
  get(key: string): Promise<unknown>
  /** Small JSON values. */
  set(key: string, value: unknown): Promise<void>
  /** Keeps what can be made anew at any time, or may be lost, sealed like a document. Undefined forgets it. */
  keep(key: string, bytes: Uint8Array | undefined): Promise<void>
  /** Undefined when nothing was kept, or it does not open. */
  recall(key: string): Promise<Uint8Array | undefined>
  /** Tries again what could not be written. */
  retry(): Promise<void>
  onProblem(listener: (problem: VaultProblem) => void): () => void
  /** Writes what is pending where that is possible. */
  close(): Promise<void>
}

/** Rejects with a ProviderFailure when the store cannot be opened at all. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const {
    name,
    cipher = plainCipher,
    locks,
    channel,
    now,
    setTimer,
    compactAfter = 200,
    createId = () => crypto.randomUUID(),
  } = options
  const shelf = options.shelf ?? createIndexeddbShelf(name, options.indexedDB ?? indexedDB)
  const tab = createId()
  const isShared = locks !== undefined && channel !== undefined
  const tabs = createTabs(isShared ? channel : undefined)
  const attachments: Attachments = new Map()
  const problemListeners = new Set<(problem: VaultProblem) => void>()
  let counter = 0
  let closed = false

  /** What was written in this store's slots is not all here any more: a slot used again would overwrite it unseen. */
  let isSeedLost = false
  let seedWritten: Promise<void> = Promise.resolve()
  const report: Report = (reason, message, document) => {
    for (const listener of problemListeners) listener({ document, reason, message, at: now() })
  }
  const writer = createWriter({
    shelf,
    cipher,
    setTimer,
    isSlotSeedLost: async () => {
      await seedWritten.catch(() => undefined)
      return isSeedLost
    },
    onDurable: (ids, rows) => {
      for (const { head, ids: own } of rows) {
        const attached = attachments.get(head.document)
        if (attached?.through() === head.last - 1 && attached.holds(own)) attached.advance(head.last)
      }
      shared.confirm(ids)
      for (const { head } of rows) if (head.count >= compactAfter) upkeep.compact(head.document)
    },
    onFailure: (reason) => {
      if (reason) report(reason, `the disk refused a write (${reason})`)
      shared.fail(reason)
    },
  })

  try {
    // Opens the database, so that a store that cannot be used is known at once.
    await shelf.setting('opened')
  } catch (error) {
    shelf.close()
    tabs.close()
    throw new ProviderFailure(toReason(error), `the store ${name} cannot be opened`, error)
  }

  const shared = createSharedWriting({
    tab,
    lockName: `tongge/vault/${name}`,
    writer,
    tabs,
    locks: isShared ? locks : undefined,
    attachments,
    setTimer,
    report,
  })
  const upkeep = createUpkeep({
    shelf,
    cipher,
    writer,
    attachments,
    report,
    onLoss: () => {
      isSeedLost = true
    },
    setTimer,
    compactAfter,
    isWriting: () => shared.isWriting() && !closed,
  })

  shelf.onGone(() => {
    writer.reset()
    if (closed) return
    report('lost', 'the store was taken away; what this tab holds is written anew')
    for (const document of attachments.values()) document.restore()
  })

  const attach: Vault['attach'] = (document, doc, { awareness } = {}) => {
    if (attachments.has(document)) throw new Error(`${document} is attached already`)
    const attached = createVaultDocument({
      name: document,
      doc,
      awareness,
      nextId: () => `${tab}-${++counter}`,
      load: (origin, quietly) => upkeep.load(document, doc, origin, quietly),
      offer: shared.offer,
      flush: shared.flush,
      flushHere: writer.flush,
      failure: shared.failure,
      acknowledge: (ids) => {
        tabs.tell({ type: 'acknowledged', document, ids })
        writer.acknowledge(document, ids)
      },
      ask: (vector) => tabs.tell({ type: 'ask', from: tab, document, vector }),
      shareAwareness: (update) => tabs.tell({ type: 'awareness', document, update }),
      onClosed: () => attachments.delete(document),
    })
    attachments.set(document, { ...attached, doc })
    return attached.provider
  }

  return {
    attach,
    version: async () =>
      (await shelf.heads())
        .map(({ document, last }) => `${document} ${last}`)
        .sort()
        .join('\n'),
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
      const queued = [...writer.queue.values()]
        .filter((entry) => entry.local)
        .map(({ document, subjects, update }) => ({ document, subjects, update }))
      return [...edits.flat(), ...queued]
    },
    remove: async (document) => {
      await attachments.get(document)?.provider.close()
      await writer.write({ removeDocuments: [document] }, 'strict')
    },
    get: async (key) => (key === slotSeedKey && isSeedLost ? undefined : shelf.setting(key)),
    set: (key, value) => {
      const written = shelf.write({ settings: [[key, value]] }, 'strict')
      if (key !== slotSeedKey) return written
      seedWritten = written.then(() => {
        isSeedLost = false
      })
      return seedWritten
    },
    keep: async (key, bytes) => {
      const sealed = bytes && (await cipher.seal(bytes, contextOf.kept(key)))
      await writer.write({ settings: [[keptKey(key), sealed]] }, 'relaxed')
    },
    recall: async (key) => {
      try {
        const sealed = await shelf.setting(keptKey(key))
        return sealed instanceof Uint8Array ? await cipher.open(sealed, contextOf.kept(key)) : undefined
      } catch {
        return undefined
      }
    },
    retry: shared.flush,
    onProblem: (listener) => {
      problemListeners.add(listener)
      return () => {
        problemListeners.delete(listener)
      }
    },
    close: async () => {
      if (closed) return
      await Promise.all([...attachments.values()].map((document) => document.provider.close()))
      closed = true
      shared.close()
      tabs.close()
      shelf.close()
    },
  }
}

function keptKey(key: string): string {
  return `kept/${key}`
}
