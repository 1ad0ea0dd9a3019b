import { readFile } from 'node:fs/promises'
import type { Value } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { fixtureIdNo } from '../../fixtures/people.ts'
import {
  countingIds,
  guessMapping,
  ledgerOf,
  planOf,
  readOk,
  tablesOf,
  today,
  xlsxOf,
  type FixtureCell,
} from '../../fixtures/sheets.ts'
import { indexLedger, type LedgerEntry } from './ledger-index.ts'
import { planImport } from './plan-import.ts'
import type { ImportPlan, RowReport } from './report.ts'

const id1 = fixtureIdNo('19850302', 1)
const id2 = fixtureIdNo('19860411', 2)
const id3 = fixtureIdNo('20110520', 3)
const header = ['楼栋', '单元', '室', '姓名', '与户主关系', '身份证号', '联系电话', '备注']

const sheet = async (
  rows: readonly (readonly FixtureCell[])[],
  name = '人员',
  ledger: readonly LedgerEntry[] = [],
): Promise<ImportPlan> => planOf(await readOk(await xlsxOf({ name, rows })), ledger)
const row = (plan: ImportPlan, at: number): RowReport => plan.rows[at] ?? expect.fail(`no row ${at}`)
const codes = (report: RowReport): readonly string[] => report.notes.map(({ code }) => code)
const fieldsOf = (plan: ImportPlan, kind: string): readonly Readonly<Record<string, Value | undefined>>[] =>
  plan.records.filter((record) => record.kind === kind).map(({ fields }) => fields)

const family = [
  header,
  ['3号楼', '2', '501', '赵甲', '户主', id1, '13900000001', ''],
  ['', '', '', '钱乙', '妻', id2, '', ''],
  ['', '', '', '赵丙', '长子', id3.toLowerCase(), '', ''],
]

describe('households', () => {
  it('[IMP13] a head and the members below make one household in one house of one building', async () => {
    const plan = await sheet(family)
    expect(plan.counts).toMatchObject({ created: 3, rejected: 0, doubtful: 0, households: 1, people: 3 })
    expect(plan.records.map(({ kind }) => kind)).toEqual([
      'building',
      'house',
      'household',
      'person',
      'person',
      'person',
    ])
    const [building, house, household, ...people] = plan.records
    expect(building?.fields).toMatchObject({ estate: '示例小区', name: '3号楼' })
    expect(house?.fields).toMatchObject({ building: building?.id, entrance: '2', door: '501', occupancy: 'owner' })
    expect(household?.fields).toMatchObject({ house: house?.id, head: people[0]?.id })
    expect(people.map(({ fields }) => fields['household'])).toEqual([household?.id, household?.id, household?.id])
    expect(people.map(({ fields }) => fields['kinToHead'])).toEqual(['02', '12', '22'])
  })

  it('[IMP13] a second head at the same door is a second household of the same house', async () => {
    const plan = await sheet([
      header,
      ['3号楼', '2', '501', '赵甲', '户主', id1],
      ['3号楼', '2', '501', '钱乙', '户主', id2],
    ])
    expect(plan.counts).toMatchObject({ households: 2, people: 2 })
    expect(fieldsOf(plan, 'house')).toHaveLength(1)
  })

  it('[IMP13] a head named beside every member tells households apart, in any order of rows', async () => {
    const plan = await sheet([
      ['户主姓名', '住址', '姓名', '与户主关系', '身份证号'],
      ['赵甲', '3-2-501', '赵丙', '长子', id3],
      ['钱乙', '3-2-502', '钱乙', '', id2],
      ['赵甲', '3-2-501', '赵甲', '', id1],
    ])
    expect(plan.counts).toMatchObject({ created: 3, households: 2 })
    const heads = fieldsOf(plan, 'household').map(
      ({ head }) => plan.records.find(({ id }) => id === head)?.fields['name'],
    )
    expect(heads).toEqual(['赵甲', '钱乙'])
  })

  it('[IMP13] without a kinship column the first person of a door is the head and every guess is marked', async () => {
    const plan = await sheet([
      ['住址', '姓名', '身份证号'],
      ['3号楼2单元501', '赵甲', id1],
      ['3栋2单元501室', '钱乙', id2],
      ['3号楼2单元502', '赵丙', id3],
    ])
    expect(plan.counts).toMatchObject({ created: 3, households: 2 })
    expect(fieldsOf(plan, 'person').map(({ kinToHead }) => kinToHead)).toEqual(['02', '97', '02'])
    expect(plan.rows.map(codes)).toEqual([['defaultUsed'], ['defaultUsed'], []])
  })

  it('[IMP13] the sheet’s name gives the building where no column does', async () => {
    const plan = await sheet(
      [
        ['单元', '室', '姓名', '与户主关系', '身份证号'],
        [2, 501, '赵甲', '户主', id1],
      ],
      '3号楼',
    )
    expect(fieldsOf(plan, 'building')).toMatchObject([{ name: '3号楼' }])
    expect(row(plan, 0)).toMatchObject({ origin: '3号楼!2', place: '示例小区 3号楼 2-501', outcome: 'created' })
  })

  it('[IMP13] a door without people makes a house only', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '房屋状态', '身份证号'],
      ['3号楼', '501', '', '空置', ''],
      ['3号楼', '502', '赵甲', '自住', id1],
    ])
    expect(plan.counts).toMatchObject({ created: 2, households: 1 })
    expect(fieldsOf(plan, 'house')).toMatchObject([
      { door: '501', occupancy: 'vacant' },
      { door: '502', occupancy: 'owner' },
    ])
  })

  it('[IMP13] household and house columns reach their records', async () => {
    const plan = await sheet([
      ['楼栋', '室', '面积', '姓名', '与户主关系', '身份证号', '养犬', '紧急联系人', '紧急联系电话'],
      ['3号楼', '501', '85.5㎡', '赵甲', '户主', id1, '一只', '钱乙', '13900000002'],
    ])
    expect(fieldsOf(plan, 'house')).toMatchObject([{ area: 85.5 }])
    expect(fieldsOf(plan, 'household')).toMatchObject([
      { dogs: '一只', emergencyContact: '钱乙', emergencyPhone: '13900000002' },
    ])
  })
})

describe('whole files', () => {
  it('[IMP13] a sheet of a building saved as .xls is imported with its merged doors, number cells and serial dates', async () => {
    const bytes = new Uint8Array(await readFile(new URL('../../fixtures/ledger-excel97.xls', import.meta.url)))
    const plan = planOf(await readOk(bytes, '3号楼.xls'))
    expect(plan.counts).toMatchObject({ created: 4, households: 2, rejected: 0, doubtful: 1 })
    expect(fieldsOf(plan, 'building')).toMatchObject([{ name: '3号楼', estate: '示例小区' }])
    expect(plan.rows.map(({ place }) => place.split(' ').at(-1))).toEqual(['2-501', '2-501', '2-501', '2-502'])
    expect(fieldsOf(plan, 'person')[3]).toMatchObject({
      name: '孙丁',
      birthDate: '1970-01-01',
      phone: '0531-88880000',
      sex: '0',
    })
    expect(codes(row(plan, 3))).toEqual(['precisionLost', 'idBirthMismatch', 'defaultUsed'])
  })

  it('[IMP13] a header of two rows, sections of buildings and doors with entrances are read together', async () => {
    const workbook = await readOk(
      await xlsxOf({
        name: '台账',
        rows: [
          ['某社区示例小区住户台账'],
          ['室', '户主', null, '紧急联系人', null, '家庭成员', null, null],
          [null, '姓名', '电话', '姓名', '电话', '姓名', '与户主关系', '身份证号'],
          ['1号楼'],
          ['1-101', '赵甲', '13900000001', '孙丁', '13900000004', '赵甲', '户主', id1],
          [null, null, null, null, null, '钱乙', '妻', id2],
          ['二号楼'],
          ['2-202', '赵丙', '13900000003', null, null, '赵丙', '户主', id3],
        ],
        merges: [
          [1, 0, 2, 0],
          [1, 1, 1, 2],
          [1, 3, 1, 4],
          [1, 5, 1, 7],
        ],
      }),
    )
    const plan = planOf(workbook)
    expect(plan.rows.map(({ place, outcome }) => [place, outcome])).toEqual([
      ['示例小区 1号楼 1-101', 'created'],
      ['示例小区 1号楼 1-101', 'created'],
      ['示例小区 二号楼 2-202', 'created'],
    ])
    expect(fieldsOf(plan, 'household')).toMatchObject([
      { phone: '13900000001', emergencyContact: '孙丁', emergencyPhone: '13900000004' },
      { phone: '13900000003' },
    ])
  })
})

describe('values', () => {
  it('[IMP14] sex and birth date come from the number, lower-case x is accepted, and a column that differs is noted', async () => {
    const x =
      [...Array(999).keys()]
        .map((sequence) => fixtureIdNo('19850302', sequence))
        .find((number) => number.endsWith('X')) ?? ''
    const plan = await sheet([
      ['楼栋', '室', '姓名', '与户主关系', '身份证号', '性别', '出生日期'],
      ['3号楼', '501', '赵甲', '户主', x.toLowerCase(), Number(x[16]) % 2 ? '女' : '男', '1985.3.20'],
    ])
    expect(fieldsOf(plan, 'person')).toMatchObject([
      { idNo: x, birthDate: '1985-03-02', sex: Number(x[16]) % 2 ? '1' : '2' },
    ])
    expect(codes(row(plan, 0))).toEqual(['idSexMismatch', 'idBirthMismatch'])
  })

  it('[IMP14] a number that lost digits is left out and says so, its birth date is kept', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '与户主关系', '身份证号', '性别'],
      ['3号楼', '501', '赵甲', '户主', Number('990101198503020010'), '男'],
    ])
    expect(fieldsOf(plan, 'person')).toMatchObject([{ birthDate: '1985-03-02', sex: '1' }])
    expect(fieldsOf(plan, 'person')[0]).not.toHaveProperty('idNo')
    expect(row(plan, 0)).toMatchObject({
      outcome: 'created',
      notes: [{ code: 'precisionLost', column: '身份证号', target: 'person.idNo' }],
    })
  })

  it('[IMP14] the first valid phone is kept, the others and the words go to the remark', async () => {
    const plan = await sheet([
      header,
      ['3号楼', '2', '501', '赵甲', '户主', id1, '12345、13900000001 13900000002(儿子)', '党员'],
    ])
    expect(fieldsOf(plan, 'person')).toMatchObject([
      { phone: '13900000001', remark: '联系电话：13900000002 12345 儿子；党员' },
    ])
    expect(codes(row(plan, 0))).toEqual(['morePhones'])
  })

  it('[IMP14] codes are found by label or synonym and words for nothing are empty', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '关系', '身份证号', '民族', '文化程度', '工作单位', '人口类型'],
      ['3号楼', '501', '赵　甲', '本人', id1, '汉', '大专', '无', '流动人口'],
      ['3号楼', '501', '钱乙', '老婆', id2, '汉族', '—', '不详', ''],
    ])
    expect(fieldsOf(plan, 'person')).toMatchObject([
      { name: '赵甲', kinToHead: '02', ethnicity: '01', education: '30', resident: '02' },
      { kinToHead: '12', ethnicity: '01', resident: '01' },
    ])
    expect(fieldsOf(plan, 'person')[0]).not.toHaveProperty('workplace')
    expect(fieldsOf(plan, 'person')[1]).not.toHaveProperty('education')
  })

  it('[IMP14] a cell that does not fit an optional field is left out with its column named', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '关系', '身份证号', '学历', '联系电话'],
      ['3号楼', '501', '赵甲', '户主', id1, '很高', '139'],
    ])
    expect(row(plan, 0)).toMatchObject({
      outcome: 'created',
      notes: [
        { code: 'notInList', column: '学历', text: '很高' },
        { code: 'badPhone', column: '联系电话', text: '139' },
      ],
    })
  })

  it('[IMP14] a number of fifteen digits of the first generation is brought to eighteen with a note', async () => {
    const plan = await sheet([
      ['楼栋', '室', '姓名', '关系', '身份证号'],
      ['3号楼', '501', '赵甲', '户主', '990101850302001'],
    ])
    expect(fieldsOf(plan, 'person')).toMatchObject([{ idNo: id1, birthDate: '1985-03-02' }])
    expect(codes(row(plan, 0))).toEqual(['oldIdNo'])
  })
})

describe('fields one may not write', () => {
  it('[IMP20] are left out of every record and still recognise people', async () => {
    const workbook = await readOk(await xlsxOf({ name: '人员', rows: family }))
    const parts = tablesOf(workbook).map((table) => ({ table, mapping: guessMapping(table) }))
    const closed = ['person.idNo'] as const
    const plan = planImport(parts, indexLedger([]), { newId: countingIds(), today, closed })
    expect(plan.counts).toMatchObject({ created: 3 })
    expect(fieldsOf(plan, 'person').map(({ idNo, birthDate }) => [idNo, birthDate])).toEqual([
      [undefined, '1985-03-02'],
      [undefined, '1986-04-11'],
      [undefined, '2011-05-20'],
    ])
    expect(planImport(parts, indexLedger(ledgerOf(plan)), { newId: countingIds('next'), today, closed })).toMatchObject(
      { records: [], counts: { unchanged: 3 } },
    )
  })
})

describe('rejected rows', () => {
  const wrong = id1.slice(0, 17) + (id1.endsWith('1') ? '2' : '1')
  it.each<[string, readonly string[], Partial<RowReport['notes'][number]>]>([
    [
      'a wrong check digit',
      ['3号楼', '2', '501', '赵甲', '户主', wrong],
      { code: 'badIdCheckDigit', column: '身份证号', target: 'person.idNo' },
    ],
    [
      'a number too short',
      ['3号楼', '2', '501', '赵甲', '户主', '9901011985'],
      { code: 'badIdLength', column: '身份证号' },
    ],
    ['no name', ['3号楼', '2', '501', '', '户主', id1], { code: 'noName' }],
    ['no door', ['3号楼', '2', '', '赵甲', '户主', id1], { code: 'noDoor' }],
    ['no birth date', ['3号楼', '2', '501', '赵甲', '户主', ''], { code: 'required', target: 'person.birthDate' }],
    ['no kinship', ['3号楼', '2', '501', '赵甲', '', id1], { code: 'required', target: 'person.kinToHead' }],
  ])('[IMP15] %s rejects the row with the reason and makes nothing', async (_, cells, note) => {
    const plan = await sheet([header, cells])
    expect(plan.records).toEqual([])
    expect(row(plan, 0)).toMatchObject({ outcome: 'rejected', notes: [note] })
  })

  it('[IMP15] a rejected row does not take the others with it, and no document number is ever repeated in a reason', async () => {
    const plan = await sheet([...family, ['', '', '', '赵丁', '女', wrong, '']])
    expect(plan.counts).toMatchObject({ created: 3, rejected: 1 })
    expect(JSON.stringify(plan.rows)).not.toContain(wrong)
  })

  it('[IMP15] the same person twice in one file is rejected the second time, naming the first row', async () => {
    const plan = await sheet([...family, ['3号楼', '2', '502', '赵甲', '户主', id1, '']])
    expect(row(plan, 3)).toMatchObject({ outcome: 'rejected', notes: [{ code: 'duplicateInFile', detail: '人员!2' }] })
    expect(fieldsOf(plan, 'household')).toHaveLength(1)
  })

  it('[IMP15] a new building needs its estate', async () => {
    const [table] = tablesOf(await readOk(await xlsxOf({ name: '人员', rows: family })))
    const mapping = table && guessMapping(table)
    const plan =
      table &&
      mapping &&
      planImport(
        [{ table, mapping: { ...mapping, defaults: { ...mapping.defaults, 'building.estate': '' } } }],
        indexLedger([]),
        { newId: countingIds(), today },
      )
    expect(plan?.rows[0]).toMatchObject({
      outcome: 'rejected',
      notes: [{ code: 'required', target: 'building.estate' }],
    })
    expect(plan?.records).toEqual([])
  })
})

describe('against the ledger', () => {
  const first = async (): Promise<readonly LedgerEntry[]> => ledgerOf(await sheet(family))

  it('[IMP16] importing the same file again changes nothing', async () => {
    const plan = await sheet(family, '人员', await first())
    expect(plan.counts).toMatchObject({ created: 0, changed: 0, unchanged: 3, rejected: 0 })
    expect(plan.records).toEqual([])
    expect(plan.duplicates.map(({ by }) => by)).toEqual(['idNo', 'idNo', 'idNo'])
  })

  it('[IMP16] changes to known people are listed with both values; empty cells clear nothing', async () => {
    const plan = await sheet(
      [
        header,
        ['3栋', '二单元', '0501', '赵甲', '户主', id1, '13900000009', ''],
        ['', '', '', '钱乙', '配偶', id2, '', ''],
      ],
      '人员',
      await first(),
    )
    const person = (await first()).find(({ fields }) => fields['name'] === '赵甲')
    expect(row(plan, 0)).toMatchObject({
      outcome: 'changed',
      changes: [{ record: person?.id, kind: 'person', field: 'phone', from: '13900000001', to: '13900000009' }],
    })
    expect(row(plan, 1).changes).toMatchObject([{ field: 'kinToHead', from: '12', to: '10' }])
    expect(plan.records).toMatchObject([
      { existing: true, fields: { phone: '13900000009' } },
      { existing: true, fields: { kinToHead: '10' } },
    ])
  })

  it('[IMP16] a usual value for a missing column never changes a known record', async () => {
    const plan = await sheet(
      family,
      '人员',
      (await first()).map((entry) =>
        entry.kind === 'person' ? { ...entry, fields: { ...entry.fields, resident: '02' } } : entry,
      ),
    )
    expect(plan.records).toEqual([])
  })

  it('[IMP16] a newcomer joins the household of the people known at the door', async () => {
    const ledger = await first()
    const plan = await sheet(
      [...family, ['', '', '', '赵丁', '女', fixtureIdNo('20200101', 8), '', '']],
      '人员',
      ledger,
    )
    expect(plan.counts).toMatchObject({ created: 1, unchanged: 3, households: 0 })
    expect(fieldsOf(plan, 'person')).toMatchObject([
      { name: '赵丁', household: ledger.find(({ kind }) => kind === 'household')?.id },
    ])
  })

  it('[IMP17] people are known by number, else by name and birth date at the door, else by name and phone', async () => {
    const withoutNumbers = (await first()).map((entry) => ({ ...entry, fields: { ...entry.fields, idNo: undefined } }))
    const byBirth = await sheet(family, '人员', withoutNumbers)
    expect(byBirth.duplicates.map(({ by }) => by)).toEqual(['nameAndBirth', 'nameAndBirth', 'nameAndBirth'])
    expect(row(byBirth, 0).changes).toMatchObject([{ field: 'idNo', from: undefined, to: id1 }])
    const byPhone = await sheet(
      [
        ['姓名', '联系电话', '工作单位'],
        ['赵甲', '13900000001', '示例单位'],
      ],
      '人员',
      await first(),
    )
    expect(byPhone.duplicates.map(({ by }) => by)).toEqual(['nameAndPhone'])
    expect(row(byPhone, 0)).toMatchObject({ outcome: 'changed', changes: [{ field: 'workplace' }] })
  })

  it('[IMP17] the same name and birth date with another number is for a person to decide', async () => {
    const plan = await sheet(
      [header, ['3号楼', '2', '501', '赵甲', '户主', fixtureIdNo('19850302', 5)]],
      '人员',
      await first(),
    )
    expect(row(plan, 0)).toMatchObject({ outcome: 'rejected', notes: [{ code: 'idDiffers' }] })
  })

  it('[IMP17] nobody is moved silently: another door or household is only said', async () => {
    const moved = await sheet(
      [header, ['9号楼', '1', '101', '赵甲', '户主', id1, '13900000001', '']],
      '人员',
      await first(),
    )
    expect(row(moved, 0)).toMatchObject({ outcome: 'unchanged', notes: [{ code: 'otherDoor', detail: '3号楼 2-501' }] })
    const married = await sheet(
      [header, ['9号楼', '1', '101', '孙丁', '户主', fixtureIdNo('19900101', 9)], ['', '', '', '钱乙', '妻', id2]],
      '人员',
      await first(),
    )
    expect(row(married, 0).outcome).toBe('created')
    expect(row(married, 1)).toMatchObject({
      outcome: 'unchanged',
      notes: [{ code: 'otherHousehold', detail: '3号楼 2-501' }],
    })
  })

  it('[IMP17] a new household at a door where others live is marked', async () => {
    const plan = await sheet(
      [header, ['3号楼', '2', '501', '孙丁', '户主', fixtureIdNo('19900101', 9)]],
      '人员',
      await first(),
    )
    expect(row(plan, 0)).toMatchObject({ outcome: 'created', notes: [{ code: 'doorOccupied' }] })
  })

  it('[IMP17] a remark is added to, never replaced', async () => {
    const ledger = (await first()).map((entry) =>
      entry.fields['name'] === '赵甲' ? { ...entry, fields: { ...entry.fields, remark: '夜班' } } : entry,
    )
    const plan = await sheet([header, ['3号楼', '2', '501', '赵甲', '户主', id1, '', '养花']], '人员', ledger)
    expect(row(plan, 0).changes).toMatchObject([{ field: 'remark', from: '夜班', to: '夜班；养花' }])
  })
})

describe('lists of the community', () => {
  it('[PARAM8] a label that the community added is read as its code, and is no value where nobody added it', async () => {
    const rows = [
      ['楼栋', '室', '姓名', '关系', '身份证号', '房屋用途'],
      ['3号楼', '501', '赵甲', '户主', id1, '长租公寓'],
    ]
    const workbook = await readOk(await xlsxOf({ name: '人员', rows }))
    const parts = tablesOf(workbook).map((table) => ({ table, mapping: guessMapping(table) }))
    const own = { HOUSE_USE: [{ code: 'x-a1', zh: '长租公寓' }] }
    const uses = (options: object) =>
      fieldsOf(planImport(parts, indexLedger([]), { newId: countingIds(), today, ...options }), 'house').map(
        ({ use }) => use,
      )
    expect([uses({}), uses({ own }), uses({})]).toEqual([[undefined], ['x-a1'], [undefined]])
  })
})
