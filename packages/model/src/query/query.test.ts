import { describe, expect, it } from 'vitest'
import type { Role } from '../policy/roles.ts'
import {
  account,
  actorOf,
  birth,
  entryOf,
  folded,
  hour,
  id,
  leader,
  member,
  now,
  office,
  smallGrid,
  snapshotOf,
  stepOf,
  wangIdNo,
  wayToVerified,
} from '../testing/fixture.ts'
import { coverage } from './coverage.ts'
import { indexGrid } from './grid-index.ts'
import { compareNaturally } from './natural-order.ts'
import { searchRows } from './search-rows.ts'
import { dueState, openTickets } from './tickets.ts'
import { todayFor } from './today.ts'

const day = 24 * hour

describe('the tree of a grid', () => {
  it('[QRY1] names are ordered as people read them', () => {
    const names = ['10号楼', '2号楼', '二号楼', '十一号楼', 'A座', '２号楼西', '楼', '']
    expect(names.toSorted(compareNaturally)).toEqual([
      '',
      '2号楼',
      '二号楼',
      '２号楼西',
      '10号楼',
      '十一号楼',
      'A座',
      '楼',
    ])
  })
  it('[QRY2] houses stand by entrance, floor and door, households and persons under them, the head first', () => {
    const doors = [
      ['1', '1001'],
      ['1', '301'],
      ['2', '101'],
      ['1', '302'],
    ].map(([entrance = '', door = ''], index) => entryOf('house', `x${index}`, { building: 'b2', entrance, door }))
    const index = indexGrid([...smallGrid().toReversed(), ...doors])
    expect(index.buildings.map(({ building }) => building.fields.name)).toEqual(['1号楼', '2号楼'])
    expect(index.buildings[1]?.houses.map(({ house }) => `${house.fields.entrance}-${house.fields.door}`)).toEqual([
      '1-301',
      '1-302',
      '1-1001',
      '2-101',
    ])
    expect(index.buildings[0]?.houses[0]?.households[0]?.persons.map((person) => person.id)).toEqual(['wang', 'li'])
    expect(index.nodeOfHousehold.get(id('h1'))?.persons).toHaveLength(2)
  })
  it('[QRY2] a record whose parent is not known stays in view', () => {
    const index = indexGrid([
      entryOf('house', 'r', { building: 'nowhere' }),
      entryOf('household', 'h', {}),
      entryOf('person', 'p', { household: 'nowhere' }),
    ])
    expect([index.strays.houses.length, index.strays.households.length, index.strays.persons.length]).toEqual([1, 1, 1])
  })
  it('[QRY3] people can be searched by name, building, door and tails of numbers', () => {
    const rows = searchRows(smallGrid())
    expect(rows.map((row) => row.person)).toEqual(['wang', 'li', 'zhao'])
    expect(rows[0]).toEqual({
      person: 'wang',
      household: 'h1',
      name: '王一',
      building: '1号楼',
      door: '101',
      phoneTail: '0001',
      idTail: wangIdNo.slice(-4),
      active: true,
    })
    expect(searchRows([entryOf('person', 'p', { name: '某' })])).toMatchObject([
      { person: 'p', household: undefined, building: '', phoneTail: '', idTail: '' },
    ])
  })
})

describe('coverage', () => {
  it('[QRY4] occupied houses with a headed household count as registered; empty and unknown ones do not', () => {
    const entries = [...smallGrid(), entryOf('house', 'r4', { building: 'b1', door: '104' })]
    expect(coverage(entries, now).registration).toEqual({ numerator: 1, denominator: 2, unknown: 1, estimated: 0 })
  })
  it('[QRY4] a head who left, or two households in one house, do not raise the rate', () => {
    const gone = smallGrid().map((entry) =>
      entry.id === 'wang' ? entryOf('person', 'wang', { household: 'h1', status: 'movedOut' }) : entry,
    )
    expect(coverage(gone, now).registration.numerator).toBe(0)
    const two = [
      ...smallGrid(),
      entryOf('household', 'h3', { house: 'r101', head: 'p3' }),
      entryOf('person', 'p3', { household: 'h3' }),
    ]
    expect(coverage(two, now).registration).toMatchObject({ numerator: 1, denominator: 2 })
  })
  it.each([
    ['a building of 100 doors with one registered house', { b1: 100 }, ['b1'], { denominator: 100, estimated: 99 }],
    ['more houses than doors', { b1: 1 }, ['b1', 'b1'], { denominator: 2, estimated: 0 }],
    ['doors too many in one building, too few in another', { b1: 1, b2: 3 }, ['b1', 'b1', 'b2'], { estimated: 2 }],
    ['a building whose doors nobody counted', { b1: undefined }, ['b1'], { denominator: 1, estimated: 0 }],
    ['a building without any house', { b1: 1, b2: 40 }, ['b1'], { denominator: 41, estimated: 40 }],
  ] as const)('[QRY4] %s: doors that nobody recorded are in the denominator', (_, doors, homes, expected) => {
    const entries = [
      ...Object.entries(doors).map(([name, doorCount]) => entryOf('building', name, doorCount ? { doorCount } : {})),
      ...homes.flatMap((building, n) => [
        entryOf('house', `r${n}`, { building, door: `${n}`, occupancy: 'owner' }),
        entryOf('household', `h${n}`, { house: `r${n}`, head: `p${n}` }),
        entryOf('person', `p${n}`, { household: `h${n}` }),
      ]),
    ]
    expect(coverage(entries, now).registration).toMatchObject({ numerator: homes.length, unknown: 0, ...expected })
  })
  it.each([
    [10, { denominator: 10, estimated: 9 }],
    [3, { denominator: 4, estimated: 3 }],
    [undefined, { denominator: 4, estimated: 3 }],
  ])(
    '[QRY4] a grid that is said to have %s households counts at least those, and never fewer doors',
    (target, expected) => {
      const entries = [
        entryOf('building', 'b1', { doorCount: 4 }),
        entryOf('house', 'r1', { building: 'b1', door: '1', occupancy: 'owner' }),
      ]
      expect(coverage(entries, now, target).registration).toMatchObject({ numerator: 0, unknown: 0, ...expected })
    },
  )
  it('[QRY4] an empty house that is recorded leaves the denominator, a building off the register has no doors', () => {
    const entries = [
      entryOf('building', 'b1', { doorCount: 3 }),
      entryOf('building', 'b2', { doorCount: 50, status: 'cancelled' }),
      entryOf('house', 'r1', { building: 'b1', door: '1', occupancy: 'vacant' }),
      entryOf('house', 'r2', { building: 'b1', door: '2', occupancy: 'owner', status: 'cancelled' }),
    ]
    expect(coverage(entries, now).registration).toEqual({ numerator: 0, denominator: 2, unknown: 0, estimated: 2 })
  })
  it('[QRY5] floating people confirmed within 7 days count as up to date', () => {
    const person = (name: string, fields: object) =>
      entryOf('person', name, { household: 'h2', resident: '02', ...fields })
    const entries = [
      person('a', { floatingConfirmedAt: now - 7 * day }),
      person('b', { floatingConfirmedAt: now - 7 * day - 1 }),
      person('c', {}),
      person('d', { status: 'movedOut' }),
      entryOf('person', 'e', {}),
    ]
    expect(coverage(entries, now).floating).toEqual({ numerator: 1, denominator: 3, unknown: 1, estimated: 0 })
  })
  it('[QRY6] a care file is a tag with a visit plan and somebody to call', () => {
    const household = (name: string, fields: object) => entryOf('household', name, { house: 'r101', ...fields })
    const entries = [
      household('a', {
        careTags: ['aged'],
        visitRule: 'daily',
        emergencyContact: '女儿',
        emergencyPhone: '13800000001',
      }),
      household('b', { careTags: ['aged'], visitRule: 'daily' }),
      household('c', { verifyState: '1' }),
      household('d', { verifyState: '0' }),
    ]
    expect(coverage(entries, now).care).toEqual({ numerator: 1, denominator: 2, unknown: 1, estimated: 0 })
  })
})

describe('due tickets', () => {
  const submitted = folded(...wayToVerified.slice(0, 1))
  it('[QRY7] the earliest time still open is the one shown', () => {
    expect(dueState(submitted, now)).toEqual({ label: 'ok', what: 'onSite', at: now + 3 * hour })
    expect(dueState(submitted, now + 2.5 * hour).label).toBe('soon')
    expect(dueState(submitted, now + 3 * hour + 1).label).toBe('overdue')
    const started = folded(...wayToVerified.slice(0, 4))
    expect(dueState(started, now + 3 * hour)).toMatchObject({ label: 'ok', what: 'resolve' })
    expect(dueState(started, now + 60 * hour).label).toBe('soon')
    expect(dueState(folded(...wayToVerified), now + 99 * hour)).toEqual({ label: 'none' })
  })
  it('[QRY7] an emergency is answered by its report, a suspended or closed ticket is not due', () => {
    const emergency = folded(
      stepOf('s0', 'submit', 'draft', member, 0, { birth: { ...birth, category: 'emergency.fire' } }),
    )
    expect(dueState(emergency, now)).toMatchObject({ what: 'onSite' })
    expect(
      dueState(folded(...wayToVerified.slice(0, 4), stepOf('p', 'suspend', 'inProgress', member, 4)), now + 99 * hour)
        .label,
    ).toBe('none')
    expect(
      dueState(folded(...wayToVerified, stepOf('c', 'callback', 'verified', member, 6)), now + 99 * hour).label,
    ).toBe('none')
  })
  it('[QRY8] a person sees the open tickets they can move or take part in, the most pressing first', () => {
    const mine = folded(...wayToVerified.slice(0, 4))
    const urgent = {
      ...submitted,
      id: id('t2'),
      birth: { ...birth, category: 'emergency.fire' },
      due: { onSite: now + hour },
    }
    const closed = { ...folded(...wayToVerified, stepOf('c', 'callback', 'verified', member, 6)), id: id('t3') }
    expect(openTickets([mine, urgent, closed], member).map((ticket) => ticket.id)).toEqual(['t2', 't1'])
    expect(openTickets([mine, urgent, closed], actorOf('x', 'gridMember')).map((ticket) => ticket.id)).toEqual(['t2'])
    expect(openTickets([mine, urgent, closed], actorOf('x', 'volunteer'))).toEqual([])
    const conflicting = folded(...wayToVerified.slice(0, 4), stepOf('z', 'reject', 'submitted', office, 9))
    expect(openTickets([conflicting], leader)).toHaveLength(1)
  })
})

describe('今日', () => {
  it('[QRY9] floating people to check again, visits that are due and what others changed', () => {
    const other = { at: now - hour, by: office.account, device: '电脑' }
    const entries = [
      entryOf('person', 'f1', { resident: '02', floatingConfirmedAt: now - 8 * day }),
      entryOf('person', 'f2', { resident: '02' }),
      entryOf('person', 'f3', { resident: '02', floatingConfirmedAt: now - day }),
      entryOf('household', 'v1', { visitRule: 'daily', lastConfirmedAt: now - day }),
      entryOf('household', 'v2', { visitRule: 'daily', lastConfirmedAt: now - hour }),
      entryOf('household', 'v3', { visitRule: 'weekly', lastConfirmedAt: now - 9 * day }),
      entryOf('household', 'v4', { visitRule: 'weekly' }),
      entryOf('household', 'v5', { visitRule: 'irregular' }),
      entryOf('household', 'v6', { visitRule: 'daily', status: 'movedOut' }),
      entryOf('house', 'c1', {}, { updated: other }),
      entryOf('house', 'c2', {}, { updated: { ...other, by: member.account } }),
    ]
    const ticket = folded(...wayToVerified.slice(0, 3))
    const today = todayFor(
      snapshotOf(entries, { tickets: new Map([[ticket.id, ticket]]) }),
      member,
      now,
      now - 2 * hour,
    )
    expect(today.floating.map((person) => person.id)).toEqual(['f2', 'f1'])
    expect(today.visits.map(({ household }) => household.id)).toEqual(['v4', 'v3', 'v1'])
    expect(today.changed.entries.map((entry) => entry.id)).toEqual(['c1'])
    expect(today.changed.tickets.map((changed) => changed.id)).toEqual(['t1'])
    expect(today.tickets).toMatchObject([{ ticket: { id: 't1' }, due: { what: 'onSite' } }])
  })
  it('[QRY9] visits and floating people are the work of those who may record them', () => {
    const snapshot = snapshotOf([
      entryOf('person', 'f', { resident: '02' }),
      entryOf('household', 'v', { visitRule: 'daily' }, { updated: { at: now, by: account('other'), device: '手机' } }),
    ])
    const listed = (role: Role) => {
      const { floating, visits, changed } = todayFor(snapshot, actorOf('someone', role), now, now - hour)
      return [floating.length, visits.length, changed.entries.length]
    }
    expect([listed('gridMember'), listed('community'), listed('police')]).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 1],
    ])
  })
  it('[QRY9] a daily visit of yesterday evening is due this morning', () => {
    const evening = Date.parse('2026-11-19T22:00:00+08:00')
    const snapshot = snapshotOf([entryOf('household', 'v', { visitRule: 'daily', lastConfirmedAt: evening })])
    expect(todayFor(snapshot, member, Date.parse('2026-11-20T00:00:00+08:00')).visits).toHaveLength(1)
    expect(todayFor(snapshot, member, Date.parse('2026-11-19T23:59:00+08:00')).visits).toHaveLength(0)
  })
})
