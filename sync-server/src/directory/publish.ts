/** Brings the directory documents up to date with the accounts. One call at a time. */
import { formatDocumentName } from '@tongge/protocol'
import type { Register } from '../access/register.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { UpdateLog } from '../ports.ts'
import type { SyncEndpoint } from '../sync.ts'
import { commitOwn } from './commit-own.ts'
import { directoryUpdate } from './directory-update.ts'
import { directoryEntries } from './entries.ts'

export async function publishDirectories(log: UpdateLog, endpoint: SyncEndpoint, accounts: Accounts, register: Register): Promise<void> {
  const people = await accounts.all()
  for (const { code } of register.territory.streets) {
    const document = formatDocumentName({ kind: 'org', street: code })
    const { snapshot, tail } = await log.read(document)
    const update = directoryUpdate([...(snapshot ? [snapshot] : []), ...tail], directoryEntries(code, register, people))
    if (update) await commitOwn(endpoint, document, update)
  }
}
