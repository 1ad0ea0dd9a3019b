/** The port to the audit log: append-only, a Merkle tree over its entries, and the heads that were signed of it. One contract suite runs over every adapter. */
import type { AuditEvent, SignedHead } from '@tongge/protocol/audit'

export interface AuditLog {
  /** Names this log for ever. */
  readonly name: string
  /** Resolves with the positions once every event is committed to disk, all or none; shares its commit with the edits of the same turn. */
  append(events: readonly AuditEvent[], options?: AppendOptions): Promise<readonly number[]>
  /** How many entries are committed. */
  size(): Promise<number>
  /** The texts of entries from a position on. */
  entries(from: number, limit: number): Promise<readonly string[]>
  root(size: number): Promise<Uint8Array>
  /** Proofs hold for `size` up to that of the log, and for an index within it. */
  inclusion(index: number, size: number): Promise<readonly Uint8Array[]>
  consistency(earlier: number, later: number): Promise<readonly Uint8Array[]>
  /** Kept for ever; of two of one size the first. */
  addHead(head: SignedHead): Promise<void>
  lastHead(): Promise<SignedHead | undefined>
  /** How far something else was taken into the log; 0 before anything was. */
  mark(name: string): Promise<number>
}

export interface AppendOptions {
  /** When it happened, in milliseconds since 1970; now unless said otherwise. */
  readonly at?: number
  /** Set in the same commit. */
  readonly mark?: { readonly name: string; readonly value: number }
}
