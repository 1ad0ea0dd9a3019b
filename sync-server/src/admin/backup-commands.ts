/** backup, restore, verify and reseal: whole folders, checked. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteAccounts } from '../accounts/sqlite-accounts.ts'
import { rewriteRows } from '../log/sqlite-rewrite.ts'
import { censusOf } from '../seal/census.ts'
import type { Keyring } from '../seal/keyring.ts'
import { createRowSeal } from '../seal/row-seal.ts'
import { lockFolder, restoredNote, storeFiles } from '../stores.ts'
import { createSqliteUpdateLog } from '../sync.ts'
import type { Outcome } from './run-admin.ts'

export async function backUp(folder: string, target: string, keys: Keyring | undefined): Promise<Outcome> {
  const missing = missingFiles(folder)
  if (missing.length > 0) return { ok: false, problems: missing }
  if (existsSync(target) && readdirSync(target).length > 0)
    return { ok: false, problems: [`FOLDER: ${target} is not empty`] }
  mkdirSync(target, { recursive: true, mode: 0o700 })
  // Accounts first: a document written for an account must not come back without it.
  const log = createSqliteUpdateLog(join(folder, storeFiles.log))
  const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
  try {
    await log.backup(join(target, storeFiles.log))
    await accounts.backup(join(target, storeFiles.accounts))
  } finally {
    await log.close()
    await accounts.close()
  }
  const checked = await verify(target, keys)
  return checked.ok ? { ok: true, lines: [`copied to ${target}`, ...checked.lines] } : checked
}

export async function restore(
  folder: string,
  source: string,
  keys: Keyring | undefined,
  now: number,
): Promise<Outcome> {
  const checked = await verify(source, keys)
  if (!checked.ok) return checked
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  if (!lock) return { ok: false, problems: [`a relay is using ${folder}; stop it first`] }
  try {
    const present = readdirSync(folder).filter((name) =>
      Object.values(storeFiles).some((file) => name.startsWith(file)),
    )
    const aside = join(folder, `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`)
    if (present.length > 0) mkdirSync(aside, { mode: 0o700 })
    for (const name of present) renameSync(join(folder, name), join(aside, name))
    for (const file of Object.values(storeFiles)) copyFileSync(join(source, file), join(folder, file))
    const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
    await accounts.setNote(restoredNote, String(now))
    await accounts.close()
    return {
      ok: true,
      lines: [
        ...checked.lines,
        `restored to ${folder}`,
        ...(present.length > 0 ? [`what was there is now in ${aside}`] : []),
      ],
    }
  } finally {
    lock.release()
  }
}

/** Without the keys, what is sealed is checked by its checksums alone. */
export async function verify(folder: string, keys: Keyring | undefined): Promise<Outcome> {
  const missing = missingFiles(folder)
  if (missing.length > 0) return { ok: false, problems: missing }
  try {
    const file = join(folder, storeFiles.log)
    const { unsealed, rowsByKey } = censusOf(file)
    const missing = keys ? [...rowsByKey.keys()].filter((id) => !keys.byId.has(id)) : []
    if (missing.length > 0) return { ok: false, problems: missing.map((id) => `key ${id} is not among the keys`) }
    const log = createSqliteUpdateLog(file, { seal: keys && createRowSeal(keys) })
    const documents = await log.documents()
    const damaged = await log.verify()
    await log.close()
    const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
    const broken = await accounts.verify()
    const people = await accounts.all()
    await accounts.close()
    const problems = [
      ...damaged.map(({ document, sequence, problem }) => `${document} row ${sequence}: ${problem}`),
      ...broken.map((problem) => `accounts: ${problem}`),
    ]
    return problems.length > 0
      ? { ok: false, problems }
      : {
          ok: true,
          lines: [
            ...[...rowsByKey].map(([id, rows]) => `${rows} rows sealed under key ${id}${keys ? '' : ', not opened'}`),
            ...(rowsByKey.size > 0 && unsealed > 0 ? [`${unsealed} rows unsealed`] : []),
            `${documents.length} documents and ${people.length} accounts are sound`,
          ],
        }
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Writes everything anew under the newest key, so that older ones can be thrown away once no backup needs them. */
export function reseal(folder: string, keys: Keyring | undefined): Outcome {
  if (!keys) return { ok: false, problems: ['set TONGGE_KEY_FILE or TONGGE_KEYS; new-key makes a key'] }
  const missing = missingFiles(folder)
  if (missing.length > 0) return { ok: false, problems: missing }
  const lock = lockFolder(folder)
  if (!lock) return { ok: false, problems: [`a relay is using ${folder}; stop it first`] }
  try {
    const seal = createRowSeal(keys)
    const count = rewriteRows(join(folder, storeFiles.log), ({ document, kind, bytes }) => {
      const plain = seal.open(bytes, kind, document)
      // What does not open stays as it is: it is told of by verify, and may be wanted by somebody who can mend it.
      return plain === undefined ? bytes : seal.seal(plain, kind, document)
    })
    return { ok: true, lines: [`${count} rows are sealed under key ${keys.newest.id}`] }
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  } finally {
    lock.release()
  }
}

function missingFiles(folder: string): string[] {
  return Object.values(storeFiles).flatMap((file) =>
    existsSync(join(folder, file)) ? [] : [`${join(folder, file)} does not exist`],
  )
}
