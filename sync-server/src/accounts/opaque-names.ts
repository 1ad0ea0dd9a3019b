/** Names for accounts in the log: the same account has the same one, and nobody without the store can tell whose it is. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Accounts } from './accounts.ts'

const keyNote = 'logKey'

/** The key is made at the first start of a relay, and the command line makes none. */
export async function hasServed(accounts: Pick<Accounts, 'note'>): Promise<boolean> {
  return (await accounts.note(keyNote)) !== undefined
}

export async function createOpaqueNames(accounts: Accounts): Promise<(account: string) => string> {
  const found = await accounts.note(keyNote)
  const key = found ?? randomBytes(16).toString('hex')
  if (found === undefined) await accounts.setNote(keyNote, key)
  return (account) => createHmac('sha256', key).update(account).digest('hex').slice(0, 12)
}
