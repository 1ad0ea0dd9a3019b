/** Brings the directory documents up to date with the accounts. Only while no endpoint is open on the log: a room would not see it. */
import { formatDocumentName } from '@tongge/protocol'
import type { Register } from '../access/register.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { UpdateLog } from '../ports.ts'
import { directoryUpdate } from './directory-update.ts'
import { directoryEntries } from './entries.ts'

export async function publishDirectories(log: UpdateLog, accounts: Accounts, register: Register): Promise<void> {
  const people = await accounts.all()
  for (const { code } of register.territory.streets) {
    const document = formatDocumentName({ kind: 'org', street: code })
    const { snapshot, tail } = await log.read(document)
    const update = directoryUpdate([...(snapshot ? [snapshot] : []), ...tail], directoryEntries(code, register, people))
    if (update) await log.append([{ document, update, account: 'relay' }])
  }
}
