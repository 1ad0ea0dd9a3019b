/** Typed reading of single records, and what a record is called. */
import type { Entry, Kind, RecordId, Value } from '@tongge/model'
import { t } from '../../../i18n/i18n.ts'
import type { GridStore } from '../../../session/session.ts'

/** Reactive on this one record only. */
export function entryOf<K extends Kind>(store: GridStore, kind: K, id: string | undefined): Entry<K> | undefined {
  const entry = id === undefined ? undefined : store.entries[id as RecordId]
  return entry?.kind === kind ? (entry as Entry<K>) : undefined
}

/** Such as 3号楼 2单元 501 for a house or a household, a name for all others. Reactive on the records it reads. */
export function titleOf(store: GridStore, id: string | undefined): string {
  const entry = id === undefined ? undefined : store.entries[id as RecordId]
  if (entry === undefined) return ''
  const fields: Readonly<Record<string, Value | undefined>> = entry.fields
  const text = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  switch (entry.kind) {
    case 'building':
      return buildingTitle(entry as Entry<'building'>)
    case 'house':
      return doorTitle(entry as Entry<'house'>, entryOf(store, 'building', text('building')))
    case 'household': {
      const house = entryOf(store, 'house', text('house'))
      return house === undefined
        ? t('ledger.kind.household')
        : doorTitle(house, entryOf(store, 'building', house.fields.building))
    }
    case 'person':
    case 'unit':
    case 'facility':
    case 'reporter':
      return text('name')
    case 'note':
      return text('text')
  }
}

export function buildingTitle(building: Entry<'building'>): string {
  return building.fields.name ?? building.fields.estate ?? ''
}

/** Such as 3号楼 2单元 501. */
export function doorTitle(house: Entry<'house'>, building: Entry<'building'> | undefined): string {
  const { entrance, door } = house.fields
  return [building && buildingTitle(building), entrance && t('records.entrance', entrance), door]
    .filter(Boolean)
    .join(' ')
}
