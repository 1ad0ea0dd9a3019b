import { describe, expect, it } from 'vitest'
import type { Command } from '../commands.ts'
import type { Entry } from '../records.ts'
import type { Actor, Snapshot } from '../snapshot.ts'
import {
  contextOf,
  entryOf,
  helper,
  id,
  idNumber,
  liIdNo,
  member,
  now,
  office,
  smallGrid,
  snapshotOf,
  wangIdNo,
} from '../testing/fixture.ts'
import { plan } from './plan.ts'

const snapshot = snapshotOf(smallGrid())
const run = (command: Command, actor: Actor = member, on: Snapshot = snapshot) => plan(on, command, contextOf(actor))
const withOthers = (...entries: readonly Entry[]): Snapshot => snapshotOf([...smallGrid(), ...entries])
const clearHead = { op: 'set', kind: 'household', id: 'h1', field: 'head', value: undefined }

describe('未变化', () => {
  it('[PLAN15] one tap confirms the household and its floating persons', () => {
    expect(run({ do: 'confirmUnchanged', household: id('h2') })).toEqual({
      ok: true,
      value: [
        { op: 'set', kind: 'household', id: 'h2', field: 'lastConfirmedAt', value: now },
        { op: 'set', kind: 'household', id: 'h2', field: 'verifyState', value: '3' },
        { op: 'set', kind: 'person', id: 'zhao', field: 'floatingConfirmedAt', value: now },
      ],
    })
    expect(run({ do: 'confirmUnchanged', household: id('h1') })).toMatchObject({ ok: true, value: { length: 2 } })
  })
  it('[PLAN15] it needs a household on the register and the right', () => {
    expect(run({ do: 'confirmUnchanged', household: id('r101') })).toEqual({
      ok: false,
      failure: { reason: 'notFound', id: 'r101' },
    })
    expect(run({ do: 'confirmUnchanged', household: id('h1') }, helper)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'household' },
    })
    expect(
      run(
        { do: 'confirmUnchanged', household: id('h3') },
        member,
        withOthers(entryOf('household', 'h3', { status: 'cancelled' })),
      ),
    ).toEqual({ ok: false, failure: { reason: 'wrongState', detail: 'notActive' } })
  })
})

describe('moving', () => {
  const move = (household: string, toHouse: string): Command => ({
    do: 'moveHousehold',
    household: id(household),
    toHouse: id(toHouse),
  })
  const movePerson = (person: string, toHousehold: string, kinToHead = '99'): Command => ({
    do: 'movePerson',
    person: id(person),
    toHousehold: id(toHousehold),
    kinToHead,
  })
  it('[PLAN16] a household moves to another house with everyone in it', () => {
    expect(run(move('h1', 'r103'))).toEqual({
      ok: true,
      value: [{ op: 'set', kind: 'household', id: 'h1', field: 'house', value: 'r103' }],
    })
  })
  it.each([
    [move('h9', 'r103'), member, { reason: 'notFound', id: 'h9' }],
    [move('h1', 'b1'), member, { reason: 'notFound', id: 'b1' }],
    [move('h1', 'r101'), member, { reason: 'wrongState', detail: 'sameHouse' }],
    [move('h1', 'r103'), helper, { reason: 'notAllowed', what: 'household' }],
    [movePerson('nobody', 'h2'), member, { reason: 'notFound', id: 'nobody' }],
    [movePerson('li', 'r101'), member, { reason: 'notFound', id: 'r101' }],
    [movePerson('li', 'h1'), member, { reason: 'wrongState', detail: 'sameHousehold' }],
    [movePerson('zhao', 'h1', '02'), member, { reason: 'wrongState', detail: 'householdHasHead' }],
    [
      movePerson('li', 'h2', 'x'),
      member,
      { reason: 'invalid', problems: [{ field: 'kinToHead', problem: 'notInList', detail: 'x' }] },
    ],
    [
      movePerson('li', 'h2', ''),
      member,
      { reason: 'invalid', problems: [{ field: 'kinToHead', problem: 'required' }] },
    ],
    [movePerson('li', 'h2'), helper, { reason: 'notAllowed', what: 'person' }],
  ] as const)('[PLAN16] a move that cannot be is refused: %j', (command, actor, failure) => {
    expect(run(command, actor)).toEqual({ ok: false, failure })
  })
  it('[PLAN16] nobody moves who or where is not on the register, nor beside their double', () => {
    const on = withOthers(
      entryOf('person', 'gone', { household: 'h1', status: 'movedOut' }),
      entryOf('house', 'r9', { status: 'cancelled' }),
      entryOf('person', 'twin', { household: 'h2', name: '李二', birthDate: '1987-06-15' }),
    )
    expect(run(movePerson('gone', 'h2'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'notActive' },
    })
    expect(run(move('h1', 'r9'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'notActive' },
    })
    expect(run(movePerson('li', 'h2'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'duplicate', of: ['twin'], field: 'name' },
    })
  })
  it('[PLAN10] a head who moves leaves the old household without a head and may lead the other', () => {
    expect(run(movePerson('wang', 'h2', '02'))).toEqual({
      ok: true,
      value: [
        clearHead,
        { op: 'set', kind: 'person', id: 'wang', field: 'household', value: 'h2' },
        { op: 'set', kind: 'person', id: 'wang', field: 'kinToHead', value: '02' },
        { op: 'set', kind: 'household', id: 'h2', field: 'head', value: 'wang' },
      ],
    })
  })
})

describe('leaving the register', () => {
  const out = (person: string, on = '2026-11-19', to?: string): Command => ({
    do: 'markMovedOut',
    person: id(person),
    on,
    ...(to === undefined ? {} : { to }),
  })
  const dead = (person: string, on = '2026-11-19'): Command => ({ do: 'markDeceased', person: id(person), on })
  it('[PLAN17] who moves out keeps the record and loses the headship', () => {
    expect(run(out('wang', '2026-11-19', ' 外省 '))).toEqual({
      ok: true,
      value: [
        { op: 'set', kind: 'person', id: 'wang', field: 'status', value: 'movedOut' },
        { op: 'set', kind: 'person', id: 'wang', field: 'movedOutOn', value: '2026-11-19' },
        { op: 'set', kind: 'person', id: 'wang', field: 'movedTo', value: '外省' },
        clearHead,
      ],
    })
  })
  it('[PLAN17] a death is noted, also of somebody who had moved out', () => {
    expect(run(dead('li'))).toMatchObject({
      ok: true,
      value: [
        { field: 'status', value: 'deceased' },
        { field: 'deceasedOn', value: '2026-11-19' },
      ],
    })
    expect(run(dead('gone'), member, withOthers(entryOf('person', 'gone', { status: 'movedOut' }))).ok).toBe(true)
  })
  it.each([
    [out('nobody'), member, { reason: 'notFound', id: 'nobody' }],
    [dead('h1'), member, { reason: 'notFound', id: 'h1' }],
    [out('li'), helper, { reason: 'notAllowed', what: 'person' }],
    [dead('li'), helper, { reason: 'notAllowed', what: 'person' }],
    [
      out('li', '2026-11-21'),
      member,
      { reason: 'invalid', problems: [{ field: 'movedOutOn', problem: 'futureDate' }] },
    ],
    [
      dead('li', '1980-01-01'),
      member,
      { reason: 'invalid', problems: [{ field: 'deceasedOn', problem: 'outOfRange' }] },
    ],
    [
      dead('li', '19800101'),
      member,
      {
        reason: 'invalid',
        problems: [
          { field: 'deceasedOn', problem: 'badDate' },
          { field: 'deceasedOn', problem: 'outOfRange' },
        ],
      },
    ],
    [out('li', ''), member, { reason: 'invalid', problems: [{ field: 'movedOutOn', problem: 'required' }] }],
    [
      out('li', '2026-11-19', 'x'.repeat(121)),
      member,
      { reason: 'invalid', problems: [{ field: 'movedTo', problem: 'tooLong', detail: '120' }] },
    ],
  ] as const)('[PLAN17] %j is refused', (command, actor, failure) => {
    expect(run(command, actor)).toEqual({ ok: false, failure })
  })
  it('[PLAN17] nobody leaves twice', () => {
    const on = withOthers(entryOf('person', 'gone', { status: 'deceased' }))
    for (const command of [out('gone'), dead('gone')])
      expect(run(command, member, on)).toEqual({ ok: false, failure: { reason: 'wrongState', detail: 'notActive' } })
  })
})

describe('merging', () => {
  const merge = (keep: string, duplicate: string, fields: object = {}): Command => ({
    do: 'mergeRecords',
    keep: id(keep),
    duplicate: id(duplicate),
    fields: { ...fields },
  })
  const twin = entryOf('person', 'twin', {
    household: 'h1',
    name: '李贰',
    phone: '13800000007',
    sex: '2',
    birthDate: '1987-06-15',
    idNo: liIdNo,
  })
  it('[PLAN18] the kept record takes what it lacks and what was chosen, and the duplicate goes to the recycle bin', () => {
    expect(run(merge('li', 'twin', { name: '李二' }), member, withOthers(twin))).toEqual({
      ok: true,
      value: [
        { op: 'set', kind: 'person', id: 'li', field: 'phone', value: '13800000007' },
        { op: 'set', kind: 'person', id: 'li', field: 'idNo', value: liIdNo },
        { op: 'hold', kind: 'person', id: 'li' },
        { op: 'delete', kind: 'person', id: 'twin' },
      ],
    })
  })
  it('[PLAN18] what named the duplicate names the kept one, and its diary follows that of the kept one', () => {
    const households = run(merge('h2', 'h1'))
    expect(households).toMatchObject({ ok: true })
    expect(households.ok && households.value).toEqual(
      expect.arrayContaining([
        { op: 'set', kind: 'person', id: 'wang', field: 'household', value: 'h2' },
        { op: 'set', kind: 'person', id: 'li', field: 'household', value: 'h2' },
        { op: 'appendText', kind: 'household', id: 'h2', field: 'diary', from: 'h1' },
        { op: 'delete', kind: 'household', id: 'h1' },
      ]),
    )
    expect(run(merge('li', 'wang', { sex: '1', birthDate: '1985-03-02', idNo: wangIdNo }))).toMatchObject({
      ok: true,
      value: expect.arrayContaining([{ op: 'set', kind: 'household', id: 'h1', field: 'head', value: 'li' }]),
    })
    expect(run(merge('zhao', 'wang', { birthDate: '1985-03-02' }))).toMatchObject({
      ok: true,
      value: expect.arrayContaining([clearHead]),
    })
  })
  it('[PLAN18] the office merges households too, and leaves the diary, which it may not read, with the duplicate', () => {
    const merged = run(merge('h2', 'h1'), office)
    expect(merged.ok && new Set(merged.value.map(({ op }) => op))).toEqual(new Set(['set', 'hold', 'delete']))
  })
  it.each([
    [merge('nobody', 'li'), member, { reason: 'notFound', id: 'nobody' }],
    [merge('li', 'nobody'), member, { reason: 'notFound', id: 'nobody' }],
    [merge('li', 'li'), member, { reason: 'wrongState', detail: 'sameRecord' }],
    [merge('li', 'h1'), member, { reason: 'wrongState', detail: 'differentKinds' }],
    [
      merge('li', 'wang'),
      member,
      {
        reason: 'invalid',
        problems: [
          { field: 'sex', problem: 'idSexMismatch' },
          { field: 'birthDate', problem: 'idBirthMismatch' },
        ],
      },
    ],
    [merge('li', 'zhao'), helper, { reason: 'notAllowed', what: 'person' }],
    [merge('li', 'wang'), office, { reason: 'notAllowed', what: 'sensitive' }],
  ] as const)('[PLAN18] %j is refused', (command, actor, failure) => {
    expect(run(command, actor)).toEqual({ ok: false, failure })
  })
  it('[PLAN18] a building with notes stays, since notes cannot follow, and a merge makes no new double', () => {
    const on = withOthers(
      entryOf('note', 'n1', { building: 'b2', noteType: 'note' }),
      entryOf('person', 'third', { household: 'h2', idNo: idNumber('19700101', '001') }),
    )
    expect(run(merge('b1', 'b2'), member, on)).toEqual({ ok: false, failure: { reason: 'inUse', by: ['n1'] } })
    expect(run(merge('b2', 'b1'), member, on)).toMatchObject({ ok: true })
    expect(
      run(merge('li', 'zhao', { idNo: idNumber('19700101', '001'), birthDate: '1970-01-01', sex: '1' }), member, on),
    ).toEqual({ ok: false, failure: { reason: 'duplicate', of: ['third'], field: 'idNo' } })
  })
})
