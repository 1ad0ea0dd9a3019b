/** Takes one's own edits back, and brings them again, by ordinary edits. What somebody changed since stays as it is and is named. */
import { type Edit, fieldOf, type Snapshot, type Value } from '@tongge/model'
import type { Applied, GridDocuments, Skipped, UndoStack, Undone, Writer } from '../api.ts'
import { fieldHomeOf } from '../documents.ts'
import { recordContent } from '../read/record-content.ts'
import { valueKey } from '../slots.ts'
import { holdsText } from '../text/join-texts.ts'
import { textOf } from '../text/text-print.ts'
import { applyEdits } from './apply-edits.ts'

/** Steps of a ticket and reveals are never taken back: a command with nothing to take back is not remembered. */
export function createUndoStack(): UndoStack {
  const done: Applied[] = []
  const undone: Applied[] = []
  const takeBack = (
    from: Applied[],
    to: Applied[],
    documents: GridDocuments,
    snapshot: Snapshot,
    writer: Writer,
  ): Undone | undefined => {
    const last = from.at(-1)
    if (!last) return undefined
    const standing = standingOf(last, documents, snapshot)
    const edits = last.inverse.filter((edit) => standing.isStanding(edit))
    const applied = applyEdits(documents, edits, writer)
    if (applied.unplaced.length > 0) return { applied, skipped: [] }
    from.pop()
    if (applied.inverse.length > 0) to.push(applied)
    return { applied, skipped: standing.skipped }
  }
  return {
    record(applied) {
      if (applied.inverse.length === 0) return
      done.push(applied)
      undone.length = 0
    },
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
    last: () => done.at(-1),
    undo: (documents, snapshot, writer) => takeBack(done, undone, documents, snapshot, writer),
    redo: (documents, snapshot, writer) => takeBack(undone, done, documents, snapshot, writer),
  }
}

type RecordEdit = Exclude<Edit, { op: 'step' | 'reveal' | 'attribute' | 'hold' }>

function isOfRecord(edit: Edit): edit is RecordEdit {
  return edit.op !== 'step' && edit.op !== 'reveal' && edit.op !== 'attribute' && edit.op !== 'hold'
}

interface Standing {
  readonly skipped: readonly Skipped[]
  isStanding(inverse: Edit): boolean
}

function standingOf({ edits, inverse, restored }: Applied, documents: GridDocuments, snapshot: Snapshot): Standing {
  const skipped: Skipped[] = []
  const gone = new Set<string>()
  const last = new Map<string, RecordEdit>()
  const changed = new Set(inverse.filter(isOfRecord).map(keyOf))
  for (const edit of edits.filter(isOfRecord)) last.set(keyOf(edit), edit)
  for (const [key, edit] of last) {
    if (!changed.has(key) || (stands(edit, last, snapshot) && !isRewritten(edit, restored, documents))) continue
    gone.add(key)
    skipped.push({ id: edit.id, field: 'field' in edit ? edit.field : undefined })
  }
  for (const edit of inverse) {
    if (edit.op !== 'cutText' || gone.has(keyOf(edit)) || isWhole(edit, documents)) continue
    gone.add(keyOf(edit))
    skipped.push({ id: edit.id, field: edit.field })
  }
  return { skipped, isStanding: (inverse) => isOfRecord(inverse) && !gone.has(keyOf(inverse)) }
}

/** Undo would take a record out of view in which somebody has written: the snapshot does not tell of texts, nor an edit of what came back with it. */
function isRewritten(edit: RecordEdit, restored: Applied['restored'], documents: GridDocuments): boolean {
  if (edit.op === 'restore') return recordContent(documents, edit.kind, edit.id) !== restored.get(edit.id)
  return edit.op === 'create' && documents.diary !== undefined && textOf(documents.diary, edit.id) !== ''
}

/** A field of a record, or the record as a whole: what an edit and its inverse have in common. */
function keyOf(edit: RecordEdit): string {
  return 'field' in edit ? `${edit.id}/${edit.field}` : edit.id
}

/** Whether what was put into a text still stands there as one piece. */
function isWhole({ kind, id, field, text }: Edit & { op: 'cutText' }, documents: GridDocuments): boolean {
  const home = fieldHomeOf(documents, kind, id, field)
  const code = fieldOf(kind, field)?.code
  return home !== undefined && code !== undefined && holdsText(home.doc, id, code, text)
}

function stands(edit: RecordEdit, last: ReadonlyMap<string, RecordEdit>, snapshot: Snapshot): boolean {
  const entry = snapshot.entries.get(edit.id)
  if (edit.op === 'delete') return snapshot.trash.has(edit.id)
  if (!entry || entry.deletion) return false
  // What was put into a text is looked for there.
  if (edit.op === 'restore' || edit.op === 'appendText' || edit.op === 'cutText') return true
  const fields: Readonly<Record<string, Value>> = entry.fields
  const isAsWritten = (name: string, value: Value | undefined): boolean =>
    valueKey(fields[name]) === valueKey(value) && !entry.conflicts.some((conflict) => conflict.field === name)
  if (edit.op === 'set') return isAsWritten(edit.field, edit.value)
  const names = new Set([...Object.keys(fields), ...Object.keys(edit.fields)])
  return [...names].every((name) => {
    const later = last.get(`${edit.id}/${name}`)
    return !fieldOf(edit.kind, name) || isAsWritten(name, later?.op === 'set' ? later.value : edit.fields[name])
  })
}
