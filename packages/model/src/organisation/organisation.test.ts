import { describe, expect, it } from 'vitest'
import { calendar, idNumber } from '../testing/fixture.ts'
import {
  checkGrid,
  checkStaff,
  gridFields,
  isPublishedLongEnough,
  publishedFields,
  readOrganisationField,
  soundFields,
  staffFields,
  type GridRecord,
  type StaffRecord,
} from './index.ts'

const context = { today: '2026-11-20' }
const square = (ring: readonly unknown[]) => ({ type: 'Polygon', coordinates: [ring] }) as never
const corners = [
  [131.5, 27.2],
  [131.6, 27.2],
  [131.6, 27.3],
  [131.5, 27.2],
] as const
const grid: GridRecord = {
  gridCode: '990101013006008',
  name: '第8网格',
  kind: 'basic',
  level: 3,
  parent: '990101013006',
  boundary: square(corners),
  areaSquareMetres: 10_000,
  targetHouseholds: 480,
  leaderId: 'zhou.jp',
  members: [{ role: 'assistant', account: 'luo', affiliation: '区文旅局', from: '2026-01-01', to: '2026-12-31' }],
  publicPhone: '19900001234',
}
const staff: StaffRecord = {
  name: '林晓燕',
  role: 'gridMember',
  employment: 'fullTime',
  workPhone: '19900001234',
  idNo: idNumber('19850302', '001'),
  birthDate: '1985-03-02',
  education: '20',
  politicalStatus: '13',
  contractFrom: '2026-01-01',
  contractTo: '2026-12-31',
  publicityFrom: '2025-12-01',
  publicityTo: '2025-12-12',
  equipment: [{ type: '手机', number: 'SJ0001' }],
  certs: ['网格员上岗证'],
  skills: ['急救'],
}

describe('a grid', () => {
  it('[ORG1] with everything known of it has no problem, and neither has one of which only the least is known', () => {
    expect(checkGrid(grid, context)).toEqual([])
    const { gridCode, name, kind, level, parent } = grid
    expect(checkGrid({ gridCode, name, kind, level, parent } as GridRecord, context)).toEqual([])
    expect(checkGrid({}, context).map(({ field, problem }) => `${field} ${problem}`)).toEqual(
      ['gridCode', 'name', 'kind', 'level', 'parent'].map((field) => `${field} required`),
    )
  })

  it.each([
    ['gridCode', { gridCode: '99' }, 'badGridCode'],
    ['kind', { kind: 'round' }, 'notInList'],
    ['level', { level: 4 }, 'outOfRange'],
    ['parent', { parent: '990101013007' }, 'badParent'],
    ['parent', { level: 2 }, 'badParent'],
    ['areaSquareMetres', { areaSquareMetres: -1 }, 'outOfRange'],
    ['targetHouseholds', { targetHouseholds: 1.5 }, 'wrongType'],
    ['leaderId', { leaderId: 'Zhou Jianping' }, 'badAccount'],
    ['members', { members: [{ role: '督导员', account: 'wu' }] }, 'notInList'],
    ['members', { members: [{ role: 'police', account: '' }] }, 'badAccount'],
    [
      'members',
      { members: [{ role: 'police', account: 'han', from: '2026-02-01', to: '2026-01-01' }] },
      'endsBeforeStart',
    ],
    ['publicPhone', { publicPhone: '12' }, 'badPhone'],
    ['boundary', { boundary: { type: 'Point', coordinates: corners[0] } }, 'notPolygon'],
    ['boundary', { boundary: square(corners.slice(0, 3)) }, 'shortRing'],
    ['boundary', { boundary: square([...corners.slice(0, 3), [131.5, 27.25]]) }, 'openRing'],
    ['boundary', { boundary: square([[27.2, 131.5], ...corners.slice(1)]) }, 'badPosition'],
    ['boundary', { boundary: square(Array.from({ length: 501 }, () => corners[0])) }, 'tooManyPositions'],
    ['colour', { colour: 'red' }, 'unknownField'],
  ])('[ORG1] names %s in %j as %s', (field, change, problem) => {
    expect(checkGrid({ ...grid, ...change } as GridRecord, context)).toMatchObject([{ field, problem }])
  })
})

describe('a person of the team', () => {
  it('[ORG1] with everything known has no problem', () => {
    expect(checkStaff(staff, context)).toEqual([])
  })

  it.each([
    ['role', { role: 'king' }, 'notInList'],
    ['employment', { employment: 'sometimes' }, 'notInList'],
    ['workPhone', { workPhone: '12' }, 'badPhone'],
    ['idNo', { idNo: '990101198503020019', birthDate: undefined }, 'badIdCheckDigit'],
    ['birthDate', { birthDate: '1985-03-03' }, 'idBirthMismatch'],
    ['education', { education: '99' }, 'notInList'],
    ['contractTo', { contractTo: '2025-12-31' }, 'endsBeforeStart'],
    ['publicityTo', { publicityTo: '2025-11-30' }, 'endsBeforeStart'],
    ['equipment', { equipment: [{ type: '手机' }] }, 'wrongType'],
    ['skills', { skills: [''] }, 'tooLong'],
    ['certs', { certs: Array.from({ length: 51 }, () => 'x') }, 'tooMany'],
  ])('[ORG1] names %s in %j as %s', (field, change, problem) => {
    expect(checkStaff({ ...staff, ...change } as StaffRecord, context)).toMatchObject([{ field, problem }])
  })

  it('[ORG4] seven working days of 公示 are counted with the day it begins', () => {
    expect(isPublishedLongEnough('2026-11-02', '2026-11-10', calendar)).toBe(true)
    expect(isPublishedLongEnough('2026-11-02', '2026-11-09', calendar)).toBe(false)
  })
})

describe('what is known of an organisation', () => {
  it('[ORG2] only public and internal fields are published, whatever is known', () => {
    expect(Object.keys(publishedFields(staffFields, staff)).sort()).toEqual(
      Object.keys(staff)
        .filter((name) => !['idNo', 'birthDate', 'education', 'politicalStatus'].includes(name))
        .sort(),
    )
    expect(publishedFields(gridFields, grid)).toEqual(grid)
  })

  it.each([undefined, null, 7, 'text', [], { members: 7, boundary: [], level: 'x', publicPhone: {}, more: 1 }])(
    '[DIR1] of %j nothing is read, and nothing fails',
    (value) => {
      expect(soundFields(gridFields, value)).toEqual({})
      expect(soundFields(staffFields, value)).toEqual({})
    },
  )

  it.each([
    [
      'boundary',
      JSON.stringify({ type: 'Feature', geometry: square(corners.map((one) => [...one, 12])) }),
      square(corners),
    ],
    ['areaSquareMetres', '10,000㎡', 10_000],
    ['leaderId', ' Zhou.JP ', 'zhou.jp'],
    [
      'members',
      'luo（区文旅局） 2026.1.1..2026-12-31、Han',
      [
        { role: 'assistant', account: 'luo', affiliation: '区文旅局', from: '2026-01-01', to: '2026-12-31' },
        { role: 'assistant', account: 'han' },
      ],
    ],
  ] as const)('[ORG3] the cell %s says what is meant', (name, text, expected) => {
    expect(readOrganisationField(gridFields[name], name, text, 'assistant')).toEqual({ ok: true, value: expected })
  })

  it('[ORG3] equipment is a kind and a number, and a list is parted as lists are', () => {
    expect(readOrganisationField(staffFields.equipment, 'equipment', '手机 SJ0001；工作证：017')).toEqual({
      ok: true,
      value: [
        { type: '手机', number: 'SJ0001' },
        { type: '工作证', number: '017' },
      ],
    })
    expect(readOrganisationField(staffFields.equipment, 'equipment', '手机')).toMatchObject({ ok: false })
    expect(readOrganisationField(staffFields.skills, 'skills', '急救、 法律；')).toEqual({
      ok: true,
      value: ['急救', '法律'],
    })
    expect(readOrganisationField(gridFields.boundary, 'boundary', '{')).toMatchObject({
      ok: false,
      failure: { field: 'boundary', problem: 'notPolygon' },
    })
  })
})
