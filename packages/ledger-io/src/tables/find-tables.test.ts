import { describe, expect, it } from 'vitest'
import { readOk, tablesOf, xlsxOf, type FixtureCell } from '../../fixtures/sheets.ts'
import { findTables } from './find-tables.ts'
import type { Table } from './table.ts'

const tableOf = async (
  rows: readonly (readonly FixtureCell[])[],
  merges: readonly (readonly [number, number, number, number])[] = [],
  name = '人员',
): Promise<Table> => {
  const [table] = tablesOf(await readOk(await xlsxOf({ name, rows, merges })))
  if (!table) throw new Error('no table')
  return table
}
const cells = (table: Table): readonly (readonly string[])[] => table.rows.map((row) => row.cells)

describe('header', () => {
  it('[IMP4] title rows and blank rows above the header are no data', async () => {
    const table = await tableOf([
      ['示例社区第一网格人口台账'],
      [],
      ['填表日期：2026年11月', null, null, '第1页'],
      ['序号', '姓名', '性别', '联系电话'],
      [1, '张三', '男', '13900000001'],
      [],
      [2, '李四', '女', '13900000002'],
    ])
    expect(table.header).toEqual(['序号', '姓名', '性别', '联系电话'])
    expect(table.title).toContain('示例社区第一网格')
    expect(table.rows.map(({ at }) => at)).toEqual([5, 7])
  })

  it('[IMP4] a header of two rows is read as one, whichever of them names more', async () => {
    const upper = ['楼栋', '室', '户主', null, '紧急联系人', null, '备注']
    const lower = [null, null, '姓名', '电话', '姓名', '电话', null]
    const merges = [
      [0, 2, 0, 3],
      [0, 4, 0, 5],
      [0, 0, 1, 0],
      [0, 1, 1, 1],
      [0, 6, 1, 6],
    ] as const
    const table = await tableOf(
      [upper, lower, ['1号楼', '101', '张三', '13900000001', '李四', '13900000002', '']],
      merges,
    )
    expect(table.header).toEqual(['楼栋', '室', '户主姓名', '户主电话', '紧急联系人姓名', '紧急联系人电话', '备注'])
    expect(table.rows).toHaveLength(1)
    const grouped = await tableOf(
      [
        ['基本信息', null, null, '联系'],
        ['姓名', '性别', '身份证号', '手机'],
        ['张三', '男', '', '13900000001'],
      ],
      [[0, 0, 0, 2]],
    )
    expect(grouped.header).toEqual(['姓名', '性别', '身份证号', '手机'])
  })

  it('[IMP4] a header that names nothing known is still found, to be mapped by hand', async () => {
    const table = await tableOf([['某表'], ['甲项', '乙项', '丙项'], ['a1', 'b1', 'c1'], ['a2', 'b2', 'c2']])
    expect(table.header).toEqual(['甲项', '乙项', '丙项'])
    expect(table.rows).toHaveLength(2)
  })

  it('[IMP4] without a table, or with a header only, the problem says so', async () => {
    expect(findTables(await readOk(await xlsxOf({ name: 'a', rows: [['姓名', '性别', '电话']] })))).toEqual({
      ok: false,
      failure: { problem: 'headerOnly', sheet: 'a' },
    })
    expect(findTables(await readOk(await xlsxOf({ name: 'a', rows: [['随手一句话']] })))).toEqual({
      ok: false,
      failure: { problem: 'noTable' },
    })
  })
})

describe('rows', () => {
  it('[IMP5] a cell merged downwards counts for each of its rows, one merged sideways only once', async () => {
    const table = await tableOf(
      [
        ['楼栋', '室', '姓名', '备注'],
        ['1号楼', '101', '张三', '甲'],
        [null, null, '李四', null],
        [null, '102', '王五', null],
      ],
      [
        [1, 0, 3, 0],
        [1, 1, 2, 1],
        [3, 2, 3, 3],
      ],
    )
    expect(cells(table)).toEqual([
      ['1号楼', '101', '张三', '甲'],
      ['1号楼', '101', '李四', ''],
      ['1号楼', '102', '王五', ''],
    ])
  })

  it('[IMP5] totals, footnotes and repeated headers are left out and reported', async () => {
    const header = ['楼栋', '室', '姓名', '电话']
    const table = await tableOf([
      header,
      ['1号楼', '101', '张三', ''],
      header,
      ['小计', null, '1人'],
      ['1号楼', '102', '合计良', ''],
      ['合计：', 2],
      ['备注：本表一式两份'],
      ['填表人：某某', null, '审核：某某'],
    ])
    expect(cells(table).map((row) => row[2])).toEqual(['张三', '合计良'])
    expect(table.skipped).toEqual([
      { at: 3, why: 'repeatedHeader' },
      { at: 4, why: 'total' },
      { at: 6, why: 'total' },
      { at: 7, why: 'footnote' },
      { at: 8, why: 'footnote' },
    ])
  })

  it('[IMP5] 同上 repeats the cell above', async () => {
    const table = await tableOf([
      ['楼栋', '室', '姓名'],
      ['1号楼', '101', '张三'],
      ['同上', '同上', '李四'],
      ['〃', '〃', '王五'],
    ])
    expect(cells(table)[2]).toEqual(['1号楼', '101', '王五'])
  })

  it('[IMP6] the building is told by the sheet, the title or a line of its own', async () => {
    const rows = [
      ['室', '姓名', '电话'],
      ['101', '张三', ''],
    ]
    expect((await tableOf(rows, [], '3栋')).place).toEqual({ building: '3栋' })
    expect((await tableOf([['某社区示例小区12号楼住户表'], ...rows])).place).toEqual({
      estate: '示例小区',
      building: '12号楼',
    })
    const sections = await tableOf([
      ['室', '姓名', '电话'],
      ['1号楼'],
      ['101', '张三', ''],
      ['2号楼'],
      ['101', '李四', ''],
    ])
    expect(sections.rows.map(({ section }) => section?.building)).toEqual(['1号楼', '2号楼'])
  })

  it('[IMP22] the entrance is told by the sheet, the title or a line of its own, which keeps the building before it', async () => {
    const rows = [
      ['室', '姓名', '电话'],
      ['101', '张三', ''],
    ]
    expect((await tableOf(rows, [], '3栋1单元')).place).toEqual({ building: '3栋', entrance: '1' })
    expect((await tableOf(rows, [], '3栋-二单元')).place).toEqual({ building: '3栋', entrance: '二' })
    expect((await tableOf([['3号楼1单元住户登记表'], ...rows])).place).toEqual({ building: '3号楼', entrance: '1' })
    expect((await tableOf([['3号楼住户登记表'], ...rows], [], '2单元')).place).toEqual({
      building: '3号楼',
      entrance: '2',
    })
    expect((await tableOf([['4号楼2单元住户登记表'], ...rows], [], '3号楼')).place).toEqual({ building: '3号楼' })
    expect((await tableOf([['3号楼1-3单元住户登记表'], ...rows])).place).toEqual({ building: '3号楼' })
    const sections = await tableOf(
      [...rows, ['3号楼1单元：'], ['101', '张三', ''], ['2单元'], ['101', '李四', ''], ['4号楼'], ['101', '王五', '']],
      [],
      '9号楼',
    )
    expect(sections.rows.map(({ section }) => section)).toEqual([
      undefined,
      { building: '3号楼', entrance: '1' },
      { building: '3号楼', entrance: '2' },
      { building: '4号楼' },
    ])
    const entrances = await tableOf([...rows, ['2单元'], ['101', '李四', '']], [], '9号楼')
    expect(entrances.rows[1]?.section).toEqual({ building: '9号楼', entrance: '2' })
  })

  it('[IMP6] every sheet with a table counts; the others are passed over', async () => {
    const sheet = (name: string): { name: string; rows: FixtureCell[][] } => ({
      name,
      rows: [
        ['室', '姓名', '电话'],
        ['101', '张三', ''],
      ],
    })
    const tables = tablesOf(
      await readOk(await xlsxOf(sheet('1号楼'), { name: '说明', rows: [['填表说明']] }, sheet('2号楼'))),
    )
    expect(tables.map(({ place }) => place?.building)).toEqual(['1号楼', '2号楼'])
  })
})
