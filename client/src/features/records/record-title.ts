/** How a record is called in lists outside its own pages: `张伟家 · 3号楼2单元501`. */
import { tables, type Entry, type Kind, type RecordId, type Value } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { GridStore } from '../../session/session.ts'

export interface RecordTitle {
  readonly title: string
  readonly detail: string
}

export function recordTitle(store: GridStore, id: RecordId): RecordTitle {
  const ticket = store.tickets[id]
  if (ticket) return { title: ticket.birth.title, detail: [ticket.birth.no, ticket.birth.place].filter(Boolean).join(' · ') }
  const entry = store.entries[id] ?? store.trash[id]
  if (!entry) return { title: t('records.unknown'), detail: '' }
  return fieldsTitle(store, entry.kind, entry.fields)
}

export function fieldsTitle(store: GridStore, kind: Kind, all: Entry['fields'] | Readonly<Record<string, Value>>): RecordTitle {
  const fields = all as Readonly<Record<string, Value | undefined>>
  const text = (name: string) => String(fields[name] ?? '')
  const kindName = t(`records.kind.${kind}`)
  switch (kind) {
    case 'building':
      return { title: [text('estate'), text('name')].filter(Boolean).join(' '), detail: kindName }
    case 'house':
      return { title: doorText(store, fields), detail: kindName }
    case 'household': {
      const head = store.entries[text('head') as RecordId]
      const headName = head?.kind === 'person' ? String((head.fields as Readonly<Record<string, Value | undefined>>)['name'] ?? '') : ''
      const house = placeOf(store, text('house'))
      return { title: headName ? t('records.householdOf', headName) : text('householdNo') || kindName, detail: house || kindName }
    }
    case 'person': {
      const household = store.entries[text('household') as RecordId]
      const house = household ? placeOf(store, String((household.fields as Readonly<Record<string, Value | undefined>>)['house'] ?? '')) : ''
      return { title: text('name') || kindName, detail: house || kindName }
    }
    case 'unit':
    case 'facility':
      return { title: text('name') || kindName, detail: text('address') || text('place') || kindName }
    case 'note':
      return { title: text('text').slice(0, 40) || kindName, detail: text('door') || kindName }
  }
}

/** `3号楼 2单元 501`, of a house's fields. */
function doorText(store: GridStore, fields: Readonly<Record<string, Value | undefined>>): string {
  const building = store.entries[String(fields['building'] ?? '') as RecordId]
  const name = building ? String((building.fields as Readonly<Record<string, Value | undefined>>)['name'] ?? '') : ''
  const entrance = fields['entrance'] === undefined ? '' : t('records.entrance', String(fields['entrance']))
  return [name, entrance, String(fields['door'] ?? '')].filter(Boolean).join(' ')
}

function placeOf(store: GridStore, house: string): string {
  const entry = store.entries[house as RecordId]
  return entry ? doorText(store, entry.fields as Readonly<Record<string, Value | undefined>>) : ''
}

/** The Chinese or English name of a field, for conflicts and history. */
export function fieldNames(kind: Kind, field: string): { readonly zh: string; readonly en: string } {
  const table: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = tables[kind]
  return table[field] ?? { zh: field, en: field }
}
