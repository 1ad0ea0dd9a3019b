/** Whether the ledger already has the person of a row, and by what it is told. */
import type { RecordId } from '@tongge/model'
import { textOf, type LedgerEntry, type LedgerIndex } from './ledger-index.ts'
import type { Values } from './read-row.ts'
import type { MatchedBy } from './report.ts'

export type Match =
  | { readonly entry: LedgerEntry; readonly by: MatchedBy }
  /** Like somebody in the ledger, but a person must say whether it is the same one. */
  | { readonly doubt: 'idDiffers' | 'severalMatches' }

/** `households` are those of the door the row names, or the one it turned out to belong to. */
export function matchPerson(index: LedgerIndex, person: Values, households: readonly RecordId[]): Match | undefined {
  const { name, birthDate, phone } = person
  const idNo = person['idNo']
  if (typeof idNo === 'string') {
    const byIdNo = index.peopleWithIdNo(idNo)
    if (byIdNo.length > 0) return one(byIdNo, 'idNo')
  }
  if (typeof name !== 'string') return undefined
  const namesakes = households.flatMap((id) => index.membersOf(id)).filter((entry) => textOf(entry, 'name') === name)
  const tiers: readonly (readonly [readonly LedgerEntry[], MatchedBy])[] = [
    [namesakes.filter((entry) => birthDate !== undefined && textOf(entry, 'birthDate') === birthDate), 'nameAndBirth'],
    [
      typeof phone === 'string'
        ? index.peopleWithPhone(name, phone).filter((entry) => fitsBirth(entry, birthDate))
        : [],
      'nameAndPhone',
    ],
    [idNo === undefined && birthDate === undefined ? namesakes : [], 'nameInHousehold'],
  ]
  for (const [found, by] of tiers) {
    if (found.length === 0) continue
    const fitting = found.filter((entry) => idNo === undefined || textOf(entry, 'idNo') === '')
    // A household's phone is shared; a namesake with another number there is simply another person.
    if (fitting.length === 0 && by === 'nameAndPhone') continue
    return fitting.length === 0 ? { doubt: 'idDiffers' } : one(fitting, by)
  }
  return undefined
}

function fitsBirth(entry: LedgerEntry, birthDate: unknown): boolean {
  const known = textOf(entry, 'birthDate')
  return known === '' || birthDate === undefined || known === birthDate
}

function one(found: readonly LedgerEntry[], by: MatchedBy): Match {
  const [only, second] = found
  return only && !second ? { entry: only, by } : { doubt: 'severalMatches' }
}
