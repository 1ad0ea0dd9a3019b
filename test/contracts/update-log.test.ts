import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { newKeyLine, parseKeyring } from '../../sync-server/src/seal/keyring.ts'
import { createRowSeal } from '../../sync-server/src/seal/row-seal.ts'
import {
  createMemoryUpdateLog,
  createSqliteUpdateLog,
  UnusableLogError,
  type SqliteUpdateLog,
} from '../../sync-server/src/sync.ts'
import { bytes, describeSharedLog, describeUpdateLog, row } from './update-log.contract.ts'

const keyring = parseKeyring(newKeyLine(), 'test')
if (!keyring.ok) throw new Error(keyring.failure.join())
const keys = keyring.value

describeUpdateLog('memory', async () => {
  const log = createMemoryUpdateLog()
  return { log, reopen: async () => log, dispose: () => log.close() }
})

describeSharedLog('memory', async () => createMemoryUpdateLog())

describeUpdateLog('sqlite', async () => {
  const folder = await createFolder()
  const log = createSqliteUpdateLog(folder.file)
  let current = log
  const reopen = async (): Promise<typeof log> => {
    await current.close()
    current = createSqliteUpdateLog(folder.file)
    return current
  }
  const dispose = async (): Promise<void> => {
    await current.close()
    await folder[Symbol.asyncDispose]()
  }
  return { log, reopen, dispose }
})

describeUpdateLog('sealed, in sqlite', async () => {
  const folder = await createFolder()
  const open = (): SqliteUpdateLog => createSqliteUpdateLog(folder.file, { seal: createRowSeal(keys) })
  let current = open()
  const reopen = async (): Promise<SqliteUpdateLog> => {
    await current.close()
    current = open()
    return current
  }
  const dispose = async (): Promise<void> => {
    await current.close()
    await folder[Symbol.asyncDispose]()
  }
  return { log: current, reopen, dispose }
})

async function createFolder(): Promise<{
  readonly file: string
  path(name: string): string
  [Symbol.asyncDispose](): Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'tongge-log-'))
  const path = (name: string): string => join(folder, name)
  return { file: path('log.db'), path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** A log of 60 rows in 3 documents, closed, so that everything is in the one file. */
async function fill(file: string): Promise<void> {
  const log = createSqliteUpdateLog(file)
  for (let value = 0; value < 60; value++) await log.append([row(['a', 'b', 'c'][value % 3] ?? 'a', value)])
  await log.close()
}

test('[LOG9] one flipped bit leaves out that row, names it, and harms no other', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const content = await readFile(folder.file)
  const at = content.indexOf(bytes(30))
  expect(at).toBeGreaterThan(0)
  const file = await open(folder.file, 'r+')
  await file.write(Buffer.of(31), 0, 1, at + 100)
  await file.close()
  const log = createSqliteUpdateLog(folder.file)
  const stored = await log.read('a')
  expect(stored.damaged).toBe(1)
  expect(stored.tail).toHaveLength(19)
  expect(stored.through).toBe(58)
  expect((await log.read('b')).tail).toHaveLength(20)
  expect(await log.verify()).toEqual([{ document: 'a', sequence: 31, problem: 'checksum does not match' }])
  await log.append([row('a', 61)])
  expect((await log.read('a')).tail).toHaveLength(20)
  await log.close()
})

test('[LOG10] a damaged snapshot is left out and named', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const before = createSqliteUpdateLog(folder.file)
  await before.compact('a', bytes(99), 31)
  await before.close()
  const database = new Database(folder.file)
  database.prepare('UPDATE snapshot SET bytes = ?').run(bytes(98))
  database.close()
  const log = createSqliteUpdateLog(folder.file)
  expect(await log.read('a')).toMatchObject({ snapshot: undefined, damaged: 1, through: 58 })
  expect(await log.verify()).toEqual([{ document: 'a', sequence: 31, problem: 'snapshot: checksum does not match' }])
  await log.close()
})

test('[LOG11] a row moved to another document or place is damaged', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const database = new Database(folder.file)
  database.prepare('UPDATE change SET document = 2 WHERE sequence = 1').run()
  database.prepare('UPDATE change SET account = ? WHERE sequence = 2').run('eve')
  database.close()
  const log = createSqliteUpdateLog(folder.file)
  expect((await log.verify()).map(({ sequence }) => sequence)).toEqual([1, 2])
  await log.close()
})

test('[LOG12] a truncated file is refused with a reason, or still gives every row that is left', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const { size } = await stat(folder.file)
  const outcomes = new Set<string>()
  for (let left = size - 512; left > 0; left -= 2048) {
    const file = folder.path(`cut-${left}.db`)
    await copyFile(folder.file, file)
    await truncate(file, left)
    try {
      const log = createSqliteUpdateLog(file)
      for (const document of await log.documents()) {
        for (const update of (await log.read(document)).tail) expect(update).toHaveLength(300)
      }
      await log.verify()
      await log.close()
      outcomes.add('read')
    } catch (error) {
      expect(error).toBeInstanceOf(UnusableLogError)
      outcomes.add('refused')
    }
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

test('[LOG13] a file that was emptied, replaced or belongs to another program is refused, and left as it is', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const sound = await readFile(folder.file)

  await writeFile(folder.file, '')
  expect(() => createSqliteUpdateLog(folder.file)).toThrow(/is empty/)
  expect((await stat(folder.file)).size).toBe(0)

  await rm(folder.file)
  expect(() => createSqliteUpdateLog(folder.file)).toThrow(/is missing/)

  await fill(folder.path('other.db'))
  await copyFile(folder.path('other.db'), folder.file)
  expect(() => createSqliteUpdateLog(folder.file)).toThrow(/not the log/)

  const foreign = new Database(folder.path('foreign.db'))
  foreign.exec('CREATE TABLE t (x)')
  foreign.close()
  expect(() => createSqliteUpdateLog(folder.path('foreign.db'))).toThrow(/another program/)

  await writeFile(folder.file, 'not a database at all, but a letter to the street office'.repeat(100))
  expect(() => createSqliteUpdateLog(folder.file)).toThrow(UnusableLogError)

  await writeFile(folder.file, sound)
  const log = createSqliteUpdateLog(folder.file)
  expect(await log.verify()).toEqual([])
  await log.close()
})

test('[LOG14] a store that is full rejects, stores nothing of the commit, and goes on when there is room', async () => {
  await using folder = await createFolder()
  const log = createSqliteUpdateLog(folder.file, { maxPages: 40 })
  let stored = 0
  const failed = await (async () => {
    for (; stored < 1000; stored += 2) {
      try {
        await log.append([row('a', 1), row(`d${stored}`, 2)])
      } catch {
        return true
      }
    }
    return false
  })()
  expect(failed).toBe(true)
  expect((await log.read('a')).tail).toHaveLength(stored / 2)
  expect(await log.documents()).not.toContain(`d${stored}`)
  const { through } = await log.read('a')
  expect(await log.compact('a', bytes(1), through)).toBe(true)
  await log.append([row('a', 3)])
  expect((await log.read('a')).tail.map((update) => Uint8Array.from(update))).toEqual([bytes(3)])
  expect(await log.verify()).toEqual([])
  await log.close()
})

test('[LOG15] a backup taken while rows are written is a sound log of everything committed before', async () => {
  await using folder = await createFolder()
  await fill(folder.file)
  const log = createSqliteUpdateLog(folder.file)
  const backup = log.backup(folder.path('copy.db'))
  await log.append([row('a', 77)])
  await backup
  await log.close()
  expect(existsSync(folder.path('copy.db-wal'))).toBe(false)
  const copy = createSqliteUpdateLog(folder.path('copy.db'))
  expect(await copy.verify()).toEqual([])
  expect((await copy.read('a')).tail.length).toBeGreaterThanOrEqual(20)
  await copy.close()
})
