/** The files of a relay's data folder. */
import Database from 'better-sqlite3'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Accounts } from './accounts/accounts.ts'
import { hasServed } from './accounts/opaque-names.ts'
import { openSqliteAccounts } from './accounts/sqlite-accounts.ts'
import { createSqliteAuditLog, type SqliteAuditLog } from './audit/sqlite-audit-log.ts'
import { openSigningKey, type SigningKey } from './audit/signing-key.ts'
import { censusOf } from './seal/census.ts'
import type { Handovers } from './handovers/handovers.ts'
import { createSqliteHandovers } from './handovers/sqlite-handovers.ts'
import type { Keyring } from './seal/keyring.ts'
import { createRowSeal } from './seal/row-seal.ts'
import { keyIdOf } from './seal/seal.ts'
import { createSqliteUpdateLog, type SqliteUpdateLog } from './sync.ts'

/** Names the note that says when the folder was last restored from a backup, in milliseconds since 1970. */
export const restoredNote = 'restoredAt'

export const storeFiles = { accounts: 'accounts.sqlite', log: 'log.sqlite' } as const
/** Signs heads of the audit log. */
export const auditKeyFile = 'audit.key'

export interface Stores {
  readonly accounts: Accounts
  /** In the file of the accounts. */
  readonly handovers: Handovers
  readonly log: SqliteUpdateLog
  /** Rows that were written before there was a key. */
  readonly unsealed: number
  /** In the file of the log. */
  readonly audit: SqliteAuditLog
  readonly auditKey: SigningKey
  close(): Promise<void>
}

export interface StoreOptions {
  readonly keys?: Keyring | undefined
  readonly now?: () => number
}

/** Creates the folder when it is missing. Throws a `StartError` when a file cannot be used, a key is missing, or another relay uses the folder. */
export function openStores(folder: string, { keys, now = Date.now }: StoreOptions = {}): Stores {
  makeFolder(folder)
  const lock = lockFolder(folder)
  if (!lock) throw new StartError(`another relay is using ${folder}; stop it, or set TONGGE_DATA to another folder`)
  const close: (() => Promise<void> | void)[] = [() => lock.release()]
  try {
    const file = join(folder, storeFiles.log)
    const { log, audit } = openFile(file, () => openLog(file, now, keys))
    close.unshift(() => log.close())
    const { unsealed, rowsByKey } = censusOf(file)
    demandKeys(file, rowsByKey.keys(), keys)
    const { accounts, handovers } = openPeople(folder, now, keys)
    close.unshift(() => accounts.close())
    demandKeys(join(folder, storeFiles.accounts), handovers.keys(), keys)
    return {
      accounts,
      handovers,
      log,
      unsealed,
      audit,
      auditKey: openKey(join(folder, auditKeyFile)),
      async close() {
        for (const one of close.splice(0)) await one()
      },
    }
  } catch (error) {
    for (const one of close) void one()
    throw error
  }
}

function demandKeys(file: string, found: Iterable<string>, keys: Keyring | undefined): void {
  const missing = [...found].filter((id) => !keys?.byId.has(id))
  if (missing.length > 0)
    throw new StartError(
      `${file} is sealed under key ${missing.join(', ')}, which neither TONGGE_KEY_FILE nor TONGGE_KEYS holds`,
    )
}

function openKey(file: string): SigningKey {
  try {
    return openSigningKey(file)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new StartError(
      `${file} cannot be used: ${problem}; restore it from a backup, or remove it: another is then made, of which devices are told`,
    )
  }
}

/** Throws a `StartError` where there can be no such folder; `name` is what the person called it by. */
export function makeFolder(folder: string, name = 'TONGGE_DATA'): void {
  try {
    makeWithParents(resolve(folder))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const isFile = code === 'EEXIST' || code === 'ENOTDIR'
    throw new StartError(`${name}: ${folder} ${isFile ? 'is a file, not a folder' : `cannot be made: ${message}`}`)
  }
}

/** Folder by folder: where the system has nothing of that name and makes nothing either, as under /proc, Node's own way never ends. */
function makeWithParents(folder: string): void {
  if (!existsSync(folder)) {
    if (dirname(folder) !== folder) makeWithParents(dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  } else if (!statSync(folder).isDirectory()) throw Object.assign(new Error(`${folder} is a file`), { code: 'EEXIST' })
}

/** The log of updates with the audit log that witnesses it. */
export function openLog(
  file: string,
  now: () => number,
  keys?: Keyring,
): { readonly log: SqliteUpdateLog; readonly audit: SqliteAuditLog } {
  const opened: { audit?: SqliteAuditLog } = {}
  const log = createSqliteUpdateLog(file, {
    seal: keys && createRowSeal(keys),
    witness: (database, commits) => (opened.audit = createSqliteAuditLog(database, commits, now)).witness,
  })
  if (!opened.audit) throw new Error('the log has no witness')
  return { log, audit: opened.audit }
}

/** Throws a `StartError` where the file is none of ours or is damaged. */
export function openAccounts(folder: string, now?: () => number): Accounts {
  return openFile(join(folder, storeFiles.accounts), (file) => openSqliteAccounts(file, now))
}

/** The accounts with the quarantine that rests beside them. Throws likewise. */
export function openPeople(
  folder: string,
  now: () => number,
  keys: Keyring | undefined,
): { readonly accounts: Accounts; readonly handovers: Handovers } {
  return openFile(join(folder, storeFiles.accounts), (file) => {
    const opened: { handovers?: Handovers } = {}
    const accounts = openSqliteAccounts(file, now, (database, tell) => {
      opened.handovers = createSqliteHandovers(database, { seal: keys && createRowSeal(keys), keyIdOf, tell, now })
    })
    if (!opened.handovers) throw new Error('nothing is kept beside the accounts')
    return { accounts, handovers: opened.handovers }
  })
}

/**
 * Before the first start of the relay there are accounts and no log: nothing was written, which is an empty log.
 * Throws a `StartError` where one was written and is gone.
 */
export async function beginLog(folder: string): Promise<void> {
  const file = join(folder, storeFiles.log)
  if (!existsSync(join(folder, storeFiles.accounts)) || existsSync(file)) return
  if (await wasServed(folder)) throw new StartError(`${file} is gone, and ${lostLog}`)
  await createSqliteUpdateLog(file).close()
}

/** What is wrong with a log that holds nothing where `wasServed`. */
export const lostLog = 'a relay has written one for the accounts beside it; restore puts a backup in its place'

/** Whether a relay has run over the folder, whatever is left of its log. */
export async function wasServed(folder: string): Promise<boolean> {
  if (existsSync(join(folder, auditKeyFile))) return true
  if (!existsSync(join(folder, storeFiles.accounts))) return false
  const accounts = openAccounts(folder)
  try {
    return await hasServed(accounts)
  } finally {
    await accounts.close()
  }
}

function openFile<T>(file: string, open: (file: string) => T): T {
  try {
    return open(file)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    const isDamaged = code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT'
    throw new StartError(
      `${file} cannot be opened: ${message}${isDamaged ? '. restore puts a backup in its place' : ''}`,
    )
  }
}

/** Held by one process at a time, and let go by the system when that process ends in whatever way. Undefined when another holds it. */
export function lockFolder(folder: string): { release(): void } | undefined {
  const database = new Database(join(folder, 'lock.sqlite'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return { release: () => void database.close() }
  } catch {
    database.close()
    return undefined
  }
}

/** A start that cannot be, for a reason the person at the keyboard can mend. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
