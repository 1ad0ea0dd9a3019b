/** Household ledgers in spreadsheets, in and out. Runs in a Web Worker and in Node; knows no document, no session and no view. */
export { guessColumns, mappingOf, sampleColumns, type ColumnGuess } from './columns/guess-columns.ts'
export {
  fieldOfTarget,
  importKinds,
  isOffered,
  type FieldTarget,
  type ImportKind,
  type Mapping,
  type Target,
} from './columns/targets.ts'
export { indexLedger, type LedgerEntry, type LedgerIndex } from './plan/ledger-index.ts'
export { planImport, type ImportOptions, type ImportPart } from './plan/plan-import.ts'
export type {
  Duplicate,
  FieldChange,
  ImportPlan,
  MatchedBy,
  NoteCode,
  RowNote,
  RowOutcome,
  RowReport,
} from './plan/report.ts'
export { maxColumns, maxFileBytes, maxRows, maxUnpackedBytes, maxUnpackRatio } from './read/limits.ts'
export { readSheet } from './read/read-sheet.ts'
export type { Flaw, Merge, Sheet, SheetProblem, Workbook } from './read/workbook.ts'
export { findTables, type TableProblem } from './tables/find-tables.ts'
export type { SkippedLine, Table, TableRow } from './tables/table.ts'
export { writeLedger, type LedgerColumn, type WriteOptions } from './write/write-ledger.ts'
export {
  handleImportMessage,
  noImport,
  type ImportAnswer,
  type ImportFailure,
  type ImportMeans,
  type ImportProgress,
  type ImportRequest,
  type ImportState,
  type ImportTurn,
  type TableGroup,
} from './worker.ts'
