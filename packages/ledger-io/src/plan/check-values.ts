/** Checks the values of one record before it is drafted. Rules between records are `plan`'s in the model. */
import { checkField, fieldsOf, type Day } from '@tongge/model'
import type { FieldTarget, ImportKind } from '../columns/targets.ts'
import type { DraftRow, Values } from './read-row.ts'

/** Takes out optional values that do not fit, with a note. Answers whether a value that a record needs is wrong. */
export function dropUnfit(kind: ImportKind, values: Values, row: DraftRow, today: Day): boolean {
  let isFatal = false
  for (const { name, required } of fieldsOf(kind)) {
    const value = values[name]
    if (value === undefined) continue
    const problem = checkField(kind, name, value, { today })
    if (!problem) continue
    delete values[name]
    isFatal ||= required === true || name === 'idNo'
    note(row, kind, name, problem.problem, problem.detail)
  }
  return isFatal
}

/** Required fields without a value, `given` aside; each is noted unless its cell already has a note. */
export function isIncomplete(kind: ImportKind, values: Values, row: DraftRow, given: readonly string[]): boolean {
  let incomplete = false
  for (const { name, required } of fieldsOf(kind)) {
    if (!required || given.includes(name) || values[name] !== undefined) continue
    incomplete = true
    if (!row.notes.some(({ target }) => target === `${kind}.${name}`)) note(row, kind, name, 'required')
  }
  return incomplete
}

function note(
  row: DraftRow,
  kind: ImportKind,
  name: string,
  code: DraftRow['notes'][number]['code'],
  detail?: string,
): void {
  // Field names of a kind's own table make a target of it.
  const target = `${kind}.${name}` as FieldTarget
  const column = row.columnOf(target)
  row.notes.push({ code, target, ...(column !== undefined && { column }), ...(detail !== undefined && { detail }) })
}
