/** The ledger as an import looks it up: by door, by person, by document number. */
import type { Entry, RecordId } from '@tongge/model'
import { buildingKey, doorKey, entranceKey } from '../values/place.ts'

/** What is read of an entry; a `Snapshot`'s entries fit. */
export type LedgerEntry = Pick<Entry, 'id' | 'kind'> & { readonly fields: Readonly<Record<string, unknown>> }

export interface LedgerIndex {
  entry(id: string | undefined): LedgerEntry | undefined
  buildingsNamed(key: string): readonly LedgerEntry[]
  /** The only estate of the ledger, if there is but one. */
  readonly estate: string | undefined
  housesAt(building: RecordId, door: string): readonly LedgerEntry[]
  householdsIn(house: RecordId): readonly LedgerEntry[]
  membersOf(household: RecordId): readonly LedgerEntry[]
  peopleWithIdNo(idNo: string): readonly LedgerEntry[]
  peopleWithPhone(name: string, phone: string): readonly LedgerEntry[]
}

export function indexLedger(entries: Iterable<LedgerEntry>): LedgerIndex {
  const byId = new Map<string, LedgerEntry>()
  const lists = new Map<string, LedgerEntry[]>()
  const estates = new Set<string>()
  const put = (entry: LedgerEntry, ...key: readonly string[]): void => {
    const joined = key.join('\u0000')
    const list = lists.get(joined)
    if (list) list.push(entry)
    else lists.set(joined, [entry])
  }
  const get = (...key: readonly string[]): readonly LedgerEntry[] => lists.get(key.join('\u0000')) ?? []
  for (const entry of entries) {
    byId.set(entry.id, entry)
    const text = (field: string): string => textOf(entry, field)
    switch (entry.kind) {
      case 'building':
        put(entry, 'building', buildingKey(text('name')))
        estates.add(text('estate'))
        break
      case 'house':
        put(entry, 'house', text('building'), doorKey(text('door')))
        break
      case 'household':
        put(entry, 'household', text('house'))
        break
      case 'person':
        put(entry, 'member', text('household'))
        if (text('idNo')) put(entry, 'idNo', text('idNo').toUpperCase())
        if (text('phone')) put(entry, 'phone', text('name'), text('phone'))
        break
      case 'unit':
      case 'facility':
      case 'note':
      case 'reporter':
        break
    }
  }
  return {
    entry: (id) => (id === undefined ? undefined : byId.get(id)),
    buildingsNamed: (key) => get('building', key),
    estate: estates.size === 1 ? [...estates][0] : undefined,
    housesAt: (building, door) => get('house', building, door),
    householdsIn: (house) => get('household', house),
    membersOf: (household) => get('member', household),
    peopleWithIdNo: (idNo) => get('idNo', idNo),
    peopleWithPhone: (name, phone) => get('phone', name, phone),
  }
}

export function textOf(entry: LedgerEntry, field: string): string {
  const value = entry.fields[field]
  return typeof value === 'string' ? value : ''
}

export function entranceOf(house: LedgerEntry): string {
  return entranceKey(textOf(house, 'entrance'))
}
