/** Brings the directory documents up to date with the accounts. One call at a time. A directory that cannot be published is logged, and keeps nothing else back. */
import { directoryOf } from '@tongge/crdt'
import { formatDocumentName } from '@tongge/protocol'
import type { Register } from '../access/register.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Logger, UpdateLog } from '../ports.ts'
import type { SyncEndpoint } from '../sync.ts'
import { commitOwn } from '../own-documents/commit-own.ts'
import { entriesUpdate } from '../own-documents/entries-update.ts'
import { directoryEntries } from './entries.ts'

export async function publishDirectories(
  log: UpdateLog,
  endpoint: SyncEndpoint,
  accounts: Accounts,
  register: Register,
  logger: Logger,
): Promise<void> {
  const [people, details] = [await accounts.all(), await accounts.staff()]
  for (const { code } of register.territory.streets) {
    const document = formatDocumentName({ kind: 'org', street: code })
    try {
      const { snapshot, tail } = await log.read(document)
      const update = entriesUpdate({
        stored: [...(snapshot ? [snapshot] : []), ...tail],
        rootOf: directoryOf,
        entries: directoryEntries(code, register, people, details),
      })
      if (update) await commitOwn(endpoint, document, update)
    } catch (error) {
      logger.error(
        { document, error: error instanceof Error ? error.message : 'unknown' },
        'directory cannot be published',
      )
    }
  }
}
