/**
 * Brings entries to the shelf: one transaction per burst, in order, tried again when the connection is lost.
 * Whoever holds the store's lock writes for all tabs; a tab that writes without it is caught by the sequence of the row.
 */
import type { FailureReason } from '../provider.ts'
import { createSerial, type SetTimer } from '../timing.ts'
import type { Cipher } from './cipher.ts'
import { contextOf, encodeRow, encodeUnsent, type Entry } from './entry.ts'
import { slotSeedKey } from './slot.ts'
import { ShelfFailure, type Changes, type Head, type SealedEntry, type SealedRow, type Shelf } from './shelf.ts'

export interface WrittenRow {
  readonly head: Head
  readonly ids: readonly string[]
}

export interface WriterOptions {
  readonly shelf: Shelf
  readonly cipher: Cipher
  readonly setTimer: SetTimer | undefined
  /** No slot has been leased anew since something was lost. */
  readonly isSlotSeedLost: () => Promise<boolean>
  /** The disk reported these complete. */
  readonly onDurable: (ids: readonly string[], rows: readonly WrittenRow[]) => void
  /** Undefined once writing works again. */
  readonly onFailure: (reason: FailureReason | undefined) => void
}

export interface Writer {
  /** Entries not on disk yet, in order. */
  readonly queue: ReadonlyMap<string, Entry>
  readonly failure: () => FailureReason | undefined
  enqueue(entries: readonly Entry[]): void
  /** Takes entries out that another tab has written. */
  readonly confirm: (ids: readonly string[]) => void
  /** Writes what is queued; resolves when the queue is empty or a write failed. */
  readonly flush: () => Promise<void>
  /** Removes entries from the outbox: the relay has them. */
  acknowledge(document: string, ids: readonly string[]): void
  head(document: string): Promise<Head>
  /** Removes the rows up to `through`, which a snapshot of `bytes` sealed bytes holds, and older snapshots. */
  replaceRows(document: string, through: number, bytes: number): Promise<void>
  /** Moves pieces that do not open out of the way and keeps a copy; from there on the head promises what is left. */
  setAside(document: string, rows: readonly SealedRow[], snapshots: readonly SealedRow[]): Promise<void>
  /** Other writes to the shelf, in line with the queue's. */
  write(changes: Changes, durability: 'strict' | 'relaxed'): Promise<void>
  /** Forgets what it believes about the disk. */
  reset(): void
}

interface Sealed {
  readonly before: Head
  readonly head: Head
  readonly row: SealedRow
  readonly outbox: readonly SealedEntry[]
}

/** A head moved on by another tab is read anew this often. */
const sequenceTries = 8
const retryAfter = 5_000

export function createWriter({ shelf, cipher, setTimer, isSlotSeedLost, onDurable, onFailure }: WriterOptions): Writer {
  const serial = createSerial()
  const queue = new Map<string, Entry>()
  const heads = new Map<string, Head>()
  const acknowledged = new Set<string>()
  let failure: FailureReason | undefined
  let pumping: Promise<void> | undefined
  let cancelRetry: (() => void) | undefined

  const setFailure = (reason: FailureReason | undefined): void => {
    cancelRetry?.()
    cancelRetry = reason && queue.size > 0 ? setTimer?.(() => void flush(), retryAfter) : undefined
    failure = reason
    onFailure(reason)
  }

  const head = async (document: string): Promise<Head> => {
    const known = heads.get(document) ??
      (await shelf.head(document)) ?? { document, last: 0, snapshot: 0, count: 0, bytes: 0 }
    heads.set(document, known)
    return known
  }

  const seal = async (document: string, entries: readonly Entry[]): Promise<Sealed> => {
    const before = await head(document)
    const sequence = before.last + 1
    const bytes = await cipher.seal(encodeRow(entries.map((entry) => entry.update)), contextOf.row(document, sequence))
    const outbox = await Promise.all(
      entries
        .filter((entry) => entry.local && !acknowledged.has(entry.id))
        .map(async ({ id, ...entry }) => ({
          document,
          id,
          bytes: await cipher.seal(encodeUnsent({ id, ...entry }), contextOf.unsent(document, id)),
        })),
    )
    return {
      before,
      row: { document, sequence, bytes },
      head: { ...before, last: sequence, count: before.count + 1, bytes: before.bytes + bytes.length },
      outbox,
    }
  }

  /** Plans upon the heads as they are believed to be, and plans anew when another tab has moved one on. */
  const writeUpon = async <T extends { readonly changes: Changes }>(
    documents: readonly string[],
    durability: 'strict' | 'relaxed',
    plan: () => Promise<T>,
  ): Promise<T> => {
    for (let left = sequenceTries; ; left--) {
      try {
        const planned = await plan()
        await shelf.write(planned.changes, durability)
        for (const head of planned.changes.heads ?? []) heads.set(head.document, head)
        return planned
      } catch (error) {
        for (const document of documents) heads.delete(document)
        if (!(error instanceof ShelfFailure) || error.reason !== 'taken' || left <= 1) throw error
      }
    }
  }

  const writeBatch = async (batch: readonly Entry[]): Promise<void> => {
    const byDocument = groupByDocument(batch)
    const durability = batch.some((entry) => entry.local) ? 'strict' : 'relaxed'
    const { sealed } = await writeUpon([...byDocument.keys()], durability, async () => {
      const sealed = await Promise.all([...byDocument].map(([document, entries]) => seal(document, entries)))
      const changes = {
        expect: sealed.map(({ before }) => before),
        rows: sealed.map(({ row }) => row),
        heads: sealed.map(({ head }) => head),
        outbox: sealed.flatMap(({ outbox }) => outbox),
      }
      return { sealed, changes }
    })
    for (const entry of batch) {
      queue.delete(entry.id)
      acknowledged.delete(entry.id)
    }
    const rows = sealed.map(({ head }) => ({
      head,
      ids: (byDocument.get(head.document) ?? []).map((entry) => entry.id),
    }))
    onDurable(
      batch.map((entry) => entry.id),
      rows,
    )
  }

  const pump = async (): Promise<void> => {
    // One turn later, so that all edits of this turn share a transaction.
    await Promise.resolve()
    try {
      while (queue.size > 0) {
        await serial(() => writeBatch([...queue.values()]))
        if (failure) setFailure(undefined)
      }
    } catch (error) {
      setFailure(toReason(error))
    } finally {
      // In the same turn as the last look at the queue, or an edit of the next turn would wait for nobody.
      pumping = undefined
    }
  }

  const flush = (): Promise<void> => {
    pumping ??= pump()
    return pumping
  }

  const write = (changes: Changes, durability: 'strict' | 'relaxed'): Promise<void> =>
    serial(async () => {
      await shelf.write(changes, durability)
      for (const document of changes.removeDocuments ?? []) heads.delete(document)
    })

  return {
    queue,
    failure: () => failure,
    enqueue: (entries) => {
      for (const entry of entries) queue.set(entry.id, entry)
    },
    confirm: (ids) => {
      for (const id of ids) {
        queue.delete(id)
        acknowledged.delete(id)
      }
      if (failure && queue.size === 0) setFailure(undefined)
    },
    flush,
    acknowledge: (document, ids) => {
      for (const id of ids) if (queue.has(id)) acknowledged.add(id)
      // A failure leaves them in the outbox, and the next session acknowledges them again.
      void write({ removeOutbox: ids.map((id) => ({ document, id })) }, 'relaxed').catch(() => undefined)
    },
    head,
    replaceRows: (document, through, bytes) =>
      serial(async () => {
        await writeUpon([document], 'strict', async () => {
          const before = await head(document)
          const rowsLeft = await shelf.rowsAfter(document, through)
          const left = rowsLeft.reduce((sum, row) => sum + row.bytes.length, bytes)
          const next = { ...before, snapshot: through, count: rowsLeft.length, bytes: left }
          const removeRows = [{ document, from: 0, to: through }]
          const removeSnapshots = [{ document, from: 0, to: through - 1 }]
          return { changes: { expect: [before], heads: [next], removeRows, removeSnapshots } }
        })
      }),
    setAside: (document, rows, snapshots) =>
      serial(async () => {
        await writeUpon([document], 'strict', async () => {
          const before = await head(document)
          const stored = await shelf.read(document)
          const isLeft = (aside: readonly SealedRow[], row: SealedRow): boolean =>
            !aside.some(({ sequence }) => sequence === row.sequence)
          const rowsLeft = stored.rows.filter((row) => isLeft(rows, row))
          const snapshotsLeft = stored.snapshots.filter((row) => isLeft(snapshots, row))
          // One above the head's is being written and not read back yet.
          const snapshot = snapshotsLeft.findLast(({ sequence }) => sequence <= before.snapshot)?.sequence ?? 0
          const count = rowsLeft.filter((row) => row.sequence > snapshot).length
          const bytes = [...rowsLeft, ...snapshotsLeft].reduce((sum, row) => sum + row.bytes.length, 0)
          const at = (row: SealedRow): { document: string; from: number; to: number } => ({
            document,
            from: row.sequence,
            to: row.sequence,
          })
          return {
            changes: {
              expect: [before],
              heads: [{ ...before, snapshot, count, bytes }],
              quarantine: [...rows, ...snapshots],
              removeRows: rows.map(at),
              removeSnapshots: snapshots.map(at),
              // Forgotten with the loss or not at all: whoever does not see the loss any more must not lease by the old seed.
              settings: (await isSlotSeedLost()) ? [[slotSeedKey, undefined]] : [],
            },
          }
        })
      }),
    write,
    reset: () => heads.clear(),
  }
}

function groupByDocument(entries: readonly Entry[]): Map<string, Entry[]> {
  const byDocument = new Map<string, Entry[]>()
  for (const entry of entries) {
    const known = byDocument.get(entry.document)
    if (known) known.push(entry)
    else byDocument.set(entry.document, [entry])
  }
  return byDocument
}

export function toReason(error: unknown): FailureReason {
  if (!(error instanceof ShelfFailure)) return 'unknown'
  return error.reason === 'taken' ? 'lost' : error.reason
}
