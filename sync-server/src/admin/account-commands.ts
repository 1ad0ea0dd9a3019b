/** create-admin, reset-password, disable and enable. */
import { parseStreetCode } from '@tongge/model'
import { parseAccountName } from '../accounts/account-name.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { hashPassword, passwordProblem } from '../accounts/passwords.ts'
import type { Outcome } from './run-admin.ts'

type ReadPassword = (prompt: string) => Promise<string>

export async function createAdmin(
  accounts: Accounts,
  wish: { readonly account: string; readonly name: string | undefined; readonly street: string | undefined },
  readPassword: ReadPassword,
): Promise<Outcome> {
  const account = parseAccountName(wish.account)
  if (account === undefined)
    return failed(
      `ACCOUNT: "${wish.account}" must be 2 to 40 of a-z, 0-9, dot, dash and underscore, and not relay or demo`,
    )
  if (await accounts.find(account))
    return failed(`ACCOUNT: "${account}" exists already; reset-password gives it another password`)
  const { streets } = await accounts.territory()
  const [only, ...others] = streets
  const street =
    wish.street === undefined ? (others.length === 0 ? only?.code : undefined) : parseStreetCode(wish.street)
  if (!street)
    return failed(
      wish.street === undefined
        ? '--street: name the street by its 9-digit code'
        : `--street: "${wish.street}" is not a 9-digit street code`,
    )

  const chosen = await choosePassword(account, readPassword)
  if (!chosen.ok) return chosen
  if (!streets.some(({ code }) => code === street))
    await accounts.saveTerritory({ streets: [{ code: street, name: street }] })
  await accounts.save(
    [{ account, name: wish.name ?? account, passwordHash: chosen.hash, disabled: false }],
    [{ account, role: 'admin', scope: { level: 'street', street } }],
    'create-admin',
  )
  return { ok: true, lines: [`administrator ${account} of street ${street} created`] }
}

export async function resetPassword(accounts: Accounts, text: string, readPassword: ReadPassword): Promise<Outcome> {
  const account = parseAccountName(text)
  if (account === undefined || !(await accounts.find(account))) return failed(`ACCOUNT: there is no account "${text}"`)
  const chosen = await choosePassword(account, readPassword)
  if (!chosen.ok) return chosen
  await accounts.setPassword(account, chosen.hash, 'reset-password')
  return { ok: true, lines: [`password of ${account} set; its sessions are over`] }
}

/** Roles stay, so that whoever comes back is as before. */
export async function setDisabled(accounts: Accounts, text: string, disabled: boolean): Promise<Outcome> {
  const account = parseAccountName(text)
  const known = account === undefined ? undefined : await accounts.find(account)
  if (!known) return failed(`ACCOUNT: there is no account "${text}"`)
  const by = disabled ? 'disable' : 'enable'
  await accounts.save([{ ...known, disabled }], await accounts.assignments(known.account), by)
  const what = disabled ? 'disabled; its sessions are over' : 'enabled'
  return { ok: true, lines: [`${known.account} is ${what}`] }
}

async function choosePassword(
  account: string,
  readPassword: ReadPassword,
): Promise<
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly problems: readonly string[] }
> {
  const password = await readPassword(`Password for ${account}: `)
  const problem = passwordProblem(password, account)
  return problem === undefined ? { ok: true, hash: await hashPassword(password) } : { ok: false, problems: [problem] }
}

function failed(problem: string): Outcome & { readonly ok: false } {
  return { ok: false, problems: [problem] }
}
