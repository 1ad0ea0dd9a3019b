import { describe, expect, it } from 'vitest'
import { fieldsOf } from './fields.ts'
import { missingFields } from './missing.ts'
import { isKind, tables, type Kind } from './records.ts'
import { plan } from './plan/plan.ts'
import { contextOf, entryOf, member, smallGrid, snapshotOf } from './testing/fixture.ts'

const missing = (kind: Kind, fields: Parameters<typeof entryOf>[2]): readonly string[] =>
  missingFields(entryOf(kind, 'x', fields), '2026-11-20').map(({ name }) => name)

describe('what is still asked for', () => {
  it.each([
    ['household', {}, ['head', 'regMatch', 'phone']],
    ['household', { head: 'wang', regMatch: '01', phone: '13800000001' }, []],
    ['house', { occupancy: 'owner' }, ['houseCode', 'address', 'use']],
    [
      'house',
      { occupancy: 'rented', houseCode: '1', address: '一路 1 号', use: 'residential', tenantName: '钱七' },
      ['tenantPhone', 'rentalUse'],
    ],
    ['person', { resident: '01', birthDate: '1985-03-02' }, ['phone']],
    ['person', { resident: '01', birthDate: '2013-11-20' }, []],
    ['person', { resident: '01', birthDate: '2012-11-20' }, ['phone']],
    ['person', { resident: '02', phone: '13800000001' }, ['inflowReason', 'registeredOn', 'dwellingType']],
    ['person', { resident: '01', phone: '13800000001', leftBehindType: '01' }, ['familyName']],
    ['person', { resident: '01', phone: '13800000001', leftBehindType: '01', mainFamilyMember: '儿子在外' }, []],
    ['person', { resident: '02', status: 'movedOut' }, []],
    ['unit', { name: '小店' }, ['phone', 'nextInspection']],
    ['facility', { name: '灯' }, ['facilityNo', 'owner']],
    ['building', {}, []],
  ] as const)('[MISS1] a %s with %j still lacks %j', (kind, fields, names) => {
    expect(missing(kind, fields)).toEqual(names)
  })

  it('[MISS1] a household whose head has a telephone is asked for none', () => {
    const household = entryOf('household', 'h1', { head: 'wang', regMatch: '01' })
    const lacks = (phone?: string) =>
      missingFields(household, '2026-11-20', (id) => entryOf('person', id, phone ? { phone } : {})).map(
        ({ name }) => name,
      )
    expect([lacks('13800000001'), lacks()]).toEqual([[], ['phone']])
  })

  it('[MISS2] no record is refused for what it still lacks', () => {
    const added = plan(
      snapshotOf(smallGrid()),
      { do: 'addRecord', kind: 'household', fields: { house: 'r103' } },
      contextOf(member),
    )
    expect(added.ok).toBe(true)
    for (const kind of Object.keys(tables).filter(isKind))
      for (const field of fieldsOf(kind)) expect(field.starred === true && field.required === true).toBe(false)
  })
})
