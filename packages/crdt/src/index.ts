/** How the model lives in Yjs documents: layout, edits, projection, conflicts, history, generations. No IO, timers, clock or randomness. */
export type * from './api.ts'
export { unknownAuthor } from './authors.ts'
export { canonicalContent, contentHash, hasPending } from './read/canonical-content.ts'
export { adoptedStepsOf, historyOf } from './read/history.ts'
export { revealsTo } from './read/reveals.ts'
export { inboxOf } from './read/inbox.ts'
export { createProjection, type ProjectionOptions } from './read/projection.ts'
export { isLocalOrigin, subjectsOf } from './origin.ts'
export { applyEdits } from './write/apply-edits.ts'
export { migrate, schemaOf } from './write/migrate.ts'
export { moveDiaries } from './write/move-diaries.ts'
export { moveJournal } from './write/move-journal.ts'
export { openCoText } from './text/co-text.ts'
export { createUndoStack } from './write/undo-stack.ts'
export { carryOver } from './fold/carry-over.ts'
export { foldGeneration } from './fold/fold-generation.ts'
export {
  directoryOf,
  readDirectory,
  type DirectoryBuilding,
  type DirectoryEntries,
  type DirectoryGrid,
  type DirectoryPerson,
  type DirectoryPlace,
} from './directory.ts'
export { addPhoto, largestPhoto, photoIn } from './photos.ts'
export { readRoster, rosterRootOf } from './roster.ts'
export { allows, documentShape } from './guard/allows.ts'
export { receiptsRoot, storedReceipt } from './receipts.ts'
export { createDocumentGuard, type DocumentGuard } from './guard/document-guard.ts'
export type { Deed, DocumentShape, Meaning, Refusal, Reveal } from './guard/meaning.ts'
export { createPathReader, type PathReader } from './guard/path-reader.ts'
export { monthsOf } from './layout.ts'
export { parseStep } from './parse-step.ts'
export { type WrittenLine } from './replay/lines.ts'
export { ownLinesOf } from './replay/own-lines.ts'
export { replay, type RefusedEdit, type Replayed, type ReplayRequest } from './replay/replay.ts'
