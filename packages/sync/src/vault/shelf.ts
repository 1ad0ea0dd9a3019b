/** What the vault asks of a disk: reads per document and all-or-nothing writes. Bytes are sealed before they come here. */
import type { FailureReason } from '../provider.ts'

export interface Head {
  readonly document: string
  /** Sequence of the newest row; 0 before the first. */
  readonly last: number
  /** Rows up to here are in the snapshot. */
  readonly snapshot: number
  /** Rows after the snapshot that ought to be there. */
  readonly count: number
  /** Sealed bytes of snapshot and rows together. */
  readonly bytes: number
}

export interface SealedRow {
  readonly document: string
  readonly sequence: number
  readonly bytes: Uint8Array
}

/** A local edit the relay has not committed. */
export interface SealedEntry {
  readonly document: string
  readonly id: string
  readonly bytes: Uint8Array
}

export interface StoredPieces {
  readonly head: Head | undefined
  /** Oldest first; two only between the two steps of a compaction. */
  readonly snapshots: readonly SealedRow[]
  /** In order of sequence. */
  readonly rows: readonly SealedRow[]
  readonly outbox: readonly SealedEntry[]
}

/** One transaction. Rows are added before anything is removed. */
export interface Changes {
  /** Heads as the writer believes them to be; the write fails with `taken` when another tab has moved one on. */
  readonly expect?: readonly Head[]
  /** The write fails with `taken` when a sequence is already there. */
  readonly rows?: readonly SealedRow[]
  readonly heads?: readonly Head[]
  readonly snapshots?: readonly SealedRow[]
  readonly outbox?: readonly SealedEntry[]
  readonly quarantine?: readonly SealedRow[]
  /** A value of undefined removes the key. */
  readonly settings?: readonly (readonly [key: string, value: unknown])[]
  readonly removeRows?: readonly { readonly document: string; readonly from: number; readonly to: number }[]
  readonly removeSnapshots?: readonly { readonly document: string; readonly from: number; readonly to: number }[]
  readonly removeOutbox?: readonly { readonly document: string; readonly id: string }[]
  readonly removeDocuments?: readonly string[]
}

export function isSameHead(a: Head | undefined, b: Head): boolean {
  return (a?.last ?? 0) === b.last && (a?.snapshot ?? 0) === b.snapshot && (a?.count ?? 0) === b.count
}

export type ShelfFailureReason =
  | Extract<FailureReason, 'quota' | 'denied' | 'lost' | 'unsupported' | 'unknown'>
  | 'taken'

export class ShelfFailure extends Error {
  override readonly name = 'ShelfFailure'
  readonly reason: ShelfFailureReason
  constructor(reason: ShelfFailureReason, cause?: unknown) {
    super(`storage: ${reason}${cause instanceof Error ? ` (${cause.name}: ${cause.message})` : ''}`, { cause })
    this.reason = reason
  }
}

/** Every method rejects with a ShelfFailure and nothing else. */
export interface Shelf {
  read(document: string): Promise<StoredPieces>
  /** Rows with a sequence above `after`, in order. */
  rowsAfter(document: string, after: number): Promise<readonly SealedRow[]>
  snapshotAt(document: string, sequence: number): Promise<SealedRow | undefined>
  heads(): Promise<readonly Head[]>
  head(document: string): Promise<Head | undefined>
  outbox(): Promise<readonly SealedEntry[]>
  setting(key: string): Promise<unknown>
  settingKeys(prefix: string): Promise<readonly string[]>
  /** Resolves only once the disk reported the transaction complete; `strict` also waits for it to be flushed. */
  write(changes: Changes, durability: 'strict' | 'relaxed'): Promise<void>
  /** Calls back when the store was taken away (deleted, or another version opens it). */
  onGone(listener: () => void): () => void
  close(): void
}
