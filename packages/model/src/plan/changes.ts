/** Edits that several commands make. */
import type { FieldValues } from '../commands.ts'
import type { Value } from '../field.ts'
import type { RecordId } from '../ids.ts'
import { isActive, isKindOf, type Entry, type Kind } from '../records.ts'
import type { Edit, Snapshot } from '../snapshot.ts'
import { valuesOf } from './references.ts'

export function setField(entry: Pick<Entry, 'kind' | 'id'>, field: string, value: Value | undefined): Edit {
  return { op: 'set', kind: entry.kind, id: entry.id, field, value }
}

export function setFields(entry: Pick<Entry, 'kind' | 'id'>, fields: FieldValues): readonly Edit[] {
  return Object.entries(fields).map(([field, value]) => setField(entry, field, value))
}

/** The fields that differ from the entry's; a conflicted field always counts, since writing it settles it. */
export function changedFields(entry: Entry, fields: FieldValues): FieldValues {
  const conflicted = new Set(entry.conflicts.map((conflict) => conflict.field))
  const before = valuesOf(entry)
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => conflicted.has(name) || !isSame(before[name], value)),
  )
}

/** 01 本人 and 02 户主. */
export function isHeadKin(kin: unknown): boolean {
  return kin === '01' || kin === '02'
}

/** The head of a household, if that person is on the register and still belongs to it. */
export function headOf(snapshot: Snapshot, household: Entry<'household'>): RecordId | undefined {
  const head = household.fields.head as RecordId | undefined
  const person = head === undefined ? undefined : snapshot.entries.get(head)
  return person && isKindOf(person, 'person') && isActive(person) && person.fields.household === household.id
    ? head
    : undefined
}

/** Clears the head of every household that names this person, when the person leaves. */
export function clearHeadships(snapshot: Snapshot, person: RecordId): readonly Edit[] {
  const edits: Edit[] = []
  for (const entry of snapshot.entries.values()) {
    if (isKindOf(entry, 'household') && entry.fields.head === person) edits.push(setField(entry, 'head', undefined))
  }
  return edits
}

export function kindIn(snapshot: Snapshot): (id: string) => Kind | undefined {
  return (id) => snapshot.entries.get(id as RecordId)?.kind
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object')
    return a.length === b.length && a.every((item, index) => item === b[index])
  return a === b
}
