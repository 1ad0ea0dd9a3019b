/** A shelf that lives as long as the process: for tests, and for browsers that refuse to store. */
import {
  isSameHead,
  ShelfFailure,
  type Changes,
  type Head,
  type SealedEntry,
  type SealedRow,
  type Shelf,
} from './shelf.ts'

export interface MemoryDisk {
  /** Opens the disk once more; what is written survives every close. */
  open(): Shelf
  /** Runs before each write takes effect; a rejection with a ShelfFailure is what the writer sees. */
  gate: (changes: Changes) => Promise<void>
  /** Overwrites stored bytes, as a failing flash chip does. */
  damage(document: string, sequence: number): void
}

interface Shelved {
  head: Head | undefined
  readonly rows: Map<number, SealedRow>
  readonly snapshots: Map<number, SealedRow>
  readonly outbox: Map<string, SealedEntry>
}

export function createMemoryDisk(): MemoryDisk {
  const byDocument = new Map<string, Shelved>()
  const settings = new Map<string, unknown>()
  const shelved = (document: string): Shelved => {
    const known = byDocument.get(document)
    if (known) return known
    const fresh: Shelved = { head: undefined, rows: new Map(), snapshots: new Map(), outbox: new Map() }
    byDocument.set(document, fresh)
    return fresh
  }
  const inOrder = (rows: Map<number, SealedRow>): SealedRow[] =>
    [...rows.values()].sort((a, b) => a.sequence - b.sequence)

  const apply = (changes: Changes): void => {
    for (const head of changes.expect ?? [])
      if (!isSameHead(shelved(head.document).head, head)) throw new ShelfFailure('taken')
    for (const row of changes.rows ?? [])
      if (shelved(row.document).rows.has(row.sequence)) throw new ShelfFailure('taken')
    for (const row of changes.rows ?? []) shelved(row.document).rows.set(row.sequence, row)
    for (const head of changes.heads ?? []) shelved(head.document).head = head
    for (const row of changes.snapshots ?? []) shelved(row.document).snapshots.set(row.sequence, row)
    for (const entry of changes.outbox ?? []) shelved(entry.document).outbox.set(entry.id, entry)
    for (const [key, value] of changes.settings ?? []) {
      if (value === undefined) settings.delete(key)
      else settings.set(key, structuredClone(value))
    }
    for (const { document, from, to } of changes.removeRows ?? []) removeBetween(shelved(document).rows, from, to)
    for (const { document, from, to } of changes.removeSnapshots ?? [])
      removeBetween(shelved(document).snapshots, from, to)
    for (const { document, id } of changes.removeOutbox ?? []) shelved(document).outbox.delete(id)
    for (const document of changes.removeDocuments ?? []) byDocument.delete(document)
  }

  const disk: MemoryDisk = {
    gate: async () => undefined,
    damage: (document, sequence) => {
      const row = shelved(document).rows.get(sequence)
      if (row) shelved(document).rows.set(sequence, { ...row, bytes: row.bytes.map((byte) => byte ^ 0x55) })
    },
    open: () => {
      let closed = false
      const guard = async (): Promise<void> => {
        if (closed) throw new ShelfFailure('lost')
      }
      return {
        read: async (document) => {
          await guard()
          const { head, rows, snapshots, outbox } = shelved(document)
          return { head, snapshots: inOrder(snapshots), rows: inOrder(rows), outbox: [...outbox.values()] }
        },
        rowsAfter: async (document, after) => {
          await guard()
          return inOrder(shelved(document).rows).filter((row) => row.sequence > after)
        },
        snapshotAt: async (document, sequence) => {
          await guard()
          return shelved(document).snapshots.get(sequence)
        },
        heads: async () => {
          await guard()
          return [...byDocument.values()].flatMap(({ head }) => (head ? [head] : []))
        },
        head: async (document) => {
          await guard()
          return shelved(document).head
        },
        outbox: async () => {
          await guard()
          return [...byDocument.values()].flatMap(({ outbox }) => [...outbox.values()])
        },
        settingKeys: async (prefix) => {
          await guard()
          return [...settings.keys()].filter((key) => key.startsWith(prefix))
        },
        setting: async (key) => {
          await guard()
          return settings.get(key)
        },
        write: async (changes) => {
          await guard()
          await disk.gate(changes)
          await guard()
          apply(changes)
        },
        onGone: () => () => undefined,
        close: () => {
          closed = true
        },
      }
    },
  }
  return disk
}

function removeBetween(rows: Map<number, SealedRow>, from: number, to: number): void {
  for (const sequence of rows.keys()) if (sequence >= from && sequence <= to) rows.delete(sequence)
}
