/** What the relay's core needs from outside; adapters are wired in main.ts only. */
import type { AuditEvent } from '@tongge/protocol/audit'

/** One committed row of the log. */
export interface LoggedUpdate {
  readonly document: string
  /** V1 update, complete in itself: never one that depends on something the log does not hold. */
  readonly update: Uint8Array
  /** Who sent it, for the record's sake. */
  readonly account: string
  /** What else the audit log tells of it. */
  readonly told?: readonly AuditEvent[]
}

export interface StoredDocument {
  /** A V1 update holding everything up to `through`; absent before the first compaction. */
  readonly snapshot: Uint8Array | undefined
  /** Rows after the snapshot, in order of commit. */
  readonly tail: readonly Uint8Array[]
  /** Sequence of the newest row; 0 for a document never written. Grows by any step, per document. */
  readonly through: number
  /** Rows that failed their checksum and were left out. */
  readonly damaged: number
}

/** Where each document is believed to be: its sequence, 0 for one never written. */
export type Positions = ReadonlyMap<string, number>

/** Somebody else has written in a document since it was read; nothing was stored. */
export class MovedOn extends Error {
  override readonly name = 'MovedOn'
  readonly document: string

  constructor(document: string) {
    super(`${document} has moved on`)
    this.document = document
  }
}

/** The relay's memory: an append-only log of opaque updates and a snapshot per document. One contract suite runs over every adapter. */
export interface UpdateLog {
  /**
   * Resolves only when every row is committed to disk, all or none. Rejects when the store cannot write; nothing is then stored. Returns the sequence of each row.
   * Rejects with `MovedOn`, and stores nothing, where a document is not where `at` says.
   */
  append(rows: readonly LoggedUpdate[], at?: Positions): Promise<readonly number[]>
  read(document: string): Promise<StoredDocument>
  /** Replaces all rows up to `through` by one snapshot, in one transaction. Refuses (false) when a newer snapshot is already there. */
  compact(document: string, snapshot: Uint8Array, through: number): Promise<boolean>
  documents(): Promise<readonly string[]>
  /** Reads every row and checks it; yields what is wrong. */
  verify(): Promise<readonly { readonly document: string; readonly sequence: number; readonly problem: string }[]>
  close(): Promise<void>
}

/** What a log shows of those who write it beside this relay. */
export interface SharedLog extends UpdateLog {
  /** What was committed to a document after a sequence; undefined when some of it was compacted since. */
  readAfter(
    document: string,
    sequence: number,
  ): Promise<Pick<StoredDocument, 'tail' | 'through' | 'damaged'> | undefined>
  /** Every document that was written after a sequence, with the sequence of its newest row, in order of commit. Whoever sees one committed sees all before it. */
  moved(after: number): Promise<readonly Moved[]>
}

export interface Moved {
  readonly document: string
  readonly sequence: number
}

/** What relays tell each other at once. Nothing rests on it: what is lost or late is found in the log. */
export type Notice =
  | { readonly type: 'moved'; readonly document: string; readonly sequence: number }
  /** Awareness entries of who is in the document at the other relay, in the name that one knows. */
  | { readonly type: 'presence'; readonly document: string; readonly entries: Uint8Array }

export interface FanOut {
  /** To all other relays. Never throws, waits for nothing. */
  tell(notice: Notice): void
  /** What other relays tell; never what this one told. */
  listen(hear: (notice: Notice) => void): void
  close(): Promise<void>
}

export type RowKind = 'change' | 'snapshot'

/** How rows rest: the store holds what `seal` gives, and gives what `open` gives. */
export interface RowSeal {
  seal(bytes: Uint8Array, kind: RowKind, document: string): Uint8Array
  /** Undefined when it was changed, or sealed for another place. What was never sealed is given as it is. */
  open(bytes: Uint8Array, kind: RowKind, document: string): Uint8Array | undefined
}

/** Told of what a log stores while it is being stored: what the witness writes then is committed with it, or neither is. */
export interface LogWitness {
  appended(row: LoggedUpdate, sequence: number): void
  compacted(document: string, snapshot: Uint8Array, through: number): void
}

/** Hears who opened which document, and what was refused to whom. Takes no time and never throws. */
export interface AccessWitness {
  opened(session: string, account: string, document: string): void
  refused(
    account: string,
    document: string,
    reason: { readonly code: number; readonly reason: string; readonly record?: string },
  ): void
}

/** Counts how the core fares, for whoever watches over the machine. Takes no time and never throws. */
export interface Meter {
  /** One update of a client is committed, so many milliseconds after it came. */
  acknowledged(afterMs: number): void
  /** A document on a socket, or a whole socket, was closed by the relay. */
  closed(reason: { readonly code: number; readonly reason: string }): void
}

/** The one who writes, as the relay knows them. */
export interface Author {
  readonly account: string
  readonly roles: readonly string[]
}

/** The relay's own hand, which has no role. */
export const relayAccount = 'relay'

/** When something came to the relay, in milliseconds since 1970 by its own clock. */
export interface Arrival {
  readonly received: number
  /** When the sender's device was last heard from before it can have written this; undefined where nobody knows. */
  readonly lastContact: number | undefined
}

export interface Receipt extends Arrival {
  /** What came, by its id. */
  readonly of: string
}

export type Verdict =
  /** `told` is committed to the audit log together with the update; `received` are ids of what the relay is to write a receipt for in the document itself. */
  | { readonly allowed: true; readonly told?: readonly AuditEvent[]; readonly received?: readonly string[] }
  /** `isGap`: it may be allowed once its author has sent all that the document lacks. */
  | { readonly allowed: false; readonly reason: string; readonly isGap?: boolean }

/**
 * Judges one update before it is stored. The default allows everything that is well formed.
 * A guard that must know what a document holds keeps itself informed through the other three calls, which arrive in the order of the document's changes.
 */
export interface Guard {
  /** `update` is V1, complete in itself, and holds only what the document does not yet hold. */
  judge(document: string, update: Uint8Array, author: Author): Verdict
  /** Whether an update that repeats what the document holds says something else about it: two replicas have used one client's clocks. */
  contradicts?(document: string, update: Uint8Array): boolean
  /** The document was loaded and holds this; `isWhole` unless stored rows were damaged and left out. Called before anything is judged for it. */
  opened?(document: string, content: readonly Uint8Array[], isWhole: boolean): void
  /** The update was allowed and is part of the document from here on. */
  admitted?(document: string, update: Uint8Array): void
  /** The document is no longer in memory; what was admitted may not have been stored. */
  closed?(document: string): void
  /** V1: these receipts, written under clocks of the client from `clock` on, each complete in itself. Asked for where a verdict names what was received. */
  receipts?(receipts: readonly Receipt[], client: number, clock: number): Uint8Array
}

/**
 * How a document begins anew without what it no longer needs, and what of that which still arrives for the old one belongs in the new.
 * The core does not know what documents mean; answers come from elsewhere than its own thread, one at a time. Rejects when it cannot tell.
 */
export interface Folding {
  /** The first update of the next generation of a document that consists of these; undefined when it would be larger than `limit` bytes. */
  begin(updates: readonly Uint8Array[], limit: number): Promise<Uint8Array | undefined>
  /**
   * What `late`, which came to the first of the generations, adds to each later one, in the same order; undefined for nothing.
   * Each generation, oldest first and two at least, is given as the updates that it consists of, without `late`.
   */
  carry(
    generations: readonly (readonly Uint8Array[])[],
    late: readonly Uint8Array[],
  ): Promise<readonly (Uint8Array | undefined)[]>
  close(): Promise<void>
}

/** The part of a pino logger the relay's core uses. It never logs content or names of persons. */
export interface Logger {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
