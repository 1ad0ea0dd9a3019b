import { describe, expect, it } from 'vitest'
import { fixturePeople } from '../../fixtures/people.ts'
import {
  guessMapping,
  ledgerOf,
  planOf,
  readOk,
  tablesOf,
  usualHeader,
  usualRow,
  xlsxOf,
} from '../../fixtures/sheets.ts'
import type { LedgerEntry } from '../plan/ledger-index.ts'
import { writeLedger, type LedgerColumn, type WriteOptions } from './write-ledger.ts'

const columns: readonly LedgerColumn[] = [
  { target: 'building.name', header: '楼栋' },
  { target: 'house.entrance', header: '单元' },
  { target: 'house.door', header: '室' },
  { target: 'person.name', header: '姓名' },
  { target: 'person.kinToHead', header: '与户主关系' },
  { target: 'person.idNo', header: '身份证号' },
  { target: 'person.phone', header: '联系电话' },
  { target: 'person.education', header: '文化程度' },
  { target: 'person.workplace', header: '工作单位' },
]
const ledger = async (): Promise<readonly LedgerEntry[]> =>
  ledgerOf(
    planOf(await readOk(await xlsxOf({ name: '人员', rows: [usualHeader, ...fixturePeople(60).map(usualRow)] }))),
  )
const ways: readonly WriteOptions[] = [
  { format: 'xlsx', sheet: '人员', language: 'zh' },
  { format: 'csv', sheet: '人员', language: 'zh' },
  { format: 'csv', encoding: 'gb18030', sheet: '人员', language: 'zh' },
  { format: 'xlsx', sheet: 'People', language: 'en' },
]

describe('export', () => {
  it.each(ways)(
    '[EXP1] what is written as $format $encoding $language is read back without a difference',
    async (options) => {
      const entries = await ledger()
      const bytes = await writeLedger(entries, columns, options)
      const plan = planOf(await readOk(bytes, `人员.${options.format}`), entries)
      expect(plan.counts).toMatchObject({ unchanged: 60, changed: 0, created: 0, rejected: 0, doubtful: 0 })
    },
  )

  it('[EXP2] rows stand by building, entrance and door with heads first', async () => {
    const [table] = tablesOf(
      await readOk(await writeLedger((await ledger()).toReversed(), columns, ways[0] ?? expect.fail())),
    )
    const doors = table?.rows.map(({ cells }) => Number(cells[2])) ?? []
    expect(doors).toEqual(doors.toSorted((a, b) => a - b))
    expect(table?.rows.filter((_, i) => i % 3 === 0).every(({ cells }) => cells[4] === '户主')).toBe(true)
  })

  it.each(['xlsx', 'csv'] as const)(
    '[EXP3] no cell of %s can run as a formula, and the guard is undone on reading',
    async (format) => {
      const attack = ['=1+1', '+1', '-1+2', '@SUM(A1)', '\tx', '=cmd|"/c calc"!A1']
      const entries = (await ledger()).map((entry, i) =>
        entry.kind === 'person'
          ? { ...entry, fields: { ...entry.fields, workplace: attack[i % attack.length] } }
          : entry,
      )
      const bytes = await writeLedger(entries, columns, { format, sheet: '人员', language: 'zh' })
      if (format === 'csv') expect(new TextDecoder().decode(bytes)).not.toMatch(/(^|[,\n]|^")"?[=+\-@\t]/m)
      const [table] = tablesOf(await readOk(bytes, `a.${format}`))
      const mapping = table && guessMapping(table)
      const at = mapping?.columns.indexOf('person.workplace') ?? -1
      expect(new Set(table?.rows.map(({ cells }) => cells[at]))).toEqual(new Set(attack.map((text) => text.trim())))
    },
  )

  it('[EXP4] a csv keeps every digit of a document number when a spreadsheet opens it', async () => {
    const text = new TextDecoder().decode(
      await writeLedger(await ledger(), columns, { format: 'csv', sheet: 'a', language: 'zh' }),
    )
    expect(text.charCodeAt(0)).not.toBe(0x22)
    expect([...text.matchAll(/"(\d{17}[\dX])\t"/g)]).toHaveLength(60)
  })
})
