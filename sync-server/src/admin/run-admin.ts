/** The administrator's commands. Returns the exit code: 0 done, 1 could not be done, 2 not understood. */
import { dayOf } from '@tongge/model'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Accounts } from '../accounts/accounts.ts'
import { parseConfig } from '../config.ts'
import { beginLog, makeFolder, openAccounts, StartError, storeFiles } from '../stores.ts'
import { createAdmin, resetPassword, setDisabled } from './account-commands.ts'
import { withdrawApp } from './app-commands.ts'
import { newKeyLine, type Keyring } from '../seal/keyring.ts'
import { readKeyring } from '../seal/read-keyring.ts'
import { backUp, reseal, restore, verify } from './backup-commands.ts'
import { importGrids } from './import-grids.ts'
import { importStaff } from './import-staff.ts'
import { verifyLog } from './verify-log.ts'

export interface AdminContext {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The project's folder. */
  readonly root: string
  readonly readPassword: (prompt: string) => Promise<string>
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly now: () => number
}

/** What a command did, line by line, or why it could not. */
export type Outcome =
  | { readonly ok: true; readonly lines: readonly string[]; readonly warnings?: readonly string[] }
  /** `damaged`: rows that are; above 0 only where nothing else is wrong. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly damaged?: number }

const usage = `Usage: npm run admin -- <command>

  create-admin ACCOUNT [--name NAME] [--street CODE]   an administrator; the password is asked for, or the first line piped in
  import-grids FILE                                    .xlsx, .xls or .csv: 网格编码, 网格名称, 类型 (基础/专属), 社区名称, 街道名称,
                                                       [层级, 上级, 边界, 面积(㎡), 户数, 网格长, 公示电话, 网格管理员,
                                                       协管员, 民情督导员, 街道督导员, 警务员]
  import-staff FILE                                    .xlsx, .xls or .csv: 账号, 姓名, 角色, 范围, [初始密码, 起始日期, 截止日期, 专/兼职,
                                                       工作电话, 身份证号, 出生日期, 学历, 政治面貌, 聘期开始, 聘期结束,
                                                       公示开始, 公示结束, 设备, 持证, 特长]
  reset-password ACCOUNT                               a password of your choice; ends every session of the account
  disable ACCOUNT                                      for whoever has left: signs them out everywhere and lets them in no more
  enable ACCOUNT                                       takes that back, with the roles as they were
  backup FOLDER [--damaged]                            a checked copy, also while the relay runs
  restore FOLDER [--damaged]                           puts a copy back; the relay must be stopped
  verify                                               reads every row of the log, of the audit log and of the accounts
  verify-log [HEADS] [--entry N]                       the log and the audit log against each other, and against heads that
                                                       somebody kept (a file of /api/audit/head); prints the proof of an entry
  new-key                                              prints a key; append it to the key file, apart from the data and its backups
  withdraw-app, return-app                             devices drop the app's service worker and the files it kept, and nothing
                                                       that people wrote; and keep it again
  reseal                                               seals everything under the newest key; the relay must be stopped

The data folder is TONGGE_DATA (default ./data). The keys are in the file TONGGE_KEY_FILE, or in TONGGE_KEYS.`

export async function runAdmin(argv: readonly string[], context: AdminContext): Promise<number> {
  const parsed = parseCommand(argv)
  if (typeof parsed === 'string') {
    context.err(parsed)
    return 2
  }
  const config = parseConfig(context.env, context.root)
  if (!config.ok) {
    for (const problem of config.failure) context.err(problem)
    return 2
  }
  const keys = readKeyring(parsed.name === 'new-key' ? undefined : config.value.keys)
  if (!keys.ok) {
    for (const problem of keys.failure) context.err(problem)
    return 2
  }
  const outcome = await perform(parsed, config.value.data, keys.value, context).catch(failure)
  if (!outcome.ok) {
    for (const problem of outcome.problems) context.err(problem)
    return 1
  }
  for (const warning of outcome.warnings ?? []) context.err(warning)
  for (const line of outcome.lines) context.out(line)
  return 0
}

/** What the machine would not do is said in a sentence; anything else is a bug, and its stack is wanted. */
function failure(error: unknown): Outcome {
  if (error instanceof StartError) return { ok: false, problems: [error.message] }
  if (error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string')
    return { ok: false, problems: [error.message] }
  throw error
}

interface Command {
  readonly name: string
  readonly argument: string
  readonly personName: string | undefined
  readonly street: string | undefined
  readonly entry: number | undefined
  /** Damaged rows are no hindrance. */
  readonly damaged: boolean
}

const argumentByCommand: Readonly<Record<string, string | undefined>> = {
  'create-admin': 'ACCOUNT',
  'import-grids': 'FILE',
  'import-staff': 'FILE',
  'reset-password': 'ACCOUNT',
  disable: 'ACCOUNT',
  enable: 'ACCOUNT',
  backup: 'FOLDER',
  restore: 'FOLDER',
  verify: '',
  'new-key': '',
  reseal: '',
  'verify-log': '[HEADS]',
  'withdraw-app': '',
  'return-app': '',
}

function parseCommand(argv: readonly string[]): Command | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        street: { type: 'string' },
        entry: { type: 'string' },
        damaged: { type: 'boolean', default: false },
      },
    })
    const [name = '', argument = '', ...rest] = positionals
    const expected = argumentByCommand[name]
    if (expected === undefined)
      return name === '' || name === 'help' ? usage : `There is no command "${name}".\n\n${usage}`
    const isOptional = expected.startsWith('[')
    if ((!isOptional && (expected === '') !== (argument === '')) || rest.length > 0)
      return `${name} takes ${expected === '' ? 'no argument' : `one ${expected}`}.\n\n${usage}`
    if (values.entry !== undefined && !/^\d{1,15}$/.test(values.entry))
      return `--entry: "${values.entry}" is not a whole number.\n\n${usage}`
    const entry = values.entry === undefined ? undefined : Number(values.entry)
    const { damaged } = values
    if (damaged && name !== 'backup' && name !== 'restore') return `--damaged is for backup and restore.\n\n${usage}`
    return { name, argument, personName: values.name, street: values.street, entry, damaged }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}

async function perform(
  { name, argument, personName, street, entry, damaged }: Command,
  folder: string,
  keys: Keyring | undefined,
  context: AdminContext,
): Promise<Outcome> {
  switch (name) {
    case 'backup':
      await beginLog(folder)
      return backUp(folder, argument, keys, damaged)
    case 'restore':
      return restore(folder, argument, keys, damaged, context.now())
    case 'verify':
      await beginLog(folder)
      return verify(folder, keys)
    case 'new-key':
      return { ok: true, lines: [newKeyLine()] }
    case 'reseal':
      return reseal(folder, keys)
    case 'verify-log':
      return verifyLog(folder, { keys, heads: argument || undefined, entry })
    case 'create-admin':
      return withAccounts(
        folder,
        name,
        (accounts) => createAdmin(accounts, { account: argument, name: personName, street }, context.readPassword),
        true,
      )
    case 'withdraw-app':
    case 'return-app':
      return withAccounts(folder, name, (accounts) => withdrawApp(accounts, name === 'withdraw-app'))
    case 'reset-password':
      return withAccounts(folder, name, (accounts) => resetPassword(accounts, argument, context.readPassword))
    case 'disable':
    case 'enable':
      return withAccounts(folder, name, (accounts) => setDisabled(accounts, argument, name === 'disable'))
    default:
      return withAccounts(
        folder,
        name,
        async (accounts) => {
          const bytes = await readFile(argument).catch(() => undefined)
          if (!bytes) return { ok: false, problems: [`${argument} cannot be read`] }
          const file = { name: basename(argument), bytes }
          const today = dayOf(context.now())
          return name === 'import-grids' ? importGrids(accounts, file, today) : importStaff(accounts, file, today)
        },
        name === 'import-grids',
      )
  }
}

async function withAccounts(
  folder: string,
  command: string,
  work: (accounts: Accounts) => Promise<Outcome>,
  mayCreate = false,
): Promise<Outcome> {
  const file = join(folder, storeFiles.accounts)
  if (!mayCreate && !existsSync(file))
    return { ok: false, problems: [`${folder} holds no accounts yet; begin with create-admin or import-grids`] }
  makeFolder(folder)
  const accounts = openAccounts(folder)
  try {
    const outcome = await work(accounts)
    if (outcome.ok) await accounts.happened({ type: 'command', command })
    return outcome
  } finally {
    await accounts.close()
  }
}
