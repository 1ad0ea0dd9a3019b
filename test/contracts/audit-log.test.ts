import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createMemoryAuditLog } from '../../sync-server/src/audit/memory-audit-log.ts'
import { createSqliteAuditLog, type SqliteAuditLog } from '../../sync-server/src/audit/sqlite-audit-log.ts'
import { verifyAudit } from '../../sync-server/src/audit/verify-audit.ts'
import { createSqliteUpdateLog, type SqliteUpdateLog } from '../../sync-server/src/sync.ts'
import { describeAuditLog, signedOut } from './audit-log.contract.ts'
import { bytes, row } from './update-log.contract.ts'

const now = (): number => 1000

function openBoth(file: string, maxPages?: number): { log: SqliteUpdateLog; audit: SqliteAuditLog } {
  let audit: SqliteAuditLog | undefined
  const log = createSqliteUpdateLog(file, {
    witness: (database, commits) => (audit = createSqliteAuditLog(database, commits, now)).witness,
    ...(maxPages === undefined ? {} : { maxPages }),
  })
  if (!audit) throw new Error('no witness was asked for')
  return { log, audit }
}

async function createFolder(): Promise<{ readonly file: string; [Symbol.asyncDispose](): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tongge-audit-'))
  return { file: join(folder, 'log.db'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

describeAuditLog('memory', async () => {
  const audit = createMemoryAuditLog(now)
  return { audit, reopen: async () => audit, dispose: async () => undefined }
})

describeAuditLog('sqlite', async () => {
  const folder = await createFolder()
  let current = openBoth(folder.file)
  return {
    audit: current.audit,
    async reopen() {
      await current.log.close()
      current = openBoth(folder.file)
      return current.audit
    },
    async dispose() {
      await current.log.close()
      await folder[Symbol.asyncDispose]()
    },
  }
})

const hashOf = (update: Uint8Array): string => createHash('sha256').update(update).digest('base64url')
const eventsOf = async (audit: SqliteAuditLog, from = 0): Promise<Record<string, unknown>[]> =>
  (await audit.entries(from, 1000)).map((text) => JSON.parse(text) as Record<string, unknown>)

test('[AUDIT4] every stored update has its entry with document, author, sequence and hash, in the order of commit, and every fold too', async () => {
  await using folder = await createFolder()
  const { log, audit } = openBoth(folder.file)
  const [a, b] = await Promise.all([log.append([row('a', 1), row('b', 2)]), log.append([row('a', 3)])])
  expect([...a, ...b]).toEqual([1, 2, 3])
  await audit.append([signedOut(1)])
  await log.compact('a', bytes(9), 3)
  expect(await log.compact('a', bytes(9), 3)).toBe(false)
  const { account } = row('a', 1)
  expect(await eventsOf(audit)).toEqual([
    { type: 'begin', at: 1000, log: audit.name, through: 0 },
    { type: 'edit', at: 1000, account, document: 'a', sequence: 1, hash: hashOf(bytes(1)) },
    { type: 'edit', at: 1000, account, document: 'b', sequence: 2, hash: hashOf(bytes(2)) },
    { type: 'edit', at: 1000, account, document: 'a', sequence: 3, hash: hashOf(bytes(3)) },
    { type: 'signOut', at: 1000, account: 'member1' },
    { type: 'fold', at: 1000, document: 'a', through: 3, hash: hashOf(bytes(9)) },
  ])
  await log.close()
})

test('[AUDIT4] an update and its entry are committed together or neither is, and the log goes on where it was', async () => {
  await using folder = await createFolder()
  const { log, audit } = openBoth(folder.file, 150)
  // The first of each two still fits when the second no longer does.
  const large = { ...row('a', 0), update: new Uint8Array(20_000) }
  const outcomes: ('stored' | 'refused')[] = []
  for (let index = 0; index < 1000 && outcomes.at(-1) !== 'refused'; index++)
    outcomes.push(
      await log.append([row('a', index % 250), large]).then(
        () => 'stored' as const,
        () => 'refused' as const,
      ),
    )
  expect(outcomes.at(-1)).toBe('refused')
  const stored = outcomes.length - 1
  expect((await log.read('a')).tail).toHaveLength(2 * stored)
  expect((await eventsOf(audit)).filter(({ type }) => type === 'edit')).toHaveLength(2 * stored)
  const size = await audit.size()
  expect(await log.compact('a', bytes(1), (await log.read('a')).through)).toBe(true)
  expect(await log.append([row('a', 7)])).toEqual([2 * stored + 1])
  expect(await eventsOf(audit, size)).toMatchObject([{ type: 'fold' }, { type: 'edit', sequence: 2 * stored + 1 }])
  await log.close()
  const database = new Database(folder.file, { readonly: true })
  expect(verifyAudit(database)?.problems).toEqual([])
  database.close()
})

test('[AUDIT4] a log that was written before there was an audit log says up to where nothing was told', async () => {
  await using folder = await createFolder()
  const before = createSqliteUpdateLog(folder.file)
  await before.append([row('a', 1), row('a', 2)])
  await before.close()
  const { log, audit } = openBoth(folder.file)
  await log.append([row('a', 3)])
  expect(await eventsOf(audit)).toMatchObject([
    { type: 'begin', through: 2 },
    { type: 'edit', sequence: 3 },
  ])
  await log.close()
})
