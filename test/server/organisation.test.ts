/** What sheets say of grids and staff: taken in, kept, published as far as everybody may read it, and no further. */
import { readDirectory } from '@tongge/crdt'
import { idCheckCharacter } from '@tongge/model'
import Database from 'better-sqlite3'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { storeFiles } from '../../sync-server/src/stores.ts'
import { firstGrid, temporaryFolder } from './fixtures.ts'
import { openRosterStage } from './roster-stage.ts'

const soon = { timeout: 15_000, interval: 50 }
const numbered = (digits: string): string => digits + idCheckCharacter(digits)
/** What must reach nobody. */
const planted = {
  idNo: numbered('99010119770913001'),
  birthDate: '1977-09-13',
  education: '博士研究生毕业',
  party: '农工党',
}

const grids = `网格编码,网格名称,社区名称,层级,户数,面积(㎡),网格长,协管员,警务员,公示电话,边界
${firstGrid},春和第一网格,春和社区,三级,480,"10,000",leader,luo（区文旅局）,volunteer,19900001234,"{""type"":""Polygon"",""coordinates"":[[[131.5,27.2],[131.6,27.2],[131.6,27.3],[131.5,27.2]]]}"
`
const staff = `账号,姓名,角色,范围,专/兼职,工作电话,身份证号,出生日期,学历,政治面貌,聘期开始,聘期结束,公示开始,公示结束,设备,持证,特长
leader,欧阳建平,网格长,${firstGrid},专职,19900005678,${planted.idNo},${planted.birthDate},研究生,农工党党员,2026-01-01,2026-12-31,2025-12-01,2025-12-03,手机 SJ0001,上岗证,急救
`

let folder: ReturnType<typeof temporaryFolder>
let out: string[]
let err: string[]
beforeEach(() => {
  folder = temporaryFolder()
  ;[out, err] = [[], []]
})
afterEach(() => folder.dispose())

const admin = (command: string, text: string, data = join(folder.path, 'data')): Promise<number> => {
  const file = join(folder.path, `${command}.csv`)
  writeFileSync(file, text)
  return runAdmin([command, file], {
    env: { TONGGE_DATA: data },
    root: folder.path,
    readPassword: async () => '',
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: () => Date.parse('2026-11-23T09:00:00Z'),
  })
}
const stored = async () => {
  const accounts = openSqliteAccounts(join(folder.path, 'data', storeFiles.accounts))
  const answer = { grids: (await accounts.territory()).grids, staff: await accounts.staff() }
  await accounts.close()
  return answer
}

describe('the sheets of grids and staff', () => {
  it('[ORG3] [ORG4] what their further columns say is kept; strangers and a short 公示 are told of', async () => {
    expect(await admin('import-grids', grids)).toBe(0)
    expect(err).toEqual(['leader', 'luo', 'volunteer'].map((name) => `${firstGrid}: there is no account ${name} yet`))
    expect(await admin('import-staff', staff)).toBe(0)
    expect(err.at(-1)).toBe('leader: 公示 from 2025-12-01 to 2025-12-03 is less than 7 working days')
    const { grids: found, staff: people } = await stored()
    expect(found[0]?.details).toEqual({
      level: 3,
      targetHouseholds: 480,
      areaSquareMetres: 10_000,
      leaderId: 'leader',
      members: [
        { role: 'assistant', account: 'luo', affiliation: '区文旅局' },
        { role: 'police', account: 'volunteer' },
      ],
      publicPhone: '19900001234',
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            [131.5, 27.2],
            [131.6, 27.2],
            [131.6, 27.3],
            [131.5, 27.2],
          ],
        ],
      },
    })
    expect(people.get('leader')).toMatchObject({
      employment: 'fullTime',
      idNo: planted.idNo,
      education: '10',
      politicalStatus: '08',
      equipment: [{ type: '手机', number: 'SJ0001' }],
      skills: ['急救'],
    })
  })

  it('[ORG3] a column that is not there leaves things as they are, an empty cell clears', async () => {
    await admin('import-grids', grids)
    await admin('import-staff', staff)
    const before = await stored()
    expect(await admin('import-grids', `网格编码,网格名称,社区名称\n${firstGrid},春和第一网格,春和社区\n`)).toBe(0)
    expect(await admin('import-staff', `账号,姓名,角色,范围\nleader,欧阳建平,网格长,${firstGrid}\n`)).toBe(0)
    expect(await stored()).toEqual(before)
    await admin('import-grids', `网格编码,网格名称,社区名称,户数,警务员\n${firstGrid},春和第一网格,春和社区,,\n`)
    await admin('import-staff', `账号,姓名,角色,范围,身份证号,出生日期\nleader,欧阳建平,网格长,${firstGrid},,\n`)
    const after = await stored()
    const { targetHouseholds: _, ...rest } = before.grids[0]?.details ?? {}
    expect(after.grids[0]?.details).toEqual({ ...rest, members: [rest.members?.[0]] })
    const { idNo: _number, birthDate: _day, ...others } = before.staff.get('leader') ?? {}
    expect(after.staff.get('leader')).toEqual(others)
  })

  it('[ORG3] each wrong cell of a grid is named by row and column, and nothing is kept', async () => {
    const bad = `网格编码,网格名称,社区名称,层级,上级,户数,面积(㎡),网格长,协管员,公示电话,边界
${firstGrid},春和第一网格,春和社区,五级,,many,-3,Zhou J.P,luo (,12,"{""type"":""Point""}"
990101001001002,春和第二网格,春和社区,3,990101002001,,,,,,
`
    expect(await admin('import-grids', bad)).toBe(1)
    expect(err).toEqual([
      'import-grids!2 层级: "五级" cannot be read',
      'import-grids!2 边界: is no GeoJSON Polygon',
      'import-grids!2 面积(㎡): "-3" is not in 1–1000000000',
      'import-grids!2 户数: "many" cannot be read',
      'import-grids!2 网格长: "Zhou J.P" is no account name',
      'import-grids!2 协管员: "luo (" cannot be read',
      'import-grids!2 公示电话: "12" is no telephone number',
      'import-grids!3 上级: "990101002001" is not the beginning of the grid\'s code with 12 digits, as its level asks',
    ])
    expect((await stored()).grids).toEqual([])
  })

  it('[ORG3] each wrong cell of a person is named by row and column, and an ID number is never repeated', async () => {
    await admin('import-grids', grids)
    err = []
    const wrong = `${planted.idNo.slice(0, 17)}${planted.idNo.endsWith('1') ? '2' : '1'}`
    const bad = `账号,姓名,角色,范围,专/兼职,身份证号,出生日期,学历,聘期开始,聘期结束
li,李一,网格员,${firstGrid},偶尔,${wrong},昨天,秀才,2026-12-31,2026-01-01
wu,吴二,网格员,${firstGrid},专职,${planted.idNo},1977-09-14,,,
wu,吴二,民情督导员,${firstGrid},兼职,,,,,
`
    expect(await admin('import-staff', bad)).toBe(1)
    expect(err).toEqual([
      'import-staff!2 专/兼职: "偶尔" is not in the list',
      'import-staff!2 身份证号: the last character does not fit this ID number',
      'import-staff!2 出生日期: "昨天" is not a date such as 2026-01-31',
      'import-staff!2 学历: "秀才" is not in the list',
      'import-staff!2 聘期结束: it ends before it begins',
      'import-staff!3 出生日期: is not the day that the ID number says',
      'import-staff!4 专/兼职: account wu has another further up',
      'import-staff!4 出生日期: is not the day that the ID number says',
    ])
    expect(err.join('\n')).not.toContain(planted.idNo.slice(6, 14))
    expect((await stored()).staff.size).toBe(0)
  })

  it('[ORG3] a database from before keeps its grids and people, and takes on what is new', async () => {
    const data = join(folder.path, 'data')
    mkdirSync(data)
    const before = new Database(join(data, storeFiles.accounts))
    before.exec(`
      create table grid (code text primary key, name text not null, kind text not null check (kind in ('basic', 'dedicated'))) strict;
      create table account (account text primary key, name text not null, password_hash text not null, disabled integer not null) strict, without rowid;
      insert into grid values ('${firstGrid}', '老网格', 'dedicated');
      insert into account values ('old', '老人', 'hash', 0);
      pragma user_version = 1`)
    before.close()
    expect(await stored()).toEqual({
      grids: [{ code: firstGrid, name: '老网格', kind: 'dedicated' }],
      staff: new Map(),
    })
    expect(await admin('import-grids', grids)).toBe(0)
    expect((await stored()).grids[0]?.details?.targetHouseholds).toBe(480)
    // As an earlier version writes: by the columns it knows.
    const earlier = new Database(join(data, storeFiles.accounts))
    expect(earlier.pragma('user_version', { simple: true })).toBe(1)
    earlier
      .prepare(
        'insert into grid values (@code, @name, @kind) on conflict (code) do update set name = excluded.name, kind = excluded.kind',
      )
      .run({ code: firstGrid, name: '又改名', kind: 'basic' })
    earlier.close()
    expect((await stored()).grids[0]).toMatchObject({ name: '又改名', details: { targetHouseholds: 480 } })
  })
})

describe('the directory', () => {
  it('[ORG2] tells a volunteer of the grid and its people, and nothing that is personal', async () => {
    const stage = await openRosterStage()
    try {
      expect(await admin('import-grids', grids, stage.data)).toBe(0)
      expect(await admin('import-staff', staff, stage.data)).toBe(0)
      const helper = await stage.signIn('volunteer')
      const directory = await helper.open('org/990101001')
      await expect
        .poll(() => readDirectory(directory).get(`grid/${firstGrid}`), soon)
        .toMatchObject({
          targetHouseholds: 480,
          publicPhone: '19900001234',
          members: [{ account: 'luo', affiliation: '区文旅局' }, { account: 'volunteer' }],
          staff: [{ account: 'leader', workPhone: '19900005678', employment: 'fullTime', skills: ['急救'] }],
        })
      for (const { name } of (await helper.session()).documents) await helper.open(name)
      const hasCome = (text: string): boolean => Buffer.concat(helper.received).includes(text)
      expect(hasCome('19900005678')).toBe(true)
      const markers = [...Object.values(planted), 'idNo', 'birthDate', 'education', 'politicalStatus']
      expect(markers.filter(hasCome)).toEqual([])
    } finally {
      await stage.close()
    }
  })
})
