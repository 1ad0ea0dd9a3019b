/** The field tables as lists, for forms and import columns. */
import type { Field, FieldTable } from './field.ts'
import { tables, type Kind } from './records.ts'

export type NamedField = Field & { readonly name: string }

const fieldsByKind = new Map<Kind, readonly NamedField[]>()

/** The fields of a kind in the order of its table; the same array at every call. */
export function fieldsOf(kind: Kind): readonly NamedField[] {
  const known = fieldsByKind.get(kind)
  if (known) return known
  const table: FieldTable = tables[kind]
  const fields = Object.entries(table).map(([name, field]) => ({ ...field, name }))
  fieldsByKind.set(kind, fields)
  return fields
}
