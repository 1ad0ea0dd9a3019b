import type { InboxItem } from '@tongge/crdt'
import { expect, test } from 'vitest'
import { byRecord } from './inbox.ts'

const entry = (id: string) => ({ id }) as unknown as Extract<InboxItem, { type: 'field' }>['entry']
const field = (id: string, name: string): InboxItem => ({
  type: 'field',
  entry: entry(id),
  conflict: { field: name, rivals: [] },
})
const deletion = (id: string): InboxItem => ({ type: 'deletion', entry: entry(id), deletion: {} as never })

test('[APP16] all conflicting fields of one record stand on one card, in the order in which records first appear', () => {
  const cards = byRecord([field('a', 'phone'), deletion('b'), field('c', 'name'), field('a', 'house')])
  const told = cards.map((card) =>
    card.type === 'fields' ? [card.entry.id, ...card.conflicts.map((one) => one.field)] : [card.type],
  )
  expect(told).toEqual([['a', 'phone', 'house'], ['deletion'], ['c', 'name']])
})

test('[APP16] a record that was deleted and also has conflicting fields has a card for each', () => {
  expect(byRecord([field('a', 'phone'), deletion('a')]).map((card) => card.type)).toEqual(['fields', 'deletion'])
})
