/** What makes two records the same thing: an ID number, a name and birth date within a household, a building's name, a door. */
import type { FieldValues, Refusal } from '../commands.ts'
import type { Value } from '../field.ts'
import type { RecordId } from '../ids.ts'
import type { Entry, Kind } from '../records.ts'
import { fail } from '../result.ts'
import type { Snapshot } from '../snapshot.ts'
import { plainText } from '../checks/text.ts'
import { valuesOf } from './references.ts'
import type { Refused } from './refusals.ts'

export interface IdentityKey {
  /** The field beside which to show that the record exists. */
  readonly field: string
  readonly key: string
}

/** None for a record that is cancelled or archived: its place may be taken. */
export function identityKeys(kind: Kind, fields: FieldValues): readonly IdentityKey[] {
  if (fields['status'] === 'cancelled' || fields['status'] === 'archived') return []
  switch (kind) {
    case 'person':
      return [...keyOf('idNo', fields, ['idNo']), ...keyOf('name', fields, ['household', 'name', 'birthDate'])]
    case 'building':
      return keyOf('name', fields, ['estate', 'name'])
    case 'house':
      return keyOf('door', fields, ['building', 'door'], fields['entrance'])
    case 'unit':
      return keyOf('uscc', fields, ['uscc'])
    case 'household':
    case 'facility':
    case 'note':
    case 'reporter':
      return []
  }
}

const keysByEntry = new WeakMap<Entry, readonly IdentityKey[]>()

/** The same as `identityKeys`, remembered: entries keep their identity until they change. */
export function identityKeysOf(entry: Entry): readonly IdentityKey[] {
  const known = keysByEntry.get(entry)
  if (known) return known
  const keys = identityKeys(entry.kind, valuesOf(entry))
  keysByEntry.set(entry, keys)
  return keys
}

/** Whether a record with these fields would be one that exists already; keys that `before` had do not count. */
export function findDuplicate(
  snapshot: Snapshot,
  kind: Kind,
  fields: FieldValues,
  ignore: readonly RecordId[],
  before?: FieldValues,
): Refused | undefined {
  const old = new Set(before ? identityKeys(kind, before).map(({ key }) => key) : [])
  const keys = identityKeys(kind, fields).filter(({ key }) => !old.has(key))
  if (keys.length === 0) return undefined
  for (const { field, key } of keys) {
    const of: RecordId[] = []
    for (const entry of snapshot.entries.values()) {
      if (entry.kind !== kind || ignore.includes(entry.id)) continue
      if (identityKeys(kind, valuesOf(entry)).some((other) => other.key === key)) of.push(entry.id)
    }
    if (of.length > 0) return fail<Refusal>({ reason: 'duplicate', of, field })
  }
  return undefined
}

/** None unless every named field is text. */
function keyOf(field: string, fields: FieldValues, names: readonly string[], optional?: Value): readonly IdentityKey[] {
  const parts = names.map((name) => fields[name]).filter((part) => typeof part === 'string')
  if (parts.length < names.length) return []
  const text = [...parts, typeof optional === 'string' ? optional : '']
    .map((part) => plainText(part).toUpperCase())
    .join('\u0000')
  return [{ field, key: `${field}\u0000${text}` }]
}
