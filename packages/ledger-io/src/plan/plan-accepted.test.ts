import {
  parseGridCode,
  parseRecordId,
  plan,
  type AccountId,
  type Entry,
  type PlanContext,
  type RecordId,
  type Snapshot,
} from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { fixtureIdNo, fixturePeople } from '../../fixtures/people.ts'
import { countingIds, planOf, readOk, usualHeader, usualRow, xlsxOf, type FixtureCell } from '../../fixtures/sheets.ts'
import type { ImportPlan } from './report.ts'

const grid = parseGridCode('990101001001001') ?? expect.fail()
const stamp = { at: 0, by: 'zhang' as AccountId, device: 'test' }
const context: PlanContext = {
  actor: { account: stamp.by, roles: ['gridMember'], device: 'test', grid, buildings: [] },
  now: Date.parse('2026-11-23T04:00:00Z'),
  newId: countingIds('edit'),
}

/** The ledger after the edits, as the app would show it. */
const applied = (before: Snapshot, imported: ImportPlan): Snapshot => {
  const planned = plan(before, { do: 'importRecords', rows: imported.records }, context)
  if (!planned.ok) return expect.fail(JSON.stringify(planned.failure).slice(0, 2000))
  const entries = new Map<RecordId, Entry>(before.entries)
  for (const edit of planned.value) {
    if (edit.op === 'create')
      entries.set(edit.id, {
        id: edit.id,
        kind: edit.kind,
        fields: edit.fields,
        created: stamp,
        updated: stamp,
        conflicts: [],
      })
    else if (edit.op === 'set') {
      const entry = entries.get(edit.id) ?? expect.fail()
      entries.set(edit.id, { ...entry, fields: { ...entry.fields, [edit.field]: edit.value } })
    } else expect.fail(`an import never does ${edit.op}`)
  }
  return { ...before, entries }
}
const empty: Snapshot = { grid, entries: new Map(), trash: new Map(), tickets: new Map() }
const fileOf = async (rows: readonly (readonly FixtureCell[])[]): ReturnType<typeof readOk> =>
  readOk(await xlsxOf({ name: '人员', rows }))

describe('what the preview promises', () => {
  it('[IMP19] is accepted whole by the model, and importing again leaves nothing to do', async () => {
    const workbook = await fileOf([usualHeader, ...fixturePeople(600).map(usualRow)])
    const after = applied(empty, planOf(workbook))
    expect(after.entries.size).toBe(600 + 200 + 200 + 4)
    expect(planOf(workbook, [...after.entries.values()])).toMatchObject({ records: [], counts: { unchanged: 600 } })
  })

  it('[IMP19] is accepted over a ledger that a sheet contradicts in every way it can', async () => {
    const people = fixturePeople(90)
    const after = applied(empty, planOf(await fileOf([usualHeader, ...people.map(usualRow)])))
    const header = ['楼栋', '单元', '室', '姓名', '与户主关系', '身份证号', '性别', '出生日期', '联系电话', '备注']
    const rows = people.flatMap((person, i): FixtureCell[][] => {
      const { building, entrance, door, name, kin, idNo, sex, birthDate, phone } = person
      const other = fixtureIdNo('19990909', i)
      switch (i % 9) {
        case 0:
          return [[building, entrance, door, name, kin, '', sex === '男' ? '女' : '男', birthDate, '13911112222', '改']]
        case 1:
          return [['9号楼', entrance, door, name, kin, idNo, sex, birthDate, phone, '']]
        case 2:
          return [[building, entrance, door, name, '长孙女', other, '', '', '', '']]
        case 3:
          return [
            [building, entrance, door, name, kin, idNo, '', '', '', ''],
            [building, entrance, door, name, kin, '', '', birthDate, '', ''],
          ]
        case 4:
          return [
            [building, entrance, door, `新${i}`, '子', other, '', '', '', ''],
            [building, entrance, door, `新${i}`, '子', fixtureIdNo('19990909', 900 - i), '', '', '', ''],
          ]
        case 5:
          return [[building, '', door, `改名${i}`, kin, idNo, '', '', '', '']]
        case 6:
          return [
            ['8号楼', entrance, door, name, kin, idNo, '', '', '', ''],
            ['', '', '', name, '女', '', '', birthDate, '', ''],
          ]
        default:
          return [[building, entrance, door, name, '', Number(idNo.slice(0, 17)), '', '', phone, '']]
      }
    })
    const again = planOf(await fileOf([header, ...rows]), [...after.entries.values()])
    expect(again.counts.changed).toBeGreaterThan(0)
    expect(again.counts.rejected).toBeGreaterThan(0)
    applied(after, again)
  })

  it('[IMP19] buildings of another estate with the same number are other buildings', async () => {
    const row = ['3号楼', '1单元', '101', '赵甲', '户主', fixtureIdNo('19850302', 1), '', '', '', '', '']
    const first = applied(empty, planOf(await fileOf([usualHeader, row])))
    const second = planOf(
      await fileOf([
        ['小区', ...usualHeader],
        ['别家小区', ...row.with(3, '钱乙').with(5, fixtureIdNo('19860411', 2))],
      ]),
      [...first.entries.values()],
    )
    expect(second.records.filter(({ kind }) => kind === 'building')).toMatchObject([
      { fields: { estate: '别家小区', name: '3号楼' } },
    ])
    applied(first, second)
  })

  it('[IMP19] the ids of an import are those its caller gives', () => {
    expect(parseRecordId(countingIds('a')())).toBe('a1')
  })
})
