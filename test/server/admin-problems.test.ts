/** What the command line says of sheets that contradict themselves, and of files and folders that cannot be used. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { startRelay } from '../../sync-server/src/relay.ts'
import { auditKeyFile, openStores, StartError, storeFiles } from '../../sync-server/src/stores.ts'
import { createSqliteUpdateLog } from '../../sync-server/src/sync.ts'
import { silent, temporaryFolder } from './fixtures.ts'

const grids = `网格编码,网格名称,社区名称,街道名称
990101001001001,春和第一网格,春和社区,演示街道
`

let folder: ReturnType<typeof temporaryFolder>
let data: string
let out: string[]
let err: string[]

beforeEach(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
  ;[out, err] = [[], []]
})
afterEach(() => folder.dispose())

const admin = (args: readonly string[], at: string = data): Promise<number> =>
  runAdmin(args, {
    env: { TONGGE_DATA: at },
    root: folder.path,
    readPassword: async () => 'correct horse',
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: () => Date.parse('2026-11-23T09:00:00Z'),
  })
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}
const importGrids = (text: string = grids): Promise<number> => admin(['import-grids', file('grids.csv', text)])
const importStaff = (rows: string): Promise<number> =>
  admin(['import-staff', file('staff.csv', `账号,姓名,角色,范围,起始日期,截止日期\n${rows}`)])

describe('a sheet that contradicts itself', () => {
  it('[ADMIN4] a community or a street with two names is refused at the later row', async () => {
    const text = `${grids}990101001001002,春和第二网格,秋实社区,演示街道
990101001002001,夏荷第一网格,夏荷社区,另一街道
990101001002002,夏荷第二网格,夏荷社区,
`
    expect(await importGrids(text)).toBe(1)
    expect(err).toEqual([
      'grids!3 社区名称: community 990101001001 is called "春和社区" further up',
      'grids!4 街道名称: street 990101001 is called "演示街道" further up',
    ])
  })

  it('[ADMIN4] a role that ends before it begins can never be held and is refused', async () => {
    expect(await importGrids()).toBe(0)
    expect(await importStaff('lin,林晓燕,网格员,990101001001001,2026-12-31,2026-01-01\n')).toBe(1)
    expect(err).toEqual(['staff!2 截止日期: 2026-01-01 is before 2026-12-31'])
  })

  it.each([
    ['楼栋长', '990101001001001', 'a building (grid/building)'],
    ['志愿者', '990101001', 'a building (grid/building)'],
    ['网格长', '990101001001001/b1', 'a grid (15 digits), community (12) or street (9)'],
    ['社区', '990101001001001', 'a community (12 digits) or street (9)'],
    ['街道', '990101001001', 'a street (9 digits)'],
  ])('[ADMIN4] a place on which %s cannot be held is refused: %s', async (role, scope, wanted) => {
    expect(await importGrids()).toBe(0)
    expect(await importStaff(`lin,林晓燕,${role},${scope}\n`)).toBe(1)
    expect(err).toEqual([`staff!2 范围: ${role} is held for ${wanted}, not for ${scope}`])
  })

  it('[ADMIN4] a role reaches from above: police for a community, a building leader for a building', async () => {
    expect(await importGrids()).toBe(0)
    expect(await importStaff('han,韩磊,警务员,990101001001\nzhao,赵德明,楼栋长,990101001001001/b1\n')).toBe(0)
  })

  it('[ADMIN4] the same role for the same place twice is refused', async () => {
    expect(await importGrids()).toBe(0)
    const row = 'lin,林晓燕,网格员,990101001001001'
    expect(await importStaff(`${row},2026-01-01,\n${row},2026-06-01,\n`)).toBe(1)
    expect(err).toEqual(['staff!3 角色: lin is 网格员 of 990101001001001 further up'])
  })
})

describe('files and folders that cannot be used', () => {
  it.each([
    ['bad.xlsx', '%PDF-1.7 a letter', 'is no spreadsheet'],
    ['bad.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 7, 7), 'has a password'],
    ['none.csv', new Uint8Array(), 'is empty'],
  ])('[ADMIN10] of %s a sentence is said', async (name, content, sentence) => {
    expect(await admin(['import-grids', file(name, content)])).toBe(1)
    expect(err.join('\n')).toMatch(new RegExp(`^${name}: the file ${sentence}`))
  })

  it('[ADMIN10] a file where a folder is needed is named, without a stack', async () => {
    const plain = file('plain', 'a file')
    expect(await importGrids()).toBe(0)
    expect(await admin(['backup', plain])).toBe(1)
    expect(err.splice(0)).toEqual([`FOLDER: ${plain} is a file`])
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(0)
    expect(await admin(['restore', copy], plain)).toBe(1)
    expect(err.splice(0)).toEqual([`TONGGE_DATA: ${plain} is a file, not a folder`])
    expect(await admin(['create-admin', 'root', '--street', '990101001'], plain)).toBe(1)
    expect(err.splice(0)).toEqual([`TONGGE_DATA: ${plain} is a file, not a folder`])
    expect(() => openStores(plain)).toThrow(StartError)
    expect(() => openStores(plain)).toThrow(`TONGGE_DATA: ${plain} is a file, not a folder`)
    expect(() => openStores(join(plain, 'deeper'))).toThrow(StartError)
  })

  it('[ADMIN10] accounts or a log that cannot be opened are named, without a stack', async () => {
    mkdirSync(data)
    writeFileSync(join(data, storeFiles.accounts), 'this is no database '.repeat(100))
    for (const args of [
      ['reset-password', 'lin'],
      ['import-grids', file('grids.csv', grids)],
    ]) {
      expect(await admin(args)).toBe(1)
      expect(err.splice(0)).toEqual([
        `${join(data, storeFiles.accounts)} cannot be opened: file is not a database. restore puts a backup in its place`,
      ])
    }
    expect(() => openStores(data)).toThrow(StartError)
    writeFileSync(join(data, storeFiles.log), 'this is no database '.repeat(100))
    expect(() => openStores(data)).toThrow(`${join(data, storeFiles.log)} cannot be opened`)
  })

  it('[ADMIN10] a folder that the system cannot make is named, and nothing waits for it', async () => {
    expect(await importGrids()).toBe(0)
    for (const [args, at, name] of [
      [['backup', '/proc/no/such'], data, 'FOLDER'],
      [['create-admin', 'root', '--street', '990101001'], '/proc/no/such', 'TONGGE_DATA'],
    ] as const) {
      expect(await admin(args, at)).toBe(1)
      expect(err.splice(0)).toEqual([expect.stringMatching(new RegExp(`^${name}: /proc/no/such cannot be made: `))])
    }
    const plain = file('plain', 'a file')
    expect(await admin(['backup', join(plain, 'copy')])).toBe(1)
    expect(err.splice(0)).toEqual([`FOLDER: ${join(plain, 'copy')} is a file, not a folder`])
  })

  it('[ADMIN12] a log that is gone, or empty, after a relay has run is a loss and no empty log', async () => {
    expect(await importGrids()).toBe(0)
    expect(await importStaff('lin,林晓燕,网格员,990101001001001\n')).toBe(0)
    const options = { port: 0, host: '127.0.0.1', data, keys: undefined, demo: 'none', origins: [] } as const
    await (await startRelay({ ...options, logLevel: 'silent', app: '/' }, { logger: silent })).close()
    expect(await admin(['verify'])).toBe(0)
    const log = join(data, storeFiles.log)
    for (const name of readdirSync(data)) if (name.startsWith(storeFiles.log)) rmSync(join(data, name))
    for (const args of [['verify'], ['backup', join(folder.path, 'copy')]]) {
      expect(await admin(args)).toBe(1)
      expect(err.splice(0)).toEqual([
        `${log} is gone, and a relay has written one for the accounts beside it; restore puts a backup in its place`,
      ])
    }
    expect(await admin(['verify-log'])).toBe(1)
    expect(err.splice(0)).toEqual([`${log} does not exist`])
    await createSqliteUpdateLog(log).close()
    rmSync(join(data, auditKeyFile))
    for (const name of ['verify', 'verify-log']) {
      expect(await admin([name])).toBe(1)
      expect(err.splice(0)).toEqual([
        'the log is empty, and a relay has written one for the accounts beside it; restore puts a backup in its place',
      ])
    }
  })

  it('[ADMIN7] [ADMIN8] before the first start of the relay the log counts as empty', async () => {
    expect(await importGrids()).toBe(0)
    expect(await importStaff('lin,林晓燕,网格员,990101001001001\n')).toBe(0)
    expect(await admin(['verify'])).toBe(0)
    expect(out).toContain('0 documents are sound')
    expect(out.at(-1)).toBe('1 accounts are sound')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(0)
    expect(await admin(['restore', copy])).toBe(0)
    expect(err).toEqual([])
  })
})
