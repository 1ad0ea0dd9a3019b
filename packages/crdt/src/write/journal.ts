/** The journal 变更记录: what a field was before, so that history outlives the slots. Values of sensitive fields are never written here. */
import { isSealed, type Edit } from '@tongge/model'
import { sign } from '../authors.ts'
import type { PlacedQuarter } from '../documents.ts'
import { adoptionField, deletionField, journalOf, type JournalRow, monthWithin, restorationField } from '../layout.ts'
import type { Pen } from './record-writes.ts'

/** `before` and the edit's value are left out where the field is sensitive; null stands for "not known". */
export function journalRow(
  pen: Pen,
  edit: Edit & { op: 'set' | 'delete' | 'restore' },
  code?: string,
  before?: unknown,
): JournalRow {
  const stamp = [pen.at, pen.writer.slot] as const
  if (edit.op === 'delete') return [edit.id, deletionField, 'd', null, null, ...stamp]
  if (edit.op === 'restore') return [edit.id, restorationField, 'r', null, null, ...stamp]
  if (isSealed(edit.kind, edit.field)) return [edit.id, code ?? '', 's', null, null, ...stamp]
  return [edit.id, code ?? '', 'c', before ?? null, edit.value ?? null, ...stamp]
}

/** That somebody wrote in a co-edited text; its words stay where fewer may read them. */
export function textRow(pen: Pen, id: string, code: string): JournalRow {
  return [id, code, 's', null, null, pen.at, pen.writer.slot]
}

/** Whose it was stands where a new value would. */
export function adoptionRow(pen: Pen, { id, step, author }: Edit & { op: 'attribute' }): JournalRow {
  return [id, `${adoptionField}${step ?? ''}`, 'c', null, author, pen.at, pen.writer.slot]
}

export function appendJournal({ doc, quarter }: PlacedQuarter, pen: Pen, rows: readonly JournalRow[]): void {
  sign(doc, pen.writer)
  journalOf(doc, monthWithin(quarter, pen.at)).push(rows.map((row) => JSON.stringify(row)))
}
