import { describe, expect, it } from 'vitest'
import type { ImportedRecord } from '../commands.ts'
import type { Actor } from '../snapshot.ts'
import {
  actorOf,
  contextOf,
  helper,
  id,
  idNumber,
  member,
  office,
  smallGrid,
  snapshotOf,
  wangIdNo,
} from '../testing/fixture.ts'
import { plan } from './plan.ts'

const snapshot = snapshotOf(smallGrid())
const run = (rows: readonly ImportedRecord[], actor: Actor = member) =>
  plan(snapshot, { do: 'importRecords', rows }, contextOf(actor))
const row = (
  name: string,
  kind: ImportedRecord['kind'],
  fields: object,
  more: Partial<ImportedRecord> = {},
): ImportedRecord => ({ id: id(name), kind, existing: false, fields: { ...fields }, origin: `3号楼!${name}`, ...more })
const person = { name: '钱四', kinToHead: '02', sex: '1', birthDate: '1991-01-01', resident: '01' }

describe('importing', () => {
  it('[PLAN19] rows may refer to each other, and a household gets the head that comes with it', () => {
    const answer = run([
      row('i1', 'building', { estate: '示范小区', name: '3号楼' }),
      row('i2', 'house', { building: 'i1', door: '101', occupancy: 'owner' }),
      row('i3', 'household', { house: 'i2' }),
      row('i4', 'person', { ...person, household: 'i3', idNo: idNumber('19910101', '001') }),
      row('i5', 'person', { ...person, household: 'i3', name: '孙五', kinToHead: '12', sex: '2' }),
    ])
    expect(answer).toMatchObject({ ok: true, value: { length: 6 } })
    expect(answer.ok && answer.value[0]).toMatchObject({
      op: 'create',
      kind: 'building',
      id: 'i1',
      fields: { source: 'import', verifyState: '0', status: 'active', gridCode: snapshot.grid },
    })
    expect(answer.ok && answer.value[5]).toEqual({ op: 'set', kind: 'household', id: 'i3', field: 'head', value: 'i4' })
  })
  it('[PLAN19] an existing record only gets what differs, and keeps its head', () => {
    expect(
      run([
        row('h1', 'household', { phone: '13800000001', dogs: '一只' }, { existing: true }),
        row('i4', 'person', { ...person, household: 'h1' }),
      ]),
    ).toMatchObject({
      ok: true,
      value: [
        { op: 'set', id: 'h1', field: 'dogs', value: '一只' },
        { op: 'create', id: 'i4' },
      ],
    })
  })
  it('[PLAN10] a head whom an import puts into another household leaves the first without a head', () => {
    expect(run([row('wang', 'person', { household: 'h2' }, { existing: true })])).toEqual({
      ok: true,
      value: [
        { op: 'set', kind: 'person', id: 'wang', field: 'household', value: 'h2' },
        { op: 'set', kind: 'household', id: 'h1', field: 'head', value: undefined },
      ],
    })
  })
  it('[PLAN19] nothing to import is no edit', () => {
    expect(run([])).toEqual({ ok: true, value: [] })
  })
  it('[PLAN20] every problem of every row is reported with its origin, and nothing is imported', () => {
    expect(
      run([
        row('i1', 'person', { ...person, household: 'h9' }),
        row('i2', 'person', { ...person, name: '', household: 'h2', birthDate: '1850-02-30' }),
        row('zzz', 'person', { name: 'x' }, { existing: true }),
        row('wang', 'person', person),
        row('i1', 'house', {}),
        row('li', 'person', { sex: '7' }, { existing: true }),
      ]),
    ).toEqual({
      ok: false,
      failure: {
        reason: 'invalid',
        problems: [
          { field: 'household', problem: 'unknownReference', origin: '3号楼!i1' },
          { field: 'name', problem: 'required', origin: '3号楼!i2' },
          { field: 'birthDate', problem: 'badDate', origin: '3号楼!i2' },
          { field: 'id', problem: 'unknownReference', origin: '3号楼!zzz' },
          { field: 'id', problem: 'unknownReference', origin: '3号楼!wang' },
          { field: 'id', problem: 'unknownReference', origin: '3号楼!i1' },
          { field: 'sex', problem: 'notInList', detail: '7', origin: '3号楼!li' },
        ],
      },
    })
  })
  it('[PLAN21] doubles within the rows or with the ledger are refused, all of them named', () => {
    const same = { ...person, household: 'h2', sex: '1', birthDate: '1985-03-02', idNo: wangIdNo }
    expect(run([row('i1', 'person', same), row('i2', 'person', { ...same, name: '别名' })])).toEqual({
      ok: false,
      failure: { reason: 'duplicate', of: ['wang', 'i1', 'i2'], field: 'idNo' },
    })
    expect(
      run([
        row('wang', 'person', { phone: '13800000001' }, { existing: true }),
        row('i2', 'house', { building: 'b1', door: '101', occupancy: 'owner' }),
      ]),
    ).toEqual({
      ok: false,
      failure: { reason: 'duplicate', of: ['r101', 'i2'], field: 'door' },
    })
  })
  it('[PLAN5] importing needs the right to the ledger, to sensitive fields where there are any, and takes no notes', () => {
    const rows = [row('i1', 'person', { ...person, household: 'h2' })]
    expect(run(rows, helper)).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'person' } })
    expect(run(rows, actorOf('p', 'police'))).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'person' } })
    expect(run(rows, office).ok).toBe(true)
    expect(
      run([row('i1', 'person', { ...person, household: 'h2', idNo: idNumber('19910101', '001') })], office),
    ).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'sensitive' } })
    expect(run([row('i1', 'note', {})])).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'note' } })
  })
  it('[PLAN22] 20,000 rows are planned in linear time', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) =>
      row(`p${index}`, 'person', { ...person, name: `人${index}`, household: 'h2', kinToHead: '99' }),
    )
    expect(run(rows)).toMatchObject({ ok: true, value: { length: 20_000 } })
  })
})
