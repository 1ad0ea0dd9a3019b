/** The shapes this package shows to the place where it is wired; see index.ts for the functions. */
import type {
  AccountId,
  Edit,
  Entry,
  FieldConflict,
  Instant,
  Kind,
  Quarter,
  RecordId,
  RevealReason,
  Snapshot,
  Stamp,
  Step,
  Ticket,
  Value,
} from '@tongge/model'
import type { Doc } from 'yjs'

/** The documents of one grid that are open on this device. Undefined where this account may not read, or the document is not open yet. */
export interface GridDocuments {
  readonly ledger: Doc | undefined
  readonly sensitive: Doc | undefined
  /** The diaries 民情日记 of households, which police and office never have. */
  readonly diary?: Doc | undefined
  /** By quarter, such as `2026q4`; the newest is where new tickets begin. */
  readonly work: ReadonlyMap<Quarter, Doc>
  /** By quarter likewise: what the ledger's fields were before. */
  readonly journal?: ReadonlyMap<Quarter, Doc> | undefined
  /** By building id. */
  readonly notes: ReadonlyMap<RecordId, Doc>
}

/** Whose hand writes. `slot` is unique to this replica (device, account and tab): two replicas never share one. */
export interface Writer {
  readonly slot: string
  readonly account: AccountId
  readonly device: string
  readonly now: () => Instant
}

/** What a local edit touched, for waiting marks and undo. Opaque to the sync package, which stores `subjects` as they are. */
export interface LocalOrigin {
  readonly local: true
  /** `kind/recordId`, such as `household/h1`. */
  readonly subjects: readonly string[]
}

export interface Applied {
  /** What was carried out; empty when `unplaced` is not. */
  readonly edits: readonly Edit[]
  /** Edits that would take this back, if nobody changed the same since. */
  readonly inverse: readonly Edit[]
  /** What each record that came back said then (`recordContent`), to tell whether somebody changed it since. */
  readonly restored: ReadonlyMap<RecordId, string>
  /** Names (`ledger`, `sensitive`, `diary`, `work/2026q4`, `journal/2026q4`, `notes/b1`) of the documents that changed. */
  readonly documents: readonly string[]
  readonly subjects: readonly string[]
  /** Edits whose document is not open here. If there is one, none of the edits was applied. */
  readonly unplaced: readonly Edit[]
}

/** One edit that undo or redo left alone, because its field or record was changed since. */
export interface Skipped {
  readonly id: RecordId
  /** Undefined when it is about the record as a whole. */
  readonly field: string | undefined
}

export interface Undone {
  readonly applied: Applied
  readonly skipped: readonly Skipped[]
}

/** This person's own edits, to take back and to bring again. */
export interface UndoStack {
  /** Remembers an edit; what had been taken back before can no longer be redone. */
  record(applied: Applied): void
  canUndo(): boolean
  canRedo(): boolean
  /** What `undo` would take back; the same object until there is another. */
  last(): Applied | undefined
  /** Takes back the last recorded edits as far as their values still stand. Undefined when there is nothing to take back. */
  undo(documents: GridDocuments, snapshot: Snapshot, writer: Writer): Undone | undefined
  redo(documents: GridDocuments, snapshot: Snapshot, writer: Writer): Undone | undefined
}

/** What changed in a projection, by id. */
export interface Changes {
  readonly entries: ReadonlySet<RecordId>
  readonly tickets: ReadonlySet<RecordId>
  /** Those of the tickets of which nothing is new but that the relay has received steps. */
  readonly received: ReadonlySet<RecordId>
  /** True when every change came from this replica's own edits. */
  readonly local: boolean
}

/** The grid as plain data, kept up to date; the one read path. */
export interface Projection {
  /** The same object until something changes; unchanged entries keep their identity from one snapshot to the next. */
  snapshot(): Snapshot
  /** Reads at most `limit` of the records and tickets that changed, so that a large change need not be read in one go; true when none is left. */
  readSome(limit: number): boolean
  onChange(listener: (changes: Changes) => void): () => void
  /** Documents may be added later (a quarter, a building). */
  attach(name: string, doc: Doc): void
  /** Several at once: told as one change, and a record that rests in two of them is read once. */
  attachAll(documents: Iterable<readonly [name: string, doc: Doc]>): void
  /** Tickets are folded by other rules from here on: all that are attached are read again. */
  refold(): void
  /** Every document there is has been attached: what was remembered and none of them holds goes. */
  complete(): void
  /** The documents as attached so far, for `applyEdits`, `historyOf` and `openCoText`. */
  documents(): GridDocuments
  dispose(): void
}

/** One line of a record's history 变更记录, newest first. */
export interface HistoryLine {
  readonly field: string | undefined
  readonly action: 'created' | 'changed' | 'deleted' | 'restored'
  /** Sensitive values are never written to history: both are absent then. */
  readonly before?: Value | undefined
  readonly after?: Value | undefined
  readonly stamp: Stamp
  /** Who had written it first, where its writer adopted it from another. */
  readonly adoptedFrom?: AccountId
}

/** One time that somebody was shown sensitive fields of a record. */
export interface RevealLine {
  readonly fields: readonly string[]
  readonly reason: RevealReason
  /** In words, where the reason is `other`. */
  readonly note: string | undefined
  readonly stamp: Stamp
}

/** One thing that waits for a person in the 冲突 inbox. */
export type InboxItem =
  | { readonly type: 'field'; readonly entry: Entry; readonly conflict: FieldConflict }
  | { readonly type: 'deletion'; readonly entry: Entry; readonly deletion: Stamp }
  | { readonly type: 'step'; readonly ticket: Ticket; readonly step: Step }

/** A text several people edit at once, as a textarea binding needs it. Positions are UTF-16 units. */
export interface CoText {
  value(): string
  /** Replaces `remove` units at `at` by `insert`. A cut through a surrogate pair is widened to the whole character. */
  splice(at: number, remove: number, insert: string): void
  /** Calls back with the deltas of others' edits, of this person's in another place, and of `undo`. */
  onRemote(listener: (delta: readonly CoTextDelta[]) => void): () => void
  /** Takes back this person's last run of typing, leaving what others wrote. */
  undo(): void
  dispose(): void
}

export type CoTextDelta = { readonly retain: number } | { readonly insert: string } | { readonly remove: number }

export interface CoTextAddress {
  readonly kind: Kind | 'ticket'
  readonly id: RecordId
  readonly field: string
}
