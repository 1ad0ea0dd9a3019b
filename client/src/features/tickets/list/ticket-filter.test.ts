import type { AccountId } from '@tongge/model'
import { expect, test } from 'vitest'
import { folded, hour, now, reported, stepOf } from '../test-tickets.ts'
import { activeFilters, applyFilter, filterQuery, parseFilter, ticketsOfTab, withoutFilters } from './ticket-filter.ts'

const none = parseFilter({})
const viewer = { account: 'member02' as AccountId, roles: ['gridMember'] as const }
const lamp = folded('lamp', reported())
const fire = folded('fire', reported({ category: 'emergency.fire', title: '着火了', place: '2号楼' }))
const accepted = folded(
  'accepted',
  reported({ title: '井盖松动' }),
  stepOf('s1', 'accept', 'submitted', 'registered', 'member01', 'gridMember', 1),
)
const rejected = folded(
  'rejected',
  reported({ title: '误报' }),
  stepOf('s1', 'reject', 'submitted', 'rejected', 'leader01', 'gridLeader', 2, { note: '不属实' }),
)
const all = [lamp, accepted, rejected, fire]
const idsOf = (tickets: readonly { readonly id: string }[]) => tickets.map(({ id }) => id)

test('[TKA1] a filter survives its address, and what cannot be read counts as not asked for', () => {
  const filter = {
    ...none,
    tab: 'open',
    text: '灯',
    group: 'safety',
    phase: 'handling',
    state: 'inProgress',
    overdue: true,
    building: 'b1',
  } as const
  expect(parseFilter(filterQuery(filter as typeof none))).toEqual(filter)
  expect(parseFilter({ tab: 'nope', phase: 'x', state: 'draft', due: 'soon' })).toEqual(none)
})

test('[TKA1] a link with a state alone opens the tab in which it is found', () => {
  expect(parseFilter({ state: 'closed' }).tab).toBe('done')
  expect(parseFilter({ phase: 'waiting' }).tab).toBe('open')
  expect(parseFilter({ due: 'overdue' }).tab).toBe('mine')
})

test('[TKA2] open tickets are ordered by what is due next, ended ones by when they ended', () => {
  expect(idsOf(ticketsOfTab(all, 'open', viewer))).toEqual(['fire', 'accepted', 'lamp'])
  expect(idsOf(ticketsOfTab(all, 'done', viewer))).toEqual(['rejected'])
})

test('[TKA2] mine are those that wait for this person or involve them', () => {
  expect(idsOf(ticketsOfTab(all, 'mine', viewer))).toEqual(['fire', 'lamp'])
  expect(idsOf(ticketsOfTab(all, 'mine', { account: 'member01' as AccountId, roles: ['gridMember'] }))).toEqual([
    'fire',
    'accepted',
    'lamp',
  ])
})

test('[TKA3] filters and words narrow the list together', () => {
  const find = (part: object, at = now) => idsOf(applyFilter(all, { ...none, ...part }, at, () => '林晓燕'))
  expect(find({ group: 'emergency' })).toEqual(['fire'])
  expect(find({ phase: 'waiting', state: 'registered' })).toEqual(['accepted'])
  expect(find({ text: '林晓燕 lamp' })).toEqual(['lamp'])
  expect(find({ text: '没有' })).toEqual([])
  expect(find({ overdue: true }, now + 4 * hour)).toEqual(['lamp', 'accepted', 'fire'])
  expect(find({ building: 'b2' })).toEqual([])
})

test('[TKA3] the count of filters leaves tab and words out, and clearing keeps them', () => {
  const filter = { ...none, tab: 'open', text: 'x', group: 'safety', overdue: true } as const
  expect([activeFilters(filter), activeFilters(withoutFilters(filter))]).toEqual([2, 0])
  expect(withoutFilters(filter)).toMatchObject({ tab: 'open', text: 'x' })
})
