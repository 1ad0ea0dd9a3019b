import { assert, constantFrom, date, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildingKey, doorKey, entranceKey, estateIn, parseAddress, parseDoor } from './place.ts'
import { parseSheetDay } from './sheet-day.ts'
import { splitPhones } from './split-phones.ts'

const options = { date1904: false, today: '2026-11-23' }

describe('days', () => {
  it.each([
    ['1985.3.2', '1985-03-02'],
    ['1985-3-2', '1985-03-02'],
    ['1985/03/02', '1985-03-02'],
    ['19850302', '1985-03-02'],
    ['1985年3月2日', '1985-03-02'],
    ['1985-03-02 00:00:00', '1985-03-02'],
    ['31108', '1985-03-02'],
    ['1985.3.2.', '1985-03-02'],
  ])('[IMP10] %s is %s', (text, day) => {
    expect(parseSheetDay(text, options)).toEqual({ day, assumed: false })
  })

  it.each([
    ['1985/3', '1985-03-01'],
    ['1985年3月', '1985-03-01'],
    ['198503', '1985-03-01'],
    ['85.3.2', '1985-03-02'],
    ['05-3-2', '2005-03-02'],
  ])('[IMP10] %s is taken as %s and marked as assumed', (text, day) => {
    expect(parseSheetDay(text, options)).toEqual({ day, assumed: true })
  })

  it.each(['1985', '1985.13.2', '1985-2-30', '19850230', '不记得', '3月2日', '12'])('[IMP10] %s is no day', (text) => {
    expect(parseSheetDay(text, options)).toBeUndefined()
  })

  it('[IMP10] serial numbers count from 1904 in files that say so', () => {
    expect(parseSheetDay('29646', { ...options, date1904: true })?.day).toBe('1985-03-02')
  })

  it('[IMP10] a day written in any usual way is read back', () => {
    const day = date({
      min: new Date('1930-01-01T00:00:00Z'),
      max: new Date('2026-01-01T00:00:00Z'),
      noInvalidDate: true,
    }).map((date) => date.toISOString().slice(0, 10))
    const forms = [
      (y: string, m: string, d: string) => `${y}.${Number(m)}.${Number(d)}`,
      (y: string, m: string, d: string) => `${y}${m}${d}`,
      (y: string, m: string, d: string) => `${y}年${Number(m)}月${Number(d)}日`,
      (y: string, m: string, d: string) => `${y}/${m}/${d}`,
    ]
    assert(
      property(day, constantFrom(...forms), (iso, form) => {
        const [y = '', m = '', d = ''] = iso.split('-')
        return parseSheetDay(form(y, m, d), options)?.day === iso
      }),
      { seed: 20_261_123, numRuns: 500 },
    )
  })
})

describe('places', () => {
  it.each([
    ['3号楼2单元501', { building: '3号楼', entrance: '2', door: '501' }],
    ['示例小区3号楼2单元501室', { estate: '示例小区', building: '3号楼', entrance: '2', door: '501' }],
    ['3-2-501', { building: '3号楼', entrance: '2', door: '501' }],
    ['示例里3-2-501', { estate: '示例里', building: '3号楼', entrance: '2', door: '501' }],
    ['3栋501', { building: '3栋', door: '501' }],
    ['3幢2-501', { building: '3幢', entrance: '2', door: '501' }],
    ['3#2-501', { building: '3#', entrance: '2', door: '501' }],
    ['A座1203', { building: 'A座', door: '1203' }],
    ['三号楼二单元501户', { building: '三号楼', entrance: '二', door: '501' }],
    ['3号楼 2单元 5层 501', { building: '3号楼', entrance: '2', door: '501' }],
    ['示例胡同12号', { building: '示例胡同', door: '12号' }],
    ['示例路8号院3号楼1门202', { estate: '示例路8号院', building: '3号楼', entrance: '1', door: '202' }],
  ])('[IMP11] %s is taken apart', (text, place) => {
    expect(parseAddress(text)).toEqual(place)
  })

  it('[IMP11] a door column may name the entrance too', () => {
    expect(parseDoor('2-501')).toEqual({ entrance: '2', door: '501' })
    expect(parseDoor('2单元501室')).toEqual({ entrance: '2', door: '501' })
    expect(parseDoor('501室')).toEqual({ door: '501' })
    expect(parseAddress('不清楚住哪')).toBeUndefined()
  })

  it('[IMP11] one building, entrance or door written in several ways is one', () => {
    expect(new Set(['3号楼', '三号楼', '3栋', '03幢', '3#', '3#楼', '3'].map(buildingKey)).size).toBe(1)
    expect(new Set(['2单元', '二单元', '02', '2门'].map(entranceKey)).size).toBe(1)
    expect(new Set(['0501', '501室', '501'].map(doorKey)).size).toBe(1)
    expect(buildingKey('十二号楼')).toBe('12')
    expect(estateIn('某街道某社区示例小区实有人口台账')).toBe('示例小区')
  })
})

describe('phones', () => {
  it.each([
    ['13900000001', ['13900000001'], ''],
    ['139 0000 0001', ['13900000001'], ''],
    ['139-0000-0001、13900000002', ['13900000001', '13900000002'], ''],
    ['13900000001/0531-88880000', ['13900000001', '0531-88880000'], ''],
    ['13900000001(儿子)', ['13900000001'], '儿子'],
    ['1390000000113900000002', [], '1390000000113900000002'],
    ['张三13900000001；李四13900000002', ['13900000001', '13900000002'], '张三 李四'],
    ['+86 13900000001', ['13900000001'], ''],
    ['没有电话', [], '没有电话'],
  ])('[IMP12] %s', (text, numbers, words) => {
    expect(splitPhones(text)).toEqual({ numbers, words })
  })
})
