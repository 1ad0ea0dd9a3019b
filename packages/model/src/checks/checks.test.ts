import { describe, expect, it } from 'vitest'
import type { Value } from '../field.ts'
import { idNumber } from '../testing/fixture.ts'
import {
  checkField,
  maskIdNo,
  maskName,
  maskPhone,
  normaliseField,
  parseDay,
  parseIdNo,
  parsePhone,
  parseUscc,
  upgradeIdNo,
  usccCheckCharacter,
} from './index.ts'

const today = '2026-11-20'

describe('ID numbers', () => {
  it('[ID1] a right number tells birth date, sex and region', () => {
    const number = idNumber('19491231', '002')
    expect(parseIdNo(number)).toEqual({
      ok: true,
      value: { idNo: number, birthDate: '1949-12-31', sex: '2', region: '990101' },
    })
    expect(parseIdNo(idNumber('20000229', '001'))).toMatchObject({ ok: true, value: { sex: '1' } })
  })
  it('[ID2] a lower-case or full-width x and spaces are accepted', () => {
    const withX =
      Array.from({ length: 500 }, (_, index) => idNumber('19800101', String(index).padStart(3, '0'))).find((number) =>
        number.endsWith('X'),
      ) ?? ''
    for (const typed of [
      withX.toLowerCase(),
      `${withX.slice(0, 6)} ${withX.slice(6)}`,
      withX.replace('X', 'ｘ'),
      withX.replaceAll('9', '９'),
    ]) {
      expect(parseIdNo(typed)).toMatchObject({ ok: true, value: { idNo: withX } })
    }
  })
  it('[ID1] the published example of the check digit holds', () => {
    expect(parseIdNo('11010519491231002X')).toMatchObject({ ok: true, value: { birthDate: '1949-12-31', sex: '2' } })
    expect(parseIdNo('440524188001010014')).toMatchObject({ ok: true, value: { sex: '1' } })
  })
  it.each([
    ['99010119491231', 'badIdLength'],
    ['990101491231002', 'badIdLength'],
    ['X10105194912310020', 'badIdLength'],
    ['190101194912310021', 'badIdRegion'],
    ['990000194912310021', 'badIdRegion'],
    ['990101194902300021', 'badIdDate'],
    ['990101174912310021', 'badIdDate'],
    ['110105194912310021', 'badIdCheckDigit'],
  ])('[ID3] %s is refused as %s', (text, failure) => {
    expect(parseIdNo(text)).toEqual({ ok: false, failure })
  })
  it('[ID3] every change of one digit is noticed', () => {
    const number = idNumber('19850302', '001')
    for (let place = 0; place < 18; place += 1) {
      for (const digit of '0123456789') {
        if (number[place] !== digit)
          expect(parseIdNo(number.slice(0, place) + digit + number.slice(place + 1)).ok).toBe(false)
      }
    }
  })
  it('[ID4] a 15-digit number is named by its length and can be upgraded', () => {
    expect(checkField('person', 'idNo', '990101850302001', { today })).toEqual({
      field: 'idNo',
      problem: 'badIdLength',
      detail: '15',
    })
    expect(upgradeIdNo('990101850302001')).toBe(idNumber('19850302', '001'))
    expect(upgradeIdNo('990101851302001')).toBeUndefined()
    expect(checkField('person', 'idNo', idNumber('20300101', '001'), { today })).toMatchObject({ problem: 'badIdDate' })
  })
})

describe('other numbers', () => {
  it('[ID5] a unified social credit code is checked by its last character', () => {
    const first = '91990101MA3C00000'
    const code = first + usccCheckCharacter(first)
    expect(parseUscc(code.toLowerCase())).toEqual({ ok: true, value: code })
    expect(parseUscc('91350100M000100Y43')).toMatchObject({ ok: true })
    for (const bad of [code.slice(0, 17) + (code[17] === '0' ? '1' : '0'), code.replace('M', 'O'), code.slice(1), ''])
      expect(parseUscc(bad).ok).toBe(false)
  })
  it.each([
    ['138 0000 0001', '13800000001'],
    ['+86 138-0000-0001', '13800000001'],
    ['8613800000001', '13800000001'],
    ['１３８００００００１１', '13800000011'],
    ['0531-88880001', '0531-88880001'],
    ['(010) 6888 0001', '010-68880001'],
    ['053188880001转12', '0531-88880001#12'],
    ['+86 531 8888 0001', '0531-88880001'],
    ['12345', '12345'],
    ['400-800-0001', '4008000001'],
  ])('[ID6] the phone number %s is stored as %s', (typed, stored) => {
    expect(parsePhone(typed)).toEqual({ ok: true, value: stored })
  })
  it.each(['12800000001', '1380000001', '138000000011', '88880001', '010-6888001', '王一', '13800000001/13800000002'])(
    '[ID6] %s is no phone number',
    (typed) => {
      expect(parsePhone(typed)).toEqual({ ok: false, failure: 'badPhone' })
    },
  )
  it('[ID7] masks keep what a helper needs and no more', () => {
    expect([maskName('张三丰'), maskName('张三'), maskName('欧阳小明明'), maskName('')]).toEqual([
      '张**',
      '张*',
      '欧**',
      '',
    ])
    expect([maskPhone('13812341234'), maskPhone('0531-88880001')]).toEqual(['138****1234', '****-******01'])
    expect(maskIdNo('11010519491231002X')).toBe('11**************2X')
  })
})

describe('fields', () => {
  it.each([
    ['person', 'name', undefined, 'required'],
    ['person', 'nothing', 'x', 'unknownField'],
    ['person', 'name', 'x'.repeat(41), 'tooLong'],
    ['person', 'name', 5, 'wrongType'],
    ['person', 'sex', '3', 'notInList'],
    ['person', 'birthDate', '1985-02-30', 'badDate'],
    ['person', 'birthDate', '2026-11-21', 'futureDate'],
    ['person', 'phone', '123', 'badPhone'],
    ['person', 'idNo', '110105194912310021', 'badIdCheckDigit'],
    ['person', 'household', 'h 1', 'unknownReference'],
    ['household', 'careTags', ['aged', 'x'], 'notInList'],
    ['household', 'careTags', 'aged', 'wrongType'],
    ['household', 'diary', 'text', 'wrongType'],
    ['household', 'lastConfirmedAt', Date.parse('2026-11-22T00:00:00Z'), 'futureDate'],
    ['house', 'floor', 1.5, 'wrongType'],
    ['house', 'floor', 151, 'outOfRange'],
    ['house', 'area', Number.NaN, 'wrongType'],
    ['building', 'hasLift', 'yes', 'wrongType'],
    ['building', 'gridCode', '12', 'badGridCode'],
    ['unit', 'uscc', '12', 'badUscc'],
  ] as const)('[ID8] %s.%s = %j is a problem: %s', (kind, field, value, problem) => {
    expect(checkField(kind, field, value, { today })).toMatchObject({ field, problem })
  })
  it('[PHOTO6] a record names photos by album and number, nine at most', () => {
    const problemOf = (value: Value) => checkField('facility', 'photos', value, { today })?.problem
    const photos = (count: number) => Array.from({ length: count }, (_, index) => `a1/${index}`)
    expect([problemOf(photos(9)), problemOf(photos(10))]).toEqual([undefined, 'outOfRange'])
    for (const value of ['a1/0', ['a1'], ['a1/0', 'https://example.org/1.jpg'], ['a 1/0'], true])
      expect(problemOf(value), JSON.stringify(value)).toBe('wrongType')
    expect(normaliseField('facility', 'photos', 'a1/0').ok).toBe(false)
  })
  it('[ID8] dates of what is to come may lie ahead', () => {
    expect(checkField('person', 'leavesOn', '2027-01-01', { today })).toBeUndefined()
    expect(checkField('person', 'remark', '', { today })).toBeUndefined()
  })
  it.each(['1985.3.2', '19850302', '1985年3月2日', '1985/03/02', '1985-3-2', '１９８５．３．２', '1985-03-02 08:00'])(
    '[ID9] the date %s is understood',
    (text) => {
      expect(parseDay(text)).toBe('1985-03-02')
    },
  )
  it.each([
    ['person', 'sex', ' 男 ', '1'],
    ['person', 'kinToHead', '妻子', '12'],
    ['person', 'birthDate', '1985年3月2日', '1985-03-02'],
    ['person', 'phone', '138 0000 0001', '13800000001'],
    ['household', 'careTags', '独居、残疾', ['livingAlone', 'disability']],
    ['house', 'area', '85.5㎡', 85.5],
    ['house', 'floor', '６层', 6],
    ['building', 'hasLift', '有', true],
    ['building', 'hasLift', '无', false],
    ['person', 'name', '  ', undefined],
    ['household', 'lastConfirmedAt', '2026-11-20 09:30', Date.parse('2026-11-20T09:30:00+08:00')],
  ] as const)('[ID9] %s.%s typed as %j becomes %j', (kind, field, text, value) => {
    expect(normaliseField(kind, field, text)).toEqual({ ok: true, value })
  })
  it('[ID9] what cannot be read is a problem that never repeats an ID number', () => {
    expect(normaliseField('person', 'sex', '中')).toEqual({
      ok: false,
      failure: { field: 'sex', problem: 'notInList', detail: '中' },
    })
    expect(normaliseField('person', 'idNo', '110105194912310021')).toEqual({
      ok: false,
      failure: { field: 'idNo', problem: 'badIdCheckDigit', detail: '18' },
    })
    expect(normaliseField('house', 'floor', '六')).toMatchObject({ ok: false, failure: { problem: 'wrongType' } })
  })
})

describe('regions', () => {
  it.each([
    ['110105', undefined],
    ['990101', undefined],
    ['820000', undefined],
    ['山东省济南市历下区', undefined],
    ['济南 370102', undefined],
    ['161005', 'badRegion'],
    ['830000', 'badRegion'],
    ['11010', 'badRegion'],
    ['1101051', 'badRegion'],
    ['110 105', 'badRegion'],
  ])('[ID10] %s as the region of a registration: %s', (region, problem) => {
    for (const name of ['registeredRegion', 'residenceRegion'])
      expect(checkField('person', name, region, { today: '2026-11-20' })?.problem).toBe(problem)
    expect(checkField('person', 'registeredAddress', region, { today: '2026-11-20' })).toBeUndefined()
  })
})
