import { indexGrid } from '@tongge/model'
import pinyin from 'pinyin-match'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'
import { findRows, ledgerRows, searchOn, type Search } from './search-rows.ts'
import { plainly, spellWith, type Spell } from './speller.ts'

const entries = [
  testEntry('building', 'b1', { estate: '新华里', name: '3号楼' }),
  testEntry('house', 'h1', { building: 'b1', entrance: '2', door: '501', floor: 5 }),
  testEntry('household', 'u1', { house: 'h1', head: 'p1' }),
  testEntry('person', 'p1', { household: 'u1', name: '李晓燕', phone: '13800001234' }),
  testEntry('person', 'p2', { household: 'u1', name: '单小军' }),
  testEntry('house', 'h2', { building: 'b1', entrance: '2', door: '502', floor: 5 }),
  testEntry('unit', 'n1', { name: '小满超市', address: '文昌街 5 号' }),
]
const index = indexGrid(entries)
const rows = ledgerRows(index, (house) => `3号楼 2单元 ${house.fields.door}`)
const spell: Spell = spellWith(pinyin.match)
const ids = (typed: string, how: Spell = spell): readonly string[] =>
  findRows(rows, typed, how).map((hit) => hit.row.id)

test('[LED5] a person is found by name, full pinyin, initials, a second reading and the end of the telephone number', () => {
  for (const typed of ['晓燕', 'lixiaoyan', 'lxy', 'LXY', '1234']) expect(ids(typed)[0]).toBe('p1')
  expect(ids('shanxiaojun')).toEqual(['p2'])
  expect(ids('danxiaojun')).toEqual(['p2'])
})

test('[LED5] a household or an empty house is found by its door, written in any way', () => {
  for (const typed of ['3-2-501', '3号楼2单元501', '３－２－５０１', '2-501', '501']) expect(ids(typed)[0]).toBe('u1')
  expect(ids('502')).toEqual(['h2'])
  expect(ids('3-2')).toEqual(['u1', 'h2'])
})

test('[LED5] words beside the digits narrow what these find: the building of one estate, one person of a telephone ending', () => {
  const two = ledgerRows(
    indexGrid([
      testEntry('building', 'b1', { estate: '锦华里', name: '2号楼' }),
      testEntry('building', 'b2', { estate: '新华里', name: '2号楼' }),
      testEntry('house', 'h1', { building: 'b1', entrance: '1', door: '101' }),
      testEntry('house', 'h2', { building: 'b2', entrance: '1', door: '101' }),
      testEntry('household', 'u1', { house: 'h1', head: 'p1' }),
      testEntry('person', 'p1', { household: 'u1', name: '李晓燕', phone: '13800001003' }),
      testEntry('facility', 'f1', { name: '灭火器', facilityNo: '演设003', place: '楼道' }),
      testEntry('facility', 'f2', { name: '灭火器', facilityNo: '演设013' }),
    ]),
    (house, building) => `${building?.fields.name ?? ''} 1单元 ${house.fields.door}`,
  )
  const found = (typed: string): readonly string[] => findRows(two, typed, spell).map((hit) => hit.row.id)
  expect(found('2号楼').slice(0, 2).sort()).toEqual(['b1', 'b2'])
  expect(found('锦华里2号楼')).toEqual(['b1', 'u1'])
  expect(found('锦华里 2号楼 1单元 101')).toEqual(['u1'])
  expect(found('jhl 2-1-101')).toEqual(['u1'])
  expect(found('晓燕 1003')).toEqual(['p1'])
  expect(found('陈1003')).toEqual([])

  expect(found('演设003')).toEqual(['f1'])
  expect([found('演设'), found('003')]).toEqual([
    ['f1', 'f2'],
    ['f1', 'p1'],
  ])
})

test('[LED5] the part that matched is marked', () => {
  expect(findRows(rows, 'xy', spell)[0]).toMatchObject({ by: 'name', mark: [1, 3] })
  expect(findRows(rows, '234', spell)[0]).toMatchObject({ by: 'phone', mark: [8, 11] })
})

test('[LED5] a match at the start of a name comes before one inside it', () => {
  expect(ids('xiao')).toEqual(['n1', 'p1', 'p2'])
})

test('[LED6] without the table of readings names, doors and telephones are still found', () => {
  expect(ids('晓燕', plainly)).toEqual(['p1'])
  expect(ids('3-2-501', plainly)).toEqual(['u1'])
  expect(ids('lxy', plainly)).toEqual([])
})

test('[LED5] nothing typed finds nothing', () => {
  expect(ids('  ')).toEqual([])
})

test('[LED25] people without a household are found by name', () => {
  const stray = indexGrid([testEntry('person', 'p9', { household: 'gone', name: '孤星' })])
  expect(
    findRows(
      ledgerRows(stray, () => ''),
      '孤星',
      plainly,
    ).map((hit) => hit.row.id),
  ).toEqual(['p9'])
})

test('[LED5] going on typing finds the same as typing all at once', () => {
  const surnames = '王李张刘陈杨赵黄周吴徐孙单曾吕西欧阳'.split('')
  const given = '伟芳娜敏静丽强军洋勇艳杰娟涛超霞平刚英华建国文晓燕志红雪安昂'.split('')
  const people = surnames.flatMap((one, i) =>
    given.map((two, j) =>
      testEntry('person', `q${i}-${j}`, { name: one + two + (given[(i * 7 + j * 3) % given.length] ?? '') }),
    ),
  )
  const many = ledgerRows(indexGrid(people), () => '')
  for (const typed of ['zhangweihong', 'lxy', 'xiangan', 'lvan', 'ouyangan', 'shanxiaoyan', 'wwx', 'xian']) {
    let search: Search | undefined
    for (let length = 1; length <= typed.length; length++) {
      const part = typed.slice(0, length)
      search = searchOn(search, many, part, spell)
      expect(search.hits.map((hit) => hit.row.id).sort()).toEqual(
        findRows(many, part, spell)
          .map((hit) => hit.row.id)
          .sort(),
      )
    }
  }
})

test('[LED5] what is looked up once for many names finds the same as matching each by itself', () => {
  const names = [
    '单小军',
    '曾颖',
    '吕布',
    '欧阳安',
    '王A梅',
    '乐嘉',
    '长安',
    '覃西安',
    'Li 雷',
    '  ',
    '重庆饭店',
    '𠮷野家',
  ]
  for (const name of names)
    for (const typed of [
      's',
      'd',
      'shan',
      'danxj',
      'z',
      'c',
      'zeng',
      'lv',
      'oy',
      'a',
      'am',
      'l',
      'y',
      'xian',
      'cq',
      'zq',
      'i',
      'ang',
      '王a',
      'q',
    ]) {
      const found = pinyin.match(name, typed)
      const plain = plainly(name, typed)
      expect([name, typed, spell(name, typed)]).toEqual([
        name,
        typed,
        plain ?? (found === false ? undefined : [found[0], found[1] + 1]),
      ])
    }
})
