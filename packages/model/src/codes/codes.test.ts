import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../fields.ts'
import { isKind, tables } from '../records.ts'
import {
  codeList,
  findCode,
  isCode,
  isOpenList,
  isOwnCode,
  labelOf,
  openLists,
  ownLabel,
  withOwnCodes,
} from './index.ts'
import { synonymsByList } from './synonyms.ts'

const listIds = [
  ...new Set(
    Object.keys(tables)
      .filter(isKind)
      .flatMap((kind) =>
        fieldsOf(kind).flatMap((field) => (field.type === 'code' || field.type === 'codes' ? [field.list] : [])),
      ),
  ),
]

/** Lists of the standards to which no field of a table has a value yet. */
const unheld = ['RELIGION', 'DISAB', 'DISAB_GRADE', 'CITYEVENT'] as const

describe('lists that the standards leave open', () => {
  it('[CODE6] take a code of a community, which no code of the app looks like; lists of a standard take none', () => {
    for (const { id } of openLists) {
      expect([
        isCode(id, 'x-dog'),
        isCode(id, 'x-'),
        isCode(id, 'X-DOG'),
        isCode(id, 'x-ein Hund'),
        isCode(id, 'dog'),
      ]).toEqual([true, false, false, false, false])
      expect(codeList(id).filter(({ code }) => isOwnCode(code))).toEqual([])
    }
    for (const id of [
      'SEX',
      'KIN',
      'NATION',
      'MARITAL',
      'STATUS',
      'OCCUPANCY',
      'RESIDENT',
      'RISK',
      'TICKET_SOURCE',
    ] as const)
      expect([isOpenList(id), isCode(id, 'x-dog')]).toEqual([false, false])
  })
  it('[CODE6] a label that a community gave is found, and a code without one is shown as it is', () => {
    const own = { HAZARD: [{ code: 'x-a1', zh: '高空抛物' }] }
    expect([ownLabel(own, 'HAZARD', 'x-a1', 'zh'), ownLabel(own, 'HAZARD', 'x-a1', 'en')]).toEqual([
      '高空抛物',
      '高空抛物',
    ])
    expect([findCode('HAZARD', ' x-a1 '), findCode('HAZARD', 'fire'), findCode('SEX', 'x-a1')]).toEqual([
      'x-a1',
      'fire',
      undefined,
    ])
    expect(['高空抛物', '消防、高空抛物', '消防', '别的'].map((text) => withOwnCodes(own, 'HAZARD', text))).toEqual([
      'x-a1',
      '消防、x-a1',
      '消防',
      '别的',
    ])
    expect([ownLabel(own, 'HAZARD', 'x-b2', 'zh'), labelOf('HAZARD', 'x-b2', 'zh')]).toEqual([undefined, 'x-b2'])
  })
})

describe('code lists', () => {
  it.each([...listIds, 'TICKET_SOURCE' as const, ...unheld])(
    '[CODE1] %s has labels in both languages and no code or label twice',
    (id) => {
      const codes = codeList(id)
      expect(codes.length).toBeGreaterThan(1)
      for (const { code, zh, en } of codes) expect([code, zh, en].every((part) => part.length > 0)).toBe(true)
      for (const part of ['code', 'zh'] as const)
        expect(new Set(codes.map((entry) => entry[part])).size).toBe(codes.length)
    },
  )
  it('[CODE1] all 56 ethnic groups and two more are listed', () => {
    expect(codeList('NATION')).toHaveLength(58)
    expect([labelOf('NATION', '01', 'zh'), labelOf('NATION', '56', 'zh'), labelOf('NATION', '03', 'en')]).toEqual([
      '汉族',
      '基诺族',
      'Hui',
    ])
  })
  it('[CODE1] certificates, disabilities and religions have the codes of their standards', () => {
    const codesOf = (id: Parameters<typeof codeList>[0]) => codeList(id).map(({ code }) => code)
    expect(codesOf('CERT')).toEqual(['111', '113', '114', '414', '511', '516', '990'])
    expect(codesOf('DISAB')).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(codesOf('DISAB_GRADE')).toEqual(['1', '2', '3', '4'])
    expect(codesOf('RELIGION')).toEqual(['00', '10', '20', '30', '40', '50', '60', '70', '99'])
  })
  it('[CODE1] religion is in no table', () => {
    expect(listIds).not.toContain('RELIGION')
  })
  it('[CODE2] an unknown code is shown as it is', () => {
    expect(labelOf('SEX', '7', 'zh')).toBe('7')
  })
  it.each([
    ['SEX', '男', '1'],
    ['SEX', '女性', '2'],
    ['SEX', '1', '1'],
    ['KIN', '妻子', '12'],
    ['KIN', '儿子', '20'],
    ['KIN', '本人', '01'],
    ['KIN', '户主', '02'],
    ['KIN', '1', '01'],
    ['KIN', '长 女', '32'],
    ['KIN', '爱人', '10'],
    ['KIN', '之妻', '12'],
    ['KIN', '户主之子', '20'],
    ['KIN', '户主配偶', '10'],
    ['KIN', '儿媳妇', '38'],
    ['KIN', '老伴', '10'],
    ['KIN', '小儿子', '20'],
    ['KIN', '重孙', '47'],
    ['KIN', '丈母娘', '56'],
    ['KIN', '同居', '99'],
    ['NATION', '汉', '01'],
    ['NATION', '回族', '03'],
    ['EDU', '本科', '20'],
    ['POLIT', '党员', '01'],
    ['RESIDENT', '流动人口', '02'],
    ['OCCUPANCY', '出租', 'rented'],
    ['STATUS', '在册', 'active'],
    ['RISK', 'H', 'H'],
    ['STATUS', 'movedOut', 'movedOut'],
    ['SEX', 'Female', '2'],
    ['CERT', '身份证', '111'],
    ['CERT', '护照', '414'],
    ['DISAB', '肢体', '4'],
    ['DISAB_GRADE', '二级', '2'],
    ['RELIGION', '无', '00'],
  ] as const)('[CODE3] in %s, %s means %s', (id, text, code) => {
    expect(findCode(id, text)).toBe(code)
  })
  it('[CODE3] a word that means nothing finds nothing', () => {
    expect([findCode('SEX', '中'), findCode('KIN', ''), findCode('SEX', 'constructor')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
  it('[CODE3] every synonym leads to a code of its list', () => {
    for (const [id, synonyms] of Object.entries(synonymsByList)) {
      const codes = codeList(id as keyof typeof synonymsByList).map(({ code }) => code)
      for (const code of Object.values(synonyms)) expect(codes, `${id} ${code}`).toContain(code)
    }
  })
  it('[CODE4] field codes are two or three lower-case letters, unique in their table', () => {
    for (const kind of Object.keys(tables).filter(isKind)) {
      const codes = fieldsOf(kind).map((field) => field.code)
      expect(new Set(codes).size).toBe(codes.length)
      for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9]{1,2}$/)
    }
  })
  it('[CODE5] a field that another replaces names one of its table, which is asked for in its place', () => {
    const replaced = Object.keys(tables)
      .filter(isKind)
      .flatMap((kind) => fieldsOf(kind).flatMap((field) => (field.replacedBy ? [[kind, field] as const] : [])))
    expect(replaced.map(([, { name }]) => name)).toEqual(['permitType', 'mainFamilyMember'])
    for (const [kind, field] of replaced) {
      const better = fieldsOf(kind).find(({ name }) => name === field.replacedBy)
      expect(better && [better.class, better.group, better.replacedBy]).toEqual([field.class, field.group, undefined])
    }
  })
})
