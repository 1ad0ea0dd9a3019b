/** The files of a relay's data folder. */
import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Accounts } from './accounts/accounts.ts'
import { openSqliteAccounts } from './accounts/sqlite-accounts.ts'
import { censusOf } from './seal/census.ts'
import type { Keyring } from './seal/keyring.ts'
import { createRowSeal } from './seal/row-seal.ts'
import { createSqliteUpdateLog, type SqliteUpdateLog } from './sync.ts'

/** Names the note that says when the folder was last restored from a backup, in milliseconds since 1970. */
export const restoredNote = 'restoredAt'

export const storeFiles = { accounts: 'accounts.sqlite', log: 'log.sqlite' } as const

export interface Stores {
  readonly accounts: Accounts
  readonly log: SqliteUpdateLog
  /** Rows that were written before there was a key. */
  readonly unsealed: number
  close(): Promise<void>
}

/** Creates the folder when it is missing. Throws when a file cannot be used, a key is missing, or another relay uses the folder. */
export function openStores(folder: string, keys?: Keyring): Stores {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  if (!lock) throw new StartError(`another relay is using ${folder}; stop it, or set TONGGE_DATA to another folder`)
  const close: (() => Promise<void> | void)[] = [() => lock.release()]
  try {
    const file = join(folder, storeFiles.log)
    const log = createSqliteUpdateLog(file, { seal: keys && createRowSeal(keys) })
    close.unshift(() => log.close())
    const { unsealed, rowsByKey } = censusOf(file)
    const missing = [...rowsByKey.keys()].filter((id) => !keys?.byId.has(id))
    if (missing.length > 0)
      throw new StartError(
        `${file} is sealed under key ${missing.join(', ')}, which neither TONGGE_KEY_FILE nor TONGGE_KEYS holds`,
      )
    const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
    close.unshift(() => accounts.close())
    return {
      accounts,
      log,
      unsealed,
      async close() {
        for (const one of close.splice(0)) await one()
      },
    }
  } catch (error) {
    for (const one of close) void one()
    throw error
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
