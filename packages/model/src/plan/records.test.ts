import { describe, expect, it } from 'vitest'
import type { Command } from '../commands.ts'
import {
  account,
  actorOf,
  contextOf,
  entryOf,
  helper,
  id,
  idNumber,
  member,
  now,
  office,
  smallGrid,
  snapshotOf,
  wangIdNo,
} from '../testing/fixture.ts'
import type { Actor, Snapshot } from '../snapshot.ts'
import { mayRestore, maySetField, maySettleDeletion } from './authority.ts'
import { plan } from './plan.ts'

const snapshot = snapshotOf(smallGrid())
const run = (command: Command, actor: Actor = member, on: Snapshot = snapshot) => plan(on, command, contextOf(actor))
const person = { household: 'h2', name: '钱四', kinToHead: '99', sex: '1', birthDate: '1991-01-01', resident: '01' }
const add = (fields: object, kind: 'person' | 'building' | 'house' | 'household' | 'unit' = 'person'): Command => ({
  do: 'addRecord',
  kind,
  fields: { ...fields },
})
const edit = (name: string, fields: object): Command => ({ do: 'editRecord', id: id(name), fields: { ...fields } })
const stamp = { at: now, by: member.account, device: '手机' }

describe('adding', () => {
  it('[PLAN1] a record begins with its defaults, trimmed and in its stored spelling', () => {
    expect(run(add({ ...person, name: ' 钱四 ', phone: '138 0000 0009', remark: '  ' }))).toEqual({
      ok: true,
      value: [
        {
          op: 'create',
          kind: 'person',
          id: 'new1',
          fields: {
            ...person,
            phone: '13800000009',
            gridCode: snapshot.grid,
            source: 'visit',
            verifyState: '0',
            status: 'active',
          },
        },
      ],
    })
  })
  it('[PLAN2] a valid ID number fills in sex and birth date', () => {
    const { sex: _, birthDate: __, ...rest } = person
    expect(run(add({ ...rest, idNo: idNumber('19910305', '004').toLowerCase() }))).toMatchObject({
      ok: true,
      value: [{ fields: { sex: '2', birthDate: '1991-03-05', idNo: idNumber('19910305', '004') } }],
    })
    expect(run(add({ ...person, sex: '0', idNo: idNumber('19910101', '001') }))).toMatchObject({
      ok: true,
      value: [{ fields: { sex: '1' } }],
    })
  })
  it('[PLAN2] an ID number that contradicts sex or birth date is refused', () => {
    expect(run(add({ ...person, idNo: idNumber('19910102', '002') }))).toEqual({
      ok: false,
      failure: {
        reason: 'invalid',
        problems: [
          { field: 'sex', problem: 'idSexMismatch' },
          { field: 'birthDate', problem: 'idBirthMismatch' },
        ],
      },
    })
  })
  it('[PLAN3] every problem is reported at once, beside its field', () => {
    expect(
      run(
        add({
          household: 'h9',
          name: '',
          sex: 'x',
          birthDate: '2030-01-01',
          resident: '01',
          phone: '1',
          gridCode: '990101013006009',
          colour: 'red',
        }),
      ),
    ).toEqual({
      ok: false,
      failure: {
        reason: 'invalid',
        problems: [
          { field: 'name', problem: 'required' },
          { field: 'kinToHead', problem: 'required' },
          { field: 'sex', problem: 'notInList', detail: 'x' },
          { field: 'birthDate', problem: 'futureDate' },
          { field: 'phone', problem: 'badPhone' },
          { field: 'colour', problem: 'unknownField' },
          { field: 'household', problem: 'unknownReference' },
          { field: 'gridCode', problem: 'badGridCode' },
        ].toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field)),
      },
    })
  })
  const order = ['name', 'kinToHead', 'sex', 'birthDate', 'phone', 'colour', 'household', 'gridCode']
  it.each([
    ['111', wangIdNo, undefined],
    ['111', wangIdNo.slice(0, 17), 'badIdLength'],
    ['414', 'E12345678', undefined],
    [undefined, 'E12345678', undefined],
  ])('[PLAN28] an owner with a document of type %s and the number %s: %s', (ownerIdType, ownerIdNo, problem) => {
    const house = { building: 'b1', door: '104', occupancy: 'rented', ownerIdNo, ...(ownerIdType && { ownerIdType }) }
    const answer = plan(snapshotOf(smallGrid()), { do: 'addRecord', kind: 'house', fields: house }, contextOf(member))
    expect(answer.ok ? undefined : answer.failure).toEqual(
      problem && { reason: 'invalid', problems: [{ field: 'ownerIdNo', problem }] },
    )
  })
  it('[PLAN3] a reference to a record of another kind is refused', () => {
    expect(run(add({ ...person, household: 'r101' }))).toMatchObject({
      ok: false,
      failure: { problems: [{ field: 'household', problem: 'unknownReference' }] },
    })
    expect(run(add({ house: 'r103', head: 'wang' }, 'household'))).toMatchObject({
      ok: false,
      failure: { problems: [{ field: 'head', problem: 'unknownReference' }] },
    })
  })
  it.each([
    [
      'an ID number in the grid',
      add({ ...person, sex: '1', birthDate: '1985-03-02', idNo: wangIdNo }),
      'idNo',
      ['wang'],
    ],
    [
      'a name and birth date in the household',
      add({ ...person, name: '赵三', birthDate: '1990-01-01' }),
      'name',
      ['zhao'],
    ],
    ['a building of the estate', add({ estate: '示范小区', name: '１号楼' }, 'building'), 'name', ['b1']],
    ['a door of the building', add({ building: 'b1', door: '101', occupancy: 'owner' }, 'house'), 'door', ['r101']],
  ] as const)('[PLAN4] %s exists once', (_, command, field, of) => {
    expect(run(command)).toEqual({ ok: false, failure: { reason: 'duplicate', of, field } })
  })
  it('[PLAN4] the same door in another entrance or building is another door, and a cancelled record frees its place', () => {
    expect(run(add({ building: 'b1', entrance: '2', door: '101', occupancy: 'owner' }, 'house')).ok).toBe(true)
    expect(run(add({ building: 'b2', door: '101', occupancy: 'owner' }, 'house')).ok).toBe(true)
    const cancelled = snapshotOf([
      ...smallGrid(),
      entryOf('house', 'r9', { building: 'b2', door: '9', status: 'cancelled' }),
    ])
    expect(run(add({ building: 'b2', door: '9', occupancy: 'owner' }, 'house'), member, cancelled).ok).toBe(true)
  })
  it('[PLAN5] who may not write the ledger, or its sensitive part, is refused', () => {
    for (const role of [
      'volunteer',
      'buildingLeader',
      'resident',
      'police',
      'street',
      'auditor',
      'admin',
      'partTimeMember',
    ] as const) {
      expect(run(add(person), actorOf('x', role))).toEqual({
        ok: false,
        failure: { reason: 'notAllowed', what: 'person' },
      })
    }
    expect(run(add(person), office).ok).toBe(true)
    expect(run(add({ ...person, idNo: idNumber('19910101', '001') }), office)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'sensitive' },
    })
  })
  it('[PLAN6] a person who comes as head becomes the head, unless there is one', () => {
    expect(run(add({ ...person, kinToHead: '02' }))).toMatchObject({
      ok: true,
      value: [{ op: 'create' }, { op: 'set', kind: 'household', id: 'h2', field: 'head', value: 'new1' }],
    })
    expect(run(add({ ...person, household: 'h1', kinToHead: '02' }))).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'householdHasHead' },
    })
  })
  it('[PLAN7] a floating person counts as confirmed when registered', () => {
    expect(run(add({ ...person, resident: '02' }))).toMatchObject({
      ok: true,
      value: [{ fields: { floatingConfirmedAt: now } }],
    })
  })
})

describe('editing', () => {
  it('[PLAN8] only what changes is written', () => {
    expect(run(edit('li', { name: '李二', phone: '13800000002', sex: '2' }))).toEqual({
      ok: true,
      value: [{ op: 'set', kind: 'person', id: 'li', field: 'phone', value: '13800000002' }],
    })
    expect(run(edit('li', { name: '李二' }))).toEqual({ ok: true, value: [] })
    expect(run(edit('h1', { phone: '' }))).toEqual({
      ok: true,
      value: [{ op: 'set', kind: 'household', id: 'h1', field: 'phone', value: undefined }],
    })
  })
  it('[PLAN8] a conflicted field is written even with the value that is shown', () => {
    const conflicts = [
      {
        field: 'phone',
        rivals: [
          { value: '13800000001', stamp, slot: 'a' },
          { value: '13800000002', stamp, slot: 'b' },
        ],
      },
    ]
    const on = snapshotOf([entryOf('household', 'h1', { house: 'r101', phone: '13800000001' }, { conflicts })])
    expect(run(edit('h1', { phone: '13800000001' }), member, on)).toMatchObject({
      ok: true,
      value: [{ field: 'phone', value: '13800000001' }],
    })
  })
  it('[PLAN9] what was wrong before does not stand in the way of another change', () => {
    const on = snapshotOf([
      ...smallGrid(),
      entryOf('person', 'old', {
        household: 'h9',
        name: '孙五',
        sex: '2',
        birthDate: '1985-03-02',
        idNo: idNumber('19850302', '003'),
      }),
    ])
    expect(run(edit('old', { phone: '13800000003' }), member, on).ok).toBe(true)
    expect(run(edit('old', { birthDate: '1985-03-02', sex: '9' }), member, on).ok).toBe(true)
  })
  it.each([
    ['a missing record', edit('nobody', { name: 'x' }), { reason: 'notFound', id: 'nobody' }],
    [
      'a cleared required field',
      edit('li', { name: ' ' }),
      { reason: 'invalid', problems: [{ field: 'name', problem: 'required' }] },
    ],
    [
      'a birth date against the ID number',
      edit('wang', { birthDate: '1985-03-03' }),
      { reason: 'invalid', problems: [{ field: 'birthDate', problem: 'idBirthMismatch' }] },
    ],
    [
      'an ID number of somebody else',
      edit('li', { idNo: wangIdNo, sex: '1', birthDate: '1985-03-02' }),
      { reason: 'duplicate', of: ['wang'], field: 'idNo' },
    ],
    [
      'a head who lives elsewhere',
      edit('h1', { head: 'zhao' }),
      { reason: 'invalid', problems: [{ field: 'head', problem: 'unknownReference' }] },
    ],
  ] as const)('[PLAN9] %s is refused', (_, command, failure) => {
    expect(run(command)).toEqual({ ok: false, failure })
  })
  it('[PLAN5] an office may edit the ledger but not what is sensitive', () => {
    expect(run(edit('li', { phone: '13800000002' }), office).ok).toBe(true)
    expect(run(edit('h1', { careTags: ['aged'] }), office)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'sensitive' },
    })
    expect(run(edit('li', { phone: '13800000002' }), helper)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'person' },
    })
  })
  it('[PLAN10] a head who is edited into another household leaves the first without a head', () => {
    expect(run(edit('wang', { household: 'h2' }))).toMatchObject({
      ok: true,
      value: [
        { field: 'household', value: 'h2' },
        { kind: 'household', id: 'h1', field: 'head', value: undefined },
      ],
    })
  })
})

describe('deleting and restoring', () => {
  it('[PLAN11] what others stand on is not deleted', () => {
    expect(run({ do: 'deleteRecord', id: id('b1') })).toEqual({
      ok: false,
      failure: { reason: 'inUse', by: ['r101', 'r102', 'r103'] },
    })
    expect(run({ do: 'deleteRecord', id: id('r101') })).toEqual({ ok: false, failure: { reason: 'inUse', by: ['h1'] } })
    expect(run({ do: 'deleteRecord', id: id('h1') })).toEqual({
      ok: false,
      failure: { reason: 'inUse', by: ['wang', 'li'] },
    })
    expect(run({ do: 'deleteRecord', id: id('r103') })).toEqual({
      ok: true,
      value: [{ op: 'delete', kind: 'house', id: 'r103' }],
    })
  })
  it('[PLAN10] deleting a head leaves the household without one', () => {
    expect(run({ do: 'deleteRecord', id: id('wang') })).toEqual({
      ok: true,
      value: [
        { op: 'set', kind: 'household', id: 'h1', field: 'head', value: undefined },
        { op: 'delete', kind: 'person', id: 'wang' },
      ],
    })
  })
  it('[PLAN11] deleting needs a record and the right', () => {
    expect(run({ do: 'deleteRecord', id: id('nobody') })).toEqual({
      ok: false,
      failure: { reason: 'notFound', id: 'nobody' },
    })
    expect(run({ do: 'deleteRecord', id: id('li') }, helper)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'person' },
    })
  })
  const trash = (fields: object, kind: 'person' | 'house' = 'person') =>
    new Map([[id('gone'), { id: id('gone'), kind, fields: { ...fields }, deletion: stamp }]])
  it('[PLAN12] what is in the recycle bin comes back, if its place is still there and free', () => {
    const restore: Command = { do: 'restoreRecord', id: id('gone') }
    const on = (fields: object): Snapshot => snapshotOf(smallGrid(), { trash: trash(fields) })
    expect(run(restore, member, on({ household: 'h1', name: '周六' }))).toEqual({
      ok: true,
      value: [{ op: 'restore', kind: 'person', id: 'gone' }],
    })
    expect(run(restore, member, on({ household: 'h9', name: '周六' }))).toEqual({
      ok: false,
      failure: { reason: 'invalid', problems: [{ field: 'household', problem: 'unknownReference' }] },
    })
    expect(run(restore, member, on({ household: 'h1', idNo: wangIdNo }))).toEqual({
      ok: false,
      failure: { reason: 'duplicate', of: ['wang'], field: 'idNo' },
    })
    expect(run(restore, helper, on({ household: 'h1' }))).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'person' },
    })
    expect(run(restore)).toEqual({ ok: false, failure: { reason: 'notFound', id: 'gone' } })
    expect(run({ do: 'restoreRecord', id: id('li') })).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'notDeleted' },
    })
  })

  it('[PLAN12] a head who comes back is head again, but not beside another, and nobody who has left is', () => {
    const restore: Command = { do: 'restoreRecord', id: id('gone') }
    const head = { household: 'h2', name: '周六', kinToHead: '02', status: 'active' }
    const back = { op: 'restore', kind: 'person', id: 'gone' }
    const restored = (fields: object): unknown =>
      run(restore, member, snapshotOf(smallGrid(), { trash: trash({ ...head, ...fields }) }))
    expect(restored({})).toEqual({
      ok: true,
      value: [back, { op: 'set', kind: 'household', id: 'h2', field: 'head', value: 'gone' }],
    })
    for (const fields of [{ household: 'h1' }, { status: 'movedOut' }, { kinToHead: '10' }])
      expect(restored(fields), JSON.stringify(fields)).toEqual({ ok: true, value: [back] })
  })

  it('[ROLE11] 恢复 is offered exactly to those whose command would be taken', () => {
    const gone = { id: id('gone'), kind: 'person', fields: {}, deletion: stamp } as const
    expect([member, office, helper].map((actor) => mayRestore(actor, gone))).toEqual([true, true, false])
  })
})

describe('settling', () => {
  const conflicts = [
    {
      field: 'phone',
      rivals: [
        { value: '13800000001', stamp, slot: 'a' },
        { value: undefined, stamp, slot: 'b' },
      ],
    },
    { field: 'careTags', rivals: [] },
  ]
  const on = snapshotOf([
    ...smallGrid(),
    entryOf('household', 'h3', { house: 'r103', phone: '13800000001' }, { conflicts, deletion: stamp }),
  ])
  const settle = (field: string, value: string | undefined, name = 'h3'): Command => ({
    do: 'settleField',
    id: id(name),
    field,
    value,
  })
  it('[PLAN13] a conflicted field takes one of the rivals or a sound other value', () => {
    expect(run(settle('phone', '13800000001'), member, on)).toEqual({
      ok: true,
      value: [{ op: 'set', kind: 'household', id: 'h3', field: 'phone', value: '13800000001' }],
    })
    expect(run(settle('phone', undefined), member, on).ok).toBe(true)
    expect(run(settle('phone', '138 0000 0005'), member, on)).toMatchObject({
      ok: true,
      value: [{ value: '13800000005' }],
    })
    expect(run(settle('phone', '1'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'invalid', problems: [{ field: 'phone', problem: 'badPhone' }] },
    })
  })
  it('[PLAN13] settling a field needs a record, a field, a conflict and the right', () => {
    expect(run(settle('phone', 'x', 'nobody'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'notFound', id: 'nobody' },
    })
    expect(run(settle('colour', 'x'), member, on)).toMatchObject({
      failure: { reason: 'invalid', problems: [{ field: 'colour', problem: 'unknownField' }] },
    })
    expect(run(settle('dogs', 'x'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'noConflict' },
    })
    expect(run(settle('phone', 'x'), helper, on)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'household' },
    })
    expect(run(settle('careTags', 'x'), office, on)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'sensitive' },
    })
  })
  it('[PLAN14] a record deleted by one and edited by another is kept or deleted', () => {
    const verdict = (keep: boolean, name = 'h3'): Command => ({ do: 'settleDeletion', id: id(name), keep })
    expect(run(verdict(true), member, on)).toEqual({
      ok: true,
      value: [{ op: 'restore', kind: 'household', id: 'h3' }],
    })
    expect(run(verdict(false), member, on)).toEqual({
      ok: true,
      value: [{ op: 'delete', kind: 'household', id: 'h3' }],
    })
    expect(run(verdict(true, 'nobody'), member, on)).toMatchObject({ failure: { reason: 'notFound' } })
    expect(run(verdict(true, 'h1'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'notDeleted' },
    })
    expect(run(verdict(true), helper, on)).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'household' } })
    const used = snapshotOf([...on.entries.values(), entryOf('person', 'p9', { household: 'h3' })])
    expect(run(verdict(false), member, used)).toEqual({ ok: false, failure: { reason: 'inUse', by: ['p9'] } })
  })
})

describe('who settles', () => {
  const wang = entryOf('person', 'p1', { name: '王一', idNo: wangIdNo })
  const note = (by: string) => entryOf('note', 'n1', {}, { created: { at: now, by: account(by), device: '' } })
  const roles = ['gridMember', 'gridLeader', 'community', 'police', 'partTimeMember'] as const
  const whoMay = (may: (actor: Actor) => boolean) => roles.filter((role) => may(actorOf('x', role)))
  it('[PERM12] a conflict is settled by those who may write its field: not the police, a sensitive one not by the office, a note by its author', () => {
    expect(whoMay((actor) => maySetField(actor, wang, 'phone'))).toEqual(['gridMember', 'gridLeader', 'community'])
    expect(whoMay((actor) => maySetField(actor, wang, 'idNo'))).toEqual(['gridMember', 'gridLeader'])
    expect(whoMay((actor) => maySetField(actor, note('x'), 'text'))).toEqual([
      'gridMember',
      'gridLeader',
      'partTimeMember',
    ])
    expect(whoMay((actor) => maySetField(actor, note('y'), 'text'))).toEqual([])
    expect(whoMay((actor) => maySetField(actor, entryOf('reporter', 't1', {}), 'phone'))).toEqual([
      'gridMember',
      'gridLeader',
    ])
  })
  it('[PERM12] whether a contested record stays is said by those who may add and delete it', () => {
    for (const keep of [true, false])
      expect(whoMay((actor) => maySettleDeletion(actor, wang, keep))).toEqual(['gridMember', 'gridLeader', 'community'])
  })
})
