/** The record kinds of a grid and what an entry of the ledger looks like once read. */
import type { Field, FieldTable, Value, ValueOf } from './field.ts'
import type { AccountId, RecordId } from './ids.ts'
import {
  buildingFields,
  facilityFields,
  houseFields,
  householdFields,
  noteFields,
  personFields,
  reporterFields,
  unitFields,
} from './tables/index.ts'
import type { Instant } from './time.ts'

export const tables = {
  building: buildingFields,
  house: houseFields,
  household: householdFields,
  person: personFields,
  unit: unitFields,
  facility: facilityFields,
  note: noteFields,
  reporter: reporterFields,
} as const satisfies Record<string, FieldTable>

export type Kind = keyof typeof tables
/** Kinds that rest in `grid/{g}/ledger` (their sensitive fields in `grid/{g}/sensitive`, diaries in `grid/{g}/diary`). Notes rest with their building, reporters in the sensitive document alone. */
export type LedgerKind = Exclude<Kind, 'note' | 'reporter'>

export type FieldName<K extends Kind> = keyof (typeof tables)[K] & string
/** Kinds of documents that hold records or parts of them; the same words as in document names. */
export type RecordDocument = 'ledger' | 'sensitive' | 'diary' | 'notes'
/** Every field may be missing: readers tolerate gaps, `plan` demands what is required. */
export type Fields<K extends Kind> = {
  readonly [F in FieldName<K>]?: (typeof tables)[K][F] extends Field ? ValueOf<(typeof tables)[K][F]> : never
}

/** Who wrote a value, when and where. `at` is the author's device time. */
export interface Stamp {
  readonly at: Instant
  readonly by: AccountId
  /** A short label of the device, as its owner named it. */
  readonly device: string
}

/** One of several values that people wrote without having seen each other's. */
export interface Rival {
  readonly value: Value | undefined
  readonly stamp: Stamp
  /** Names the slot that holds the value; opaque. */
  readonly slot: string
}

/** A field with more than one differing value: all are kept until a person settles it. Newest first; the first is shown as the value. */
export interface FieldConflict {
  readonly field: string
  readonly rivals: readonly Rival[]
}

/** One record as the people of the grid see it. Field values are those of the newest write; see `conflicts` for the others. */
export interface Entry<K extends Kind = Kind> {
  readonly id: RecordId
  readonly kind: K
  readonly fields: Fields<K>
  readonly created: Stamp
  readonly updated: Stamp
  readonly conflicts: readonly FieldConflict[]
  /** Present when somebody deleted the record while another, not knowing, edited it: it stays in view until settled. */
  readonly deletion?: Stamp
  /** Beside a deletion: the newest write that it had not seen. Words of a text have no time, and nobody where it cannot be told who wrote them. */
  readonly unseen?: Omit<Stamp, 'at'> & { readonly at?: Instant }
}

/** A deleted record in the 回收站; restoring it brings back exactly these fields. */
export interface TrashedEntry {
  readonly id: RecordId
  readonly kind: Kind
  readonly fields: Readonly<Record<string, Value>>
  readonly deletion: Stamp
}

export function fieldOf(kind: Kind, name: string): Field | undefined {
  const table: FieldTable = tables[kind]
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** Whether a field rests in the sensitive document. That of a reporter is not masked there: it is personal, and needed to call back. */
export function isSealed(kind: Kind, name: string): boolean {
  return kind === 'reporter' || fieldOf(kind, name)?.class === 'sensitive'
}

/** The kind of document in which a record rests, or a field of it: every field has one place, whoever writes it. */
export function documentOf(kind: Kind, name?: string): RecordDocument {
  if (kind === 'note') return 'notes'
  const field = name === undefined ? undefined : fieldOf(kind, name)
  return kind === 'reporter' || field?.class === 'sensitive' ? 'sensitive' : (field?.apart ?? 'ledger')
}

export function isLedgerKind(kind: Kind): kind is LedgerKind {
  return kind !== 'note' && kind !== 'reporter'
}

export function isKind(text: string): text is Kind {
  return Object.hasOwn(tables, text)
}

export function isKindOf<K extends Kind>(entry: Entry, kind: K): entry is Entry<K> {
  return entry.kind === kind
}

/** A record without a status counts as on the register. */
export function isActive(entry: Entry): boolean {
  return !('status' in entry.fields) || entry.fields.status === undefined || entry.fields.status === 'active'
}
