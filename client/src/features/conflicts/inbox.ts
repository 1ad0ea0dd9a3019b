/** The inbox as cards: all conflicting fields of one record stand together. */
import type { InboxItem } from '@tongge/crdt'
import type { Entry, FieldConflict, RecordId } from '@tongge/model'

export type InboxCard =
  | { readonly type: 'fields'; readonly entry: Entry; readonly conflicts: readonly FieldConflict[] }
  | Exclude<InboxItem, { readonly type: 'field' }>

/** In the order in which each record first appears. */
export function byRecord(inbox: readonly InboxItem[]): readonly InboxCard[] {
  const cards = new Map<string, InboxCard>()
  for (const item of inbox) {
    if (item.type !== 'field') {
      cards.set(item.type === 'step' ? `step/${item.step.id}` : `deletion/${item.entry.id}`, item)
      continue
    }
    const key = `fields/${item.entry.id}` satisfies `fields/${RecordId}`
    const card = cards.get(key)
    const before = card?.type === 'fields' ? card.conflicts : []
    cards.set(key, { type: 'fields', entry: item.entry, conflicts: [...before, item.conflict] })
  }
  return [...cards.values()]
}
