/** What a command is judged against: everything this device knows of one grid, as plain data. */
import type { Value } from './field.ts'
import type { AccountId, GridCode, RecordId } from './ids.ts'
import type { Role } from './policy/roles.ts'
import type { Entry, Kind, TrashedEntry } from './records.ts'
import type { RevealReason } from './reveals.ts'
import type { Step, Ticket } from './tickets/types.ts'
import type { Instant } from './time.ts'

export interface Snapshot {
  readonly grid: GridCode
  /** Ledger records and notes by id. Sensitive fields, where this account may read them, are merged into `fields`. */
  readonly entries: ReadonlyMap<RecordId, Entry>
  readonly trash: ReadonlyMap<RecordId, TrashedEntry>
  readonly tickets: ReadonlyMap<RecordId, Ticket>
}

/** Who acts, and everything `plan` may not read by itself: the time and fresh ids. */
export interface Actor {
  readonly account: AccountId
  readonly roles: readonly Role[]
  readonly device: string
  readonly grid: GridCode
  /** For building leaders and volunteers: the buildings they help in. */
  readonly buildings: readonly RecordId[]
}

export interface PlanContext {
  readonly actor: Actor
  readonly now: Instant
  /** Gives a fresh id at each call. */
  readonly newId: () => RecordId
}

/** What a replica can apply; the closed union that `crdt` knows how to write. */
export type Edit =
  | {
      readonly op: 'create'
      readonly kind: Kind
      readonly id: RecordId
      readonly fields: Readonly<Record<string, Value>>
    }
  /** `value` undefined clears the field. Setting a conflicted field settles it. */
  | {
      readonly op: 'set'
      readonly kind: Kind
      readonly id: RecordId
      readonly field: string
      readonly value: Value | undefined
    }
  | { readonly op: 'delete'; readonly kind: Kind; readonly id: RecordId }
  | { readonly op: 'restore'; readonly kind: Kind; readonly id: RecordId }
  /** Changes nothing that is shown: a deletion that had not seen it does not hide the record, on which something else rests now. */
  | { readonly op: 'hold'; readonly kind: Kind; readonly id: RecordId }
  /** Puts the co-edited text of the record `from` after that of `id`; nothing where it is empty. */
  | {
      readonly op: 'appendText'
      readonly kind: Kind
      readonly id: RecordId
      readonly field: string
      readonly from: RecordId
    }
  /** Takes back what an `appendText` put in, `text`, unless somebody went on writing in it. */
  | {
      readonly op: 'cutText'
      readonly kind: Kind
      readonly id: RecordId
      readonly field: string
      readonly from: RecordId
      readonly text: string
    }
  /** Says that these fields are shown to the one who writes it. Nothing takes it back. */
  | {
      readonly op: 'reveal'
      readonly kind: Kind
      readonly id: RecordId
      readonly fields: readonly string[]
      readonly reason: RevealReason
      readonly note?: string
    }
  /** Says in the history that what is written in this record, or as this step, at the same time was first written by another. Nothing takes it back. */
  | {
      readonly op: 'attribute'
      readonly kind: Kind | 'ticket'
      readonly id: RecordId
      readonly step?: RecordId
      readonly author: AccountId
    }
  /** `clock` is filled in by the replica that applies it. */
  | { readonly op: 'step'; readonly step: Omit<Step, 'clock'>; readonly description?: string }
