/** Which record points at which, read from the field tables. */
import type { Value } from '../field.ts'
import { fieldsOf, type NamedField } from '../fields.ts'
import type { RecordId } from '../ids.ts'
import type { Entry, Kind } from '../records.ts'
import type { Snapshot } from '../snapshot.ts'

export interface Reference {
  readonly field: string
  readonly kind: string
}

const referencesByKind = new Map<Kind, readonly Reference[]>()

export function referencesOf(kind: Kind): readonly Reference[] {
  const known = referencesByKind.get(kind)
  if (known) return known
  const references = fieldsOf(kind)
    .filter((field): field is NamedField & { type: 'ref' } => field.type === 'ref')
    .map((field) => ({ field: field.name, kind: field.kind }))
  referencesByKind.set(kind, references)
  return references
}

/** Fields of an entry by name, whatever its kind. */
export function valuesOf(entry: Entry): Readonly<Record<string, Value | undefined>> {
  return entry.fields
}

export interface Referrer {
  readonly entry: Entry
  readonly field: string
}

/** Every live record that names `id`, and in which field. */
export function referrersOf(snapshot: Snapshot, id: RecordId): readonly Referrer[] {
  const referrers: Referrer[] = []
  for (const entry of snapshot.entries.values()) {
    for (const { field } of referencesOf(entry.kind)) {
      if (valuesOf(entry)[field] === id) referrers.push({ entry, field })
    }
  }
  return referrers
}
