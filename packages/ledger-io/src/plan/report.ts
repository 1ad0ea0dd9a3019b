/** What an import would do, row by row, before anything is written. */
import type { FieldProblemCode, ImportedRecord, RecordId, Value } from '@tongge/model'
import type { ImportKind, Target } from '../columns/targets.ts'

export type RowOutcome = 'created' | 'changed' | 'unchanged' | 'rejected'

/** Why a row was rejected (its last note) or is doubtful. Texts are in the dictionaries, keyed by `code`. */
export interface RowNote {
  readonly code: NoteCode
  /** The column's name as the sheet has it; absent when the whole row is meant or no column gives the field. */
  readonly column?: string
  readonly target?: Target
  /** The cell as read; never given for document numbers. */
  readonly text?: string
  readonly detail?: string
}

export type NoteCode =
  | FieldProblemCode
  // About cells
  | 'precisionLost'
  | 'formulaError'
  | 'dayAssumed'
  | 'oldIdNo'
  | 'morePhones'
  | 'addressUnread'
  | 'defaultUsed'
  | 'otherKin'
  // About rows
  | 'noName'
  | 'noDoor'
  | 'noHead'
  | 'ambiguousBuilding'
  | 'doorOccupied'
  | 'otherDoor'
  | 'otherHousehold'
  | 'nameDiffers'
  | 'idDiffers'
  | 'severalMatches'
  | 'duplicateInFile'

export interface FieldChange {
  readonly record: RecordId
  readonly kind: ImportKind
  readonly field: string
  readonly from: Value | undefined
  readonly to: Value
}

/** How a person of the sheet was recognised in the ledger; strongest first. */
export type MatchedBy = 'idNo' | 'nameAndBirth' | 'nameAndPhone' | 'nameInHousehold'

export interface Duplicate {
  readonly origin: string
  readonly record: RecordId
  readonly by: MatchedBy
}

export interface RowReport {
  /** Sheet and row number, such as `3号楼!17`. */
  readonly origin: string
  readonly name: string
  /** The door as understood, such as `3号楼 2-501`. */
  readonly place: string
  readonly outcome: RowOutcome
  readonly notes: readonly RowNote[]
  /** Of the row's person and of the household and house first met in this row; empty for a row that only creates. */
  readonly changes: readonly FieldChange[]
  readonly match?: Duplicate
}

export interface ImportPlan {
  /** In an order in which every record comes after those it refers to, except that a household names its head beforehand. */
  readonly records: readonly ImportedRecord[]
  /** One for every row of every table, in their order. */
  readonly rows: readonly RowReport[]
  readonly duplicates: readonly Duplicate[]
  readonly counts: Readonly<Record<RowOutcome | 'doubtful' | 'households' | 'people', number>>
}
