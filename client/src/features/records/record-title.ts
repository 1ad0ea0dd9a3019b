/** How a record is called in lists outside its own pages: `张伟家` and below it `3号楼 2单元 501`. */
import type { Kind, RecordId, Value } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { GridStore } from '../../session/session.ts'

export interface RecordTitle {
  readonly title: string
  readonly detail: string
}

type AnyFields = Readonly<Record<string, Value | undefined>>

/** Reactive on the records it reads. */
export function recordTitle(store: GridStore, id: RecordId): RecordTitle {
  const ticket = store.tickets[id]
  if (ticket)
    return { title: ticket.birth.title, detail: [ticket.birth.no, ticket.birth.place].filter(Boolean).join(' · ') }
  const entry = store.entries[id] ?? store.trash[id]
  return entry ? fieldsTitle(store, entry.kind, entry.fields) : { title: t('records.unknown'), detail: '' }
}

export function fieldsTitle(store: GridStore, kind: Kind, fields: AnyFields): RecordTitle {
  const text = (name: string) => String(fields[name] ?? '')
  const kindName = t(`records.kind.${kind}`)
  switch (kind) {
    case 'building':
      return { title: [text('estate'), text('name')].filter(Boolean).join(' '), detail: kindName }
    case 'house':
      return { title: doorText(store, fields), detail: kindName }
    case 'household': {
      const head = fieldsOf(store, text('head'))['name']
      return {
        title: head === undefined ? text('householdNo') || kindName : t('records.householdOf', String(head)),
        detail: placeText(store, fields) || kindName,
      }
    }
    case 'person':
      return {
        title: text('name') || kindName,
        detail: placeText(store, fieldsOf(store, text('household'))) || kindName,
      }
    case 'unit':
    case 'facility':
      return { title: text('name') || kindName, detail: text('address') || text('place') || kindName }
    case 'reporter':
      return { title: text('name') || kindName, detail: kindName }
    case 'note':
      return { title: text('text').slice(0, 40) || kindName, detail: text('door') || kindName }
  }
}

/** Of a household's fields: `3号楼 2单元 501`, empty when its house is not known here. */
function placeText(store: GridStore, household: AnyFields): string {
  return doorText(store, fieldsOf(store, String(household['house'] ?? '')))
}

function doorText(store: GridStore, house: AnyFields): string {
  const building = fieldsOf(store, String(house['building'] ?? ''))['name']
  const entrance = house['entrance']
  return [building, entrance === undefined ? '' : t('records.entrance', String(entrance)), house['door']]
    .filter(Boolean)
    .join(' ')
}

function fieldsOf(store: GridStore, id: string): AnyFields {
  return store.entries[id as RecordId]?.fields ?? {}
}
