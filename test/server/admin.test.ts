/** The administrator's command line over real files. */
import type { GridCode, RecordId } from '@tongge/model'
import Database from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { passwordMatches } from '../../sync-server/src/accounts/passwords.ts'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { withdrawnNote } from '../../sync-server/src/http/withdrawn-worker.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { temporaryFolder } from './fixtures.ts'

const grids = `演示街道网格一览,,,,
网格编码,网格名称,类型,社区名称,街道名称
990101001001001,春和第一网格,基础,春和社区（演示）,演示街道
990101001001002,春和商业街,专属,春和社区（演示）,演示街道
`
const staff = `账号,姓名,角色,范围,初始密码,起始日期,截止日期
zhou.jp,周建平,网格长,990101001001001,correct horse,,
lin_xy,林晓燕,网格员,990101001001001,,2026-01-01,2026-12-31
lin_xy,林晓燕,partTimeMember,990101001001002,,,
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

const admin = (args: readonly string[], password = ''): Promise<number> =>
  runAdmin(args, {
    env: { TONGGE_DATA: data },
    root: folder.path,
    readPassword: async () => password,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    now: () => Date.parse('2026-11-23T09:00:00Z'),
  })
const sheet = (name: string, text: string): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}
const seed = async (): Promise<void> => {
  expect(await admin(['import-grids', sheet('grids.csv', grids)])).toBe(0)
  expect(await admin(['import-staff', sheet('staff.csv', staff)])).toBe(0)
}

describe('the command line', () => {
  it('[ADMIN13] lets an account in no more, and again with the roles that it had', async () => {
    await seed()
    const accounts = () => openSqliteAccounts(join(data, storeFiles.accounts))
    const before = accounts()
    const roles = await before.assignments('lin_xy')
    await before.addSession(new Uint8Array(32), { account: 'lin_xy', createdAt: 1, seenAt: 1 })
    await before.close()
    expect([await admin(['disable', 'lin_xy']), await admin(['disable', 'nobody'])]).toEqual([0, 1])
    const disabled = accounts()
    expect((await disabled.find('lin_xy'))?.disabled).toBe(true)
    expect(await disabled.session(new Uint8Array(32))).toBeUndefined()
    expect(await disabled.assignments('lin_xy')).toEqual(roles)
    await disabled.close()
    expect(await admin(['enable', 'lin_xy'])).toBe(0)
    const enabled = accounts()
    expect((await enabled.find('lin_xy'))?.disabled).toBe(false)
    expect(await enabled.assignments('lin_xy')).toEqual(roles)
    const told = (await enabled.events(0, 1000)).map(({ event }) => event)
    for (const change of ['disabled', 'enabled'])
      expect(told).toContainEqual(expect.objectContaining({ type: 'account', account: 'lin_xy', change }))
    await enabled.close()
    expect(roles).not.toEqual([])
  })
  it('[ADMIN14] takes a building by the name that its ledger gives it, and says which there are', async () => {
    await seed()
    const grid = '990101001001002' as GridCode
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    await accounts.setBuildings(grid, [
      { grid, id: 'Xy3' as RecordId, name: '锦华里2号楼' },
      { grid, id: 'Xy4' as RecordId, name: '幸福里2号楼' },
      { grid, id: 'Xy5' as RecordId, name: '幸福里2号楼' },
    ])
    await accounts.close()
    const rows = (name: string): string => `账号,姓名,角色,范围\nqian.lz,钱楼长,楼栋长,${grid}/${name}\n`
    expect(await admin(['import-staff', sheet('a.csv', rows('锦华里 ２号楼'))])).toBe(0)
    const after = openSqliteAccounts(join(data, storeFiles.accounts))
    expect((await after.assignments('qian.lz'))[0]?.scope).toEqual({ level: 'building', grid, building: 'Xy3' })
    await after.close()
    err = []
    expect(await admin(['import-staff', sheet('b.csv', rows('幸福里2号楼'))])).toBe(1)
    expect(err.join()).toContain(`several buildings of ${grid} are called 幸福里2号楼: ${grid}/Xy4, ${grid}/Xy5`)
    err = []
    expect(await admin(['import-staff', sheet('c.csv', rows('平安里9号楼'))])).toBe(1)
    expect(err.join()).toContain('锦华里2号楼、幸福里2号楼')
  })
  it('[ADMIN1] explains itself and exits with 2 when it is not understood', async () => {
    for (const args of [
      [],
      ['dance'],
      ['backup'],
      ['verify', 'x'],
      ['verify', '--damaged'],
      ['create-admin', 'a', 'b'],
      ['create-admin', 'root1', '--colour', 'red'],
    ]) {
      expect(await admin(args)).toBe(2)
      expect(err.join('\n')).toContain('Usage: npm run admin')
    }
    expect(existsSync(data)).toBe(false)
  })

  it('[PWA11] withdraws the app and returns it, and says so in the record of commands', async () => {
    await seed()
    expect(await admin(['withdraw-app'])).toBe(0)
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    expect(await accounts.note(withdrawnNote)).toBe('yes')
    expect(await admin(['return-app'])).toBe(0)
    expect(await accounts.note(withdrawnNote)).toBe('no')
    const commands = (await accounts.events(0, 1000)).map(({ event }) => ('command' in event ? event.command : ''))
    expect(commands.slice(-2)).toEqual(['withdraw-app', 'return-app'])
    await accounts.close()
  })

  it('[ADMIN2] creates the first administrator of a street, once', async () => {
    expect(await admin(['create-admin', 'Root', '--street', '990101001', '--name', '王工'], 'correct horse')).toBe(0)
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    const account = await accounts.find('root')
    expect(account).toMatchObject({ account: 'root', name: '王工', disabled: false })
    expect(await passwordMatches(account?.passwordHash ?? '', 'correct horse')).toBe(true)
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await accounts.assignments('root')).toEqual([
      { account: 'root', role: 'admin', scope: { level: 'street', street: '990101001' } },
    ])
    await accounts.close()
    expect(await admin(['create-admin', 'root'], 'correct horse')).toBe(1)
    expect(err.at(-1)).toContain('exists already')
  })

  it.each([
    [['create-admin', 'root', '--street', '99'], 'correct horse', '--street: "99"'],
    [['create-admin', 'root'], 'correct horse', '--street: name the street'],
    [['create-admin', 'a b', '--street', '990101001'], 'correct horse', 'ACCOUNT: "a b"'],
    [['create-admin', 'Relay', '--street', '990101001'], 'correct horse', 'not relay or demo'],
    [['create-admin', 'root', '--street', '990101001'], 'short', 'at least 10'],
    [['create-admin', 'root', '--street', '990101001'], 'my-root-password', 'may not contain'],
  ])('[ADMIN2] refuses %j with the name of what is wrong', async (args, password, message) => {
    expect(await admin(args, password)).toBe(1)
    expect(err.join('\n')).toContain(message)
  })

  it('[ADMIN3] imports grids and staff from sheets with a title above the header; a person may hold several roles', async () => {
    await seed()
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    expect((await accounts.territory()).grids).toEqual([
      { code: '990101001001001', name: '春和第一网格', kind: 'basic' },
      { code: '990101001001002', name: '春和商业街', kind: 'dedicated' },
    ])
    expect(await accounts.assignments('lin_xy')).toEqual([
      {
        account: 'lin_xy',
        role: 'gridMember',
        scope: { level: 'grid', grid: '990101001001001' },
        from: '2026-01-01',
        to: '2026-12-31',
      },
      { account: 'lin_xy', role: 'partTimeMember', scope: { level: 'grid', grid: '990101001001002' } },
    ])
    const issued = out.find((line) => line.startsWith('lin_xy,'))?.slice('lin_xy,'.length) ?? ''
    expect(issued).toMatch(/^[a-z2-9]{12}$/)
    expect(await passwordMatches((await accounts.find('lin_xy'))?.passwordHash ?? '', issued)).toBe(true)
    expect(await passwordMatches((await accounts.find('zhou.jp'))?.passwordHash ?? '', 'correct horse')).toBe(true)
    await accounts.close()
  })

  it('[ADMIN3] keeps the password of an account that is imported again, and replaces its roles', async () => {
    await seed()
    expect(
      await admin(['import-staff', sheet('again.csv', '账号,姓名,角色,范围\nzhou.jp,周建平,社区,990101001001\n')]),
    ).toBe(0)
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    expect(await passwordMatches((await accounts.find('zhou.jp'))?.passwordHash ?? '', 'correct horse')).toBe(true)
    expect(await accounts.assignments('zhou.jp')).toEqual([
      { account: 'zhou.jp', role: 'community', scope: { level: 'community', community: '990101001001' } },
    ])
    await accounts.close()
  })

  it('[ADMIN4] names sheet, row and column of everything that is wrong, and then imports nothing', async () => {
    expect(await admin(['import-grids', sheet('grids.csv', grids)])).toBe(0)
    const bad = `账号,姓名,角色,范围,初始密码,起始日期
good.one,好人,网格员,990101001001001,correct horse,
?,,帮主,990101001999001,short,昨天
x1,某人,网格员,12,,
`
    expect(await admin(['import-staff', sheet('bad.csv', bad)])).toBe(1)
    expect(err.map((line) => line.split(':')[0])).toEqual([
      'bad!3 账号',
      'bad!3 姓名',
      'bad!3 角色',
      'bad!3 范围',
      'bad!3 初始密码',
      'bad!3 起始日期',
      'bad!4 范围',
    ])
    const accounts = openSqliteAccounts(join(data, storeFiles.accounts))
    expect(await accounts.all()).toEqual([])
    await accounts.close()
  })

  it.each([
    ['no header', '一,二\n1,2\n', 'no sheet has a header with 网格编码'],
    [
      'a code twice',
      `${grids}990101001001001,又一个,基础,春和社区（演示）,演示街道\n`,
      '网格编码: 990101001001001 stands twice',
    ],
    ['a short code', `${grids}9901,又一个,基础,春和社区（演示）,演示街道\n`, '网格编码: "9901" is not a 15-digit'],
    ['another kind', `${grids}990101001001003,又一个,临时,春和社区（演示）,演示街道\n`, '类型: "临时"'],
    ['nothing', '', 'empty'],
  ])('[ADMIN4] refuses a grid sheet with %s', async (_what, text, message) => {
    expect(await admin(['import-grids', sheet('grids.csv', text)])).toBe(1)
    expect(err.join('\n')).toContain(message)
  })

  it('[ADMIN4] says when the file cannot be read, or nothing is there to work on', async () => {
    expect(await admin(['import-grids', join(folder.path, 'gone.csv')])).toBe(1)
    expect(err.at(-1)).toContain('cannot be read')
    const elsewhere = join(folder.path, 'elsewhere')
    expect(
      await runAdmin(['reset-password', 'x1'], {
        env: { TONGGE_DATA: elsewhere },
        root: '/',
        readPassword: async () => '',
        out: () => undefined,
        err: (line) => err.push(line),
        now: () => 0,
      }),
    ).toBe(1)
    expect(err.at(-1)).toContain('holds no accounts yet')
  })

  it('[ADMIN5] resets a password and ends the sessions of the account', async () => {
    await seed()
    const file = join(data, storeFiles.accounts)
    const before = openSqliteAccounts(file)
    await before.addSession(new Uint8Array([1]), { account: 'zhou.jp', createdAt: 1, seenAt: 1 })
    await before.close()
    expect(await admin(['reset-password', 'zhou.jp'], 'a new good one')).toBe(0)
    const accounts = openSqliteAccounts(file)
    expect(await passwordMatches((await accounts.find('zhou.jp'))?.passwordHash ?? '', 'a new good one')).toBe(true)
    expect(await accounts.session(new Uint8Array([1]))).toBeUndefined()
    await accounts.close()
    expect(await admin(['reset-password', 'nobody'], 'a new good one')).toBe(1)
    expect(err.at(-1)).toContain('there is no account "nobody"')
  })
})

describe('backup and restore', () => {
  const write = async (text: string): Promise<void> => {
    const stores = openStores(data)
    await stores.log.append([{ document: 'org/990101001', update: new TextEncoder().encode(text), account: 'relay' }])
    await stores.close()
  }
  const rows = async (): Promise<readonly string[]> => {
    const stores = openStores(data)
    const { tail } = await stores.log.read('org/990101001')
    await stores.close()
    return tail.map((update) => new TextDecoder().decode(update))
  }

  it('[ADMIN7] brings back what was copied, and puts aside what was there', async () => {
    await seed()
    await write('one')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(0)
    expect(out).toEqual(expect.arrayContaining(['1 documents are sound', '2 accounts are sound']))
    await write('two')
    expect(await admin(['restore', copy])).toBe(0)
    expect(await rows()).toEqual(['one'])
    const stores = openStores(data)
    expect(Number(await stores.accounts.note('restoredAt'))).toBeGreaterThan(0)
    await stores.close()
    expect(readdirSync(data).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1)
  })

  it('[ADMIN7] copies while a relay has the folder open, but does not restore then', async () => {
    await seed()
    await write('one')
    const stores = openStores(data)
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(0)
    expect(await admin(['restore', copy])).toBe(1)
    expect(err.at(-1)).toContain('a relay is using')
    await stores.close()
  })

  it('[ADMIN7] writes into no folder that holds something, and restores from none that is not whole', async () => {
    await seed()
    await write('one')
    expect(await admin(['backup', folder.path])).toBe(1)
    expect(err.at(-1)).toContain('is not empty')
    expect(await admin(['restore', join(folder.path, 'nowhere')])).toBe(1)
    expect(err.at(-1)).toContain('does not exist')
    expect(await rows()).toEqual(['one'])
  })

  const damage = (word: string): void => {
    const file = join(data, storeFiles.log)
    const bytes = readFileSync(file)
    const at = bytes.indexOf(word)
    expect(at).toBeGreaterThan(0)
    bytes[at] = 'W'.charCodeAt(0)
    writeFileSync(file, bytes)
  }

  it('[ADMIN11] backup of a log with a damaged row says which and what to do, keeps its copy, and is content with it when asked', async () => {
    await seed()
    await write('one')
    await write('two will be damaged')
    await write('three')
    damage('will be damaged')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(1)
    expect(err[0]).toMatch(/^org\/990101001 row 2: /)
    expect(err.at(-1)).toBe(
      `1 damaged row. Everything else is copied to ${copy}: take it with restore ${copy} --damaged, and from now on copy with backup FOLDER --damaged`,
    )
    err.length = 0
    const second = join(folder.path, 'second')
    expect(await admin(['backup', second, '--damaged'])).toBe(0)
    expect(err[0]).toMatch(/^org\/990101001 row 2: /)
    expect(out.slice(-2)).toEqual([`copied to ${second}`, 'everything is sound but for 1 damaged row'])
  })

  it('[ADMIN11] restore refuses a copy with a damaged row and leaves all as it was; asked to, it takes the rest', async () => {
    await seed()
    await write('one')
    await write('two will be damaged')
    damage('will be damaged')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(1)
    await write('three')
    expect(await admin(['restore', copy])).toBe(1)
    expect(err.at(-1)).toBe(
      `1 damaged row. Nothing was changed. If there is no sound copy, restore ${copy} --damaged takes the rest; devices that have what is missing give it back`,
    )
    expect(await rows()).toEqual(['one', 'three'])
    expect(await admin(['restore', copy, '--damaged'])).toBe(0)
    expect(await rows()).toEqual(['one'])
    const stores = openStores(data)
    expect(Number(await stores.accounts.note('restoredAt'))).toBeGreaterThan(0)
    await stores.close()
  })

  it('[ADMIN11] a copy whose audit log was altered too is not taken for a merely damaged one', async () => {
    await seed()
    await write('one')
    await write('two will be damaged')
    damage('will be damaged')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(1)
    const database = new Database(join(copy, storeFiles.log))
    expect(database.prepare("UPDATE audit_entry SET entry = entry || ' ' WHERE position = 0").run().changes).toBe(1)
    database.close()
    expect(await admin(['restore', copy, '--damaged'])).toBe(1)
    expect(err.at(-1)).toMatch(/^audit: /)
    expect(await rows()).toEqual(['one'])
  })

  it('[ADMIN11] what is not a log, or has no accounts, is taken under no circumstances', async () => {
    await seed()
    await write('one')
    const copy = join(folder.path, 'copy')
    expect(await admin(['backup', copy])).toBe(0)
    writeFileSync(join(copy, storeFiles.accounts), 'no accounts')
    expect(await admin(['restore', copy, '--damaged'])).toBe(1)
    expect(await rows()).toEqual(['one'])
  })

  it('[ADMIN8] verify finds a damaged row and names its document', async () => {
    await seed()
    await write('a text that will be damaged')
    expect(await admin(['verify'])).toBe(0)
    const file = join(data, storeFiles.log)
    const bytes = readFileSync(file)
    const at = bytes.indexOf('will be damaged')
    expect(at).toBeGreaterThan(0)
    bytes[at] = 'W'.charCodeAt(0)
    writeFileSync(file, bytes)
    expect(await admin(['verify'])).toBe(1)
    expect(err.join('\n')).toMatch(/^org\/990101001 row \d+:/m)
  })
})
