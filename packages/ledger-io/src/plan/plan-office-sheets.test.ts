import type { Value } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { fixtureIdNo } from '../../fixtures/people.ts'
import { planOf, readOk, xlsxOf, type FixtureCell } from '../../fixtures/sheets.ts'
import type { ImportPlan, RowReport } from './report.ts'

const id1 = fixtureIdNo('19850302', 1)
const id2 = fixtureIdNo('19860411', 2)
const id3 = fixtureIdNo('20110520', 3)

const sheet = async (rows: readonly (readonly FixtureCell[])[], name = '人员'): Promise<ImportPlan> =>
  planOf(await readOk(await xlsxOf({ name, rows })))
const row = (plan: ImportPlan, at: number): RowReport => plan.rows[at] ?? expect.fail(`no row ${at}`)
const fieldsOf = (plan: ImportPlan, kind: string): readonly Readonly<Record<string, Value | undefined>>[] =>
  plan.records.filter((record) => record.kind === kind).map(({ fields }) => fields)

describe('entrances', () => {
  it('[IMP22] door 101 of two entrances is two houses, whether sheets, titles or lines name the entrances', async () => {
    const heads = ['室', '姓名', '与户主关系', '身份证号']
    const first = ['101', '赵甲', '户主', id1]
    const second = ['101', '钱乙', '户主', id2]
    const workbooks = [
      xlsxOf({ name: '3栋1单元', rows: [heads, first] }, { name: '3栋2单元', rows: [heads, second] }),
      xlsxOf(
        { name: '一', rows: [['3号楼1单元住户登记表'], heads, first] },
        { name: '二', rows: [['3号楼2单元住户登记表'], heads, second] },
      ),
      xlsxOf({ name: '人员', rows: [heads, ['3号楼1单元'], first, ['3号楼2单元'], second] }),
      xlsxOf({ name: '3号楼', rows: [heads, ['1单元'], first, ['2单元'], second] }),
    ]
    for (const workbook of await Promise.all(workbooks)) {
      const plan = planOf(await readOk(workbook))
      expect(fieldsOf(plan, 'building')).toHaveLength(1)
      expect(fieldsOf(plan, 'house')).toMatchObject([
        { entrance: '1', door: '101' },
        { entrance: '2', door: '101' },
      ])
    }
  })

  it('[IMP22] what a row says of its own building or entrance goes before what stands above it', async () => {
    const plan = await sheet(
      [
        ['楼栋', '单元', '室', '姓名', '与户主关系', '身份证号'],
        ['', '2', '101', '赵甲', '户主', id1],
        ['5号楼', '', '101', '钱乙', '户主', id2],
        ['3栋', '', '102', '赵丙', '户主', id3],
      ],
      '3号楼1单元',
    )
    expect(plan.rows.map(({ place }) => place)).toEqual([
      '示例小区 3号楼 2-101',
      '示例小区 5号楼 101',
      '示例小区 3栋 1-102',
    ])
  })
})

describe('words of a list', () => {
  it('[IMP23] a word that names no kinship is 其他亲属 with a note, and the row is imported', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '与户主关系', '身份证号'],
      ['3号楼', '501', '赵甲', '户主', id1],
      ['', '', '钱乙', '远房的', id2],
    ])
    expect(plan.counts).toMatchObject({ created: 2, rejected: 0, doubtful: 1 })
    expect(fieldsOf(plan, 'person')[1]).toMatchObject({ name: '钱乙', kinToHead: '97' })
    expect(row(plan, 1).notes).toEqual([
      { code: 'otherKin', column: '与户主关系', target: 'person.kinToHead', text: '远房的' },
    ])
  })

  it('[IMP23] an unknown word in a list that a record needs rejects nobody', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '与户主关系', '出生日期', '性别', '人口类型', '房屋状态', '民族', '文化程度'],
      ['3号楼', '501', '赵甲', '户主', '1985.3.2', '不男不女', '挂户', '待售', '某族', '很高'],
    ])
    expect(plan.counts).toMatchObject({ created: 1, rejected: 0, doubtful: 1 })
    expect(fieldsOf(plan, 'person')).toMatchObject([{ sex: '0', resident: '01' }])
    expect(fieldsOf(plan, 'house')).toMatchObject([{ occupancy: 'owner' }])
    expect(
      row(plan, 0)
        .notes.filter(({ code }) => code === 'notInList')
        .map(({ column }) => column),
    ).toEqual(['性别', '人口类型', '房屋状态', '民族', '文化程度'])
  })
})

describe('doors without people', () => {
  it('[IMP24] are 空置 where any cell says so, and nobody is called 空置', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '与户主关系', '身份证号', '备注'],
      ['3号楼', '501', '', '', '', '空置'],
      ['3号楼', '502', '空房', '', '', ''],
      ['3号楼', '503', '', '', '', '长期无人居住，联系物业'],
      ['3号楼', '504', '赵甲', '户主', id1, '对门空置'],
    ])
    expect(fieldsOf(plan, 'house').map(({ door, occupancy }) => [door, occupancy])).toEqual([
      ['501', 'vacant'],
      ['502', 'vacant'],
      ['503', 'vacant'],
      ['504', 'owner'],
    ])
    expect(plan.counts).toMatchObject({ created: 4, doubtful: 0, people: 1 })
  })

  it('[IMP24] whose row says nothing get the usual value with a note', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '身份证号', '备注'],
      ['3号楼', '501', '', '', '敲门无人应答'],
      ['3号楼', '502', '', '', '非空置'],
    ])
    expect(plan.rows.map(({ notes }) => notes)).toEqual([
      [{ code: 'defaultUsed', target: 'house.occupancy', detail: 'owner' }],
      [{ code: 'defaultUsed', target: 'house.occupancy', detail: 'owner' }],
    ])
  })

  it('[IMP24] a column of the occupancy may say 空 alone', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '房屋状态', '身份证号'],
      ['3号楼', '501', '', '空', ''],
      ['3号楼', '502', '赵甲', '', id1],
    ])
    expect(fieldsOf(plan, 'house').map(({ occupancy }) => occupancy)).toEqual(['vacant', 'owner'])
  })
})
