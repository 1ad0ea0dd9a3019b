/** The files of a relay's data folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Accounts } from './accounts/accounts.ts'
import { openSqliteAccounts } from './accounts/sqlite-accounts.ts'
import { createSqliteUpdateLog, type SqliteUpdateLog } from './sync.ts'

export const storeFiles = { accounts: 'accounts.sqlite', log: 'log.sqlite' } as const

export interface Stores {
  readonly accounts: Accounts
  readonly log: SqliteUpdateLog
  close(): Promise<void>
}

/** Creates the folder when it is missing. Throws when a file cannot be used. */
export function openStores(folder: string): Stores {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = createSqliteUpdateLog(join(folder, storeFiles.log))
  const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
  return {
    accounts,
    log,
    async close() {
      await log.close()
      await accounts.close()
    },
  }
}
