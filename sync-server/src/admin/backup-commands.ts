/** backup, restore, verify and reseal: whole folders, checked. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteAccounts } from '../accounts/sqlite-accounts.ts'
import { rewriteRows } from '../log/sqlite-rewrite.ts'
import type { Keyring } from '../seal/keyring.ts'
import { createRowSeal } from '../seal/row-seal.ts'
import { auditKeyFile, lockFolder, makeFolder, openPeople, restoredNote, storeFiles } from '../stores.ts'
import { createSqliteUpdateLog } from '../sync.ts'
import type { Outcome } from './run-admin.ts'
import { verifyLog } from './verify-log.ts'

/** `takesDamaged`: rows that are damaged are told of and no hindrance; the relay runs without them, and devices that have them give them back. */
export async function backUp(
  folder: string,
  target: string,
  keys: Keyring | undefined,
  takesDamaged: boolean,
): Promise<Outcome> {
  const missing = missingFiles(folder)
  if (missing.length > 0) return { ok: false, problems: missing }
  if (existsSync(target) && !statSync(target).isDirectory())
    return { ok: false, problems: [`FOLDER: ${target} is a file`] }
  if (existsSync(target) && readdirSync(target).length > 0)
    return { ok: false, problems: [`FOLDER: ${target} is not empty`] }
  makeFolder(target, 'FOLDER')
  // The log first: a document written for an account must not come back without it.
  const log = createSqliteUpdateLog(join(folder, storeFiles.log))
  const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
  try {
    await accounts.happened({ type: 'command', command: 'backup' })
    await log.backup(join(target, storeFiles.log))
    await accounts.backup(join(target, storeFiles.accounts))
    copyKey(folder, target)
  } finally {
    await log.close()
    await accounts.close()
  }
  const checked = await verify(target, keys)
  if (checked.ok) return { ok: true, lines: [`copied to ${target}`, ...checked.lines] }
  const { problems, damaged = 0 } = checked
  if (damaged > 0 && takesDamaged)
    return { ok: true, lines: [`copied to ${target}`, soundBut(damaged)], warnings: problems }
  const advice = `${rowsText(damaged)}. Everything else is copied to ${target}: take it with restore ${target} --damaged, and from now on copy with backup FOLDER --damaged`
  return { ok: false, problems: damaged > 0 ? [...problems, advice] : problems }
}

export async function restore(
  folder: string,
  source: string,
  keys: Keyring | undefined,
  takesDamaged: boolean,
  now: number,
): Promise<Outcome> {
  const checked = await verify(source, keys)
  const damaged = checked.ok ? 0 : (checked.damaged ?? 0)
  if (!checked.ok && !(damaged > 0 && takesDamaged)) {
    const advice = `${rowsText(damaged)}. Nothing was changed. If there is no sound copy, restore ${source} --damaged takes the rest; devices that have what is missing give it back`
    return { ok: false, problems: damaged > 0 ? [...checked.problems, advice] : checked.problems }
  }
  makeFolder(folder)
  const lock = lockFolder(folder)
  if (!lock) return { ok: false, problems: [`a relay is using ${folder}; stop it first`] }
  try {
    const present = readdirSync(folder).filter((name) =>
      [...Object.values(storeFiles), auditKeyFile].some((file) => name.startsWith(file)),
    )
    const aside = join(folder, `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`)
    if (present.length > 0) mkdirSync(aside, { mode: 0o700 })
    for (const name of present) renameSync(join(folder, name), join(aside, name))
    for (const file of Object.values(storeFiles)) copyFileSync(join(source, file), join(folder, file))
    copyKey(source, folder)
    const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
    try {
      await accounts.setNote(restoredNote, String(now))
      await accounts.happened({ type: 'command', command: 'restore' })
    } finally {
      await accounts.close()
    }
    return {
      ok: true,
      lines: [
        ...(checked.ok ? checked.lines : [soundBut(damaged)]),
        `restored to ${folder}`,
        ...(present.length > 0 ? [`what was there is now in ${aside}`] : []),
      ],
      warnings: checked.ok ? [] : checked.problems,
    }
  } finally {
    lock.release()
  }
}

/** Without the keys, what is sealed is checked by its checksums alone. */
export async function verify(folder: string, keys: Keyring | undefined): Promise<Outcome> {
  const missing = missingFiles(folder)
  if (missing.length > 0) return { ok: false, problems: missing }
  const log = await verifyLog(folder, { keys })
  try {
    const accounts = openSqliteAccounts(join(folder, storeFiles.accounts))
    const broken = (await accounts.verify()).map((problem) => `accounts: ${problem}`)
    const people = await accounts.all()
    await accounts.close()
    if (log.ok && broken.length === 0) return { ok: true, lines: [...log.lines, `${people.length} accounts are sound`] }
    const damaged = log.ok || broken.length > 0 ? 0 : (log.damaged ?? 0)
    return { ok: false, problems: [...(log.ok ? [] : log.problems), ...broken], damaged }
  } catch (error) {
    return {
      ok: false,
      problems: [...(log.ok ? [] : log.problems), error instanceof Error ? error.message : String(error)],
    }
  }
}

/** Writes everything anew under the newest key, so that older ones can be thrown away once no backup needs them. */
export async function reseal(folder: string, keys: Keyring | undefined): Promise<Outcome> {
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
    const { accounts, handovers } = openPeople(folder, Date.now, keys)
    try {
      const waiting = handovers.reseal()
      await accounts.happened({ type: 'command', command: 'reseal' })
      return { ok: true, lines: [`${count + waiting} rows are sealed under key ${keys.newest.id}`] }
    } finally {
      await accounts.close()
    }
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  } finally {
    lock.release()
  }
}

function rowsText(damaged: number): string {
  return damaged === 1 ? '1 damaged row' : `${damaged} damaged rows`
}

function soundBut(damaged: number): string {
  return `everything is sound but for ${rowsText(damaged)}`
}

/** Devices hold the relay to the key they know. A copy made before there was one has none. */
function copyKey(from: string, to: string): void {
  if (!existsSync(join(from, auditKeyFile))) return
  copyFileSync(join(from, auditKeyFile), join(to, auditKeyFile))
  chmodSync(join(to, auditKeyFile), 0o600)
}

function missingFiles(folder: string): string[] {
  return Object.values(storeFiles).flatMap((file) =>
    existsSync(join(folder, file)) ? [] : [`${join(folder, file)} does not exist`],
  )
}
