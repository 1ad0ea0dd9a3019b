/** Which records may be the same thing as another, and why. Pure; a person decides. */
import { isActive, type Entry, type RecordId, type Value } from '@tongge/model'

export type Likeness = 'sameId' | 'samePhone' | 'sameName' | 'nearName' | 'sameBirth' | 'samePlace'

export interface Candidate {
  readonly entry: Entry
  /** The strongest first; never empty. */
  readonly why: readonly Likeness[]
}

const weights: Readonly<Record<Likeness, number>> = {
  sameId: 8,
  sameName: 3,
  samePhone: 2,
  sameBirth: 2,
  samePlace: 2,
  nearName: 1,
}
/** A birth date alone, a near name alone or a shared telephone alone says too little. */
const enough = 3
const mostCandidates = 20

/** Likeliest first. `nameOf` gives what a record is called, of a household the name of its head. */
export function findCandidates(
  of: Entry,
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
): readonly Candidate[] {
  return entries
    .filter((entry) => entry.kind === of.kind && entry.id !== of.id && isActive(entry))
    .map((entry) => ({ entry, why: likeness(of, entry, nameOf) }))
    .filter(({ why }) => weigh(why) >= enough)
    .sort((a, b) => weigh(b.why) - weigh(a.why) || compareIds(a.entry.id, b.entry.id))
    .slice(0, mostCandidates)
}

function likeness(a: Entry, b: Entry, nameOf: (entry: Entry) => string): readonly Likeness[] {
  const same = (field: string): boolean => value(a, field) !== undefined && value(a, field) === value(b, field)
  const [nameA, nameB] = [nameOf(a), nameOf(b)]
  const found: readonly (readonly [Likeness, boolean])[] = [
    ['sameId', same('idNo') || same('uscc')],
    ['sameName', nameA !== '' && nameA === nameB],
    ['samePhone', same('phone')],
    ['sameBirth', same('birthDate')],
    ['samePlace', same('house') || same('address') || same('household')],
    ['nearName', nameA !== nameB && isNear(nameA, nameB)],
  ]
  return found.filter(([, holds]) => holds).map(([why]) => why)
}

const weigh = (why: readonly Likeness[]): number => why.reduce((sum, one) => sum + weights[one], 0)

/** One character changed, left out or added, in names of at least two. */
function isNear(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 2 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return Math.max(a.length, b.length) - start - end === 1
}

const value = (entry: Entry, field: string): Value | undefined =>
  (entry.fields as Readonly<Record<string, Value | undefined>>)[field]

const compareIds = (a: RecordId, b: RecordId): number => (a < b ? -1 : a > b ? 1 : 0)
