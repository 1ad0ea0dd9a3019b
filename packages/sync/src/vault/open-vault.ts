/**
 * The vault: one store for all documents of one account on this device, shared by the tabs of a browser profile.
 * Knows bytes, subjects and Y.Docs; never what a document means.
 */
import { ProviderFailure } from '../status.ts'
import type { SetTimer } from '../timing.ts'
import { plainCipher, type Cipher } from './cipher.ts'
import { copiesKey, copyName, parseCopies, parseCopyName, type Copies } from './copies.ts'
import { contextOf } from './entry.ts'
import { createIndexeddbShelf } from './indexeddb-shelf.ts'
import { readOutbox, type Waiting } from './read-outbox.ts'
import { createSharedWriting } from './shared-writing.ts'
import type { Shelf } from './shelf.ts'
import { slotSeedKey } from './slot.ts'
import { createTabs, type TabChannel } from './tabs.ts'
import { createUpkeep, type Attachments, type Report } from './upkeep.ts'
import { createVaultDocument } from './vault-document.ts'
import type { Vault, VaultProblem } from './vault.ts'
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

  let copies = parseCopies(undefined)
  try {
    // Opens the database, so that a store that cannot be used is known at once.
    copies = parseCopies(await shelf.setting(copiesKey))
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

  const placeOf = (document: string): string => copyName(document, copies.get(document) ?? 0)
  /** The document of which a name on the shelf is the copy in use. */
  const inUse = (name: string): string | undefined => {
    const { document } = parseCopyName(name)
    return placeOf(document) === name ? document : undefined
  }

  let renewing: Promise<void> = Promise.resolve()
  const outbox = (): Promise<readonly Waiting[]> => readOutbox({ shelf, cipher, writer, report })

  const attach: Vault['attach'] = (given, doc, { awareness, anew = false } = {}) => {
    const document = anew ? copyName(given, (copies.get(given) ?? 0) + 1) : placeOf(given)
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
    documents: async () => (await shelf.heads()).flatMap((head) => inUse(head.document) ?? []),
    usage: async () => {
      const heads = await shelf.heads()
      const estimate = await options.storage?.estimate().catch(() => undefined)
      const sum = (of: 'bytes' | 'count'): number => heads.reduce((total, head) => total + head[of], 0)
      return { bytes: estimate?.usage ?? sum('bytes'), quota: estimate?.quota, rows: sum('count') }
    },
    unsent: async () =>
      (await outbox()).map(({ document: copy, subjects, update }) => ({
        document: parseCopyName(copy).document,
        copy,
        subjects,
        update,
      })),
    renew: (document) => {
      // One after the other: each writes down all of them.
      renewing = renewing
        .catch(() => undefined)
        .then(async () => {
          const known = parseCopies(await shelf.setting(copiesKey))
          const next = new Map(known).set(document, (copies.get(document) ?? 0) + 1)
          await shelf.write({ settings: [[copiesKey, Object.fromEntries(next)]] }, 'strict')
        })
      return renewing
    },
    left: async () => {
      const older = (await shelf.heads()).map((head) => head.document).filter((name) => isOlder(name, copies))
      const edits = older.length > 0 ? await outbox() : []
      return older.map((name) => ({
        document: parseCopyName(name).document,
        name,
        edits: edits.filter((edit) => edit.document === name),
        load: async (doc) => void (await upkeep.load(name, doc, {}, (work) => work())),
        done: (ids) => writer.write({ removeOutbox: ids.map((id) => ({ document: name, id })) }, 'strict'),
        forget: () => writer.write({ removeDocuments: [name] }, 'strict'),
      }))
    },
    remove: async (document) => {
      const names = (await shelf.heads()).map((head) => head.document)
      const copiesOfIt = names.filter((name) => parseCopyName(name).document === document)
      for (const name of copiesOfIt) await attachments.get(name)?.provider.close()
      await writer.write({ removeDocuments: [...new Set([placeOf(document), ...copiesOfIt])] }, 'strict')
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
    forgetKept: async (prefix) => {
      const keys = await shelf.settingKeys(keptKey(prefix))
      await writer.write({ settings: keys.map((key) => [key, undefined]) }, 'strict')
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

function isOlder(name: string, copies: Copies): boolean {
  const { document, number } = parseCopyName(name)
  return number < (copies.get(document) ?? 0)
}

function keptKey(key: string): string {
  return `kept/${key}`
}
