/** Puts the audit log of a running relay together: what is told to it, what it takes from the accounts, and its heads. */
import { keepHeads } from './audit/keep-heads.ts'
import { createRecorder } from './audit/recorder.ts'
import { takeInEvents } from './audit/take-in.ts'
import type { AuditDesk } from './http/deps.ts'
import { ownSession } from './own-documents/commit-own.ts'
import type { AccessWitness, Logger } from './ports.ts'
import type { Stores } from './stores.ts'

export interface OpenDesk extends AuditDesk {
  /** For the endpoint: what people open, not what the relay itself does to write. */
  readonly witness: AccessWitness
  /** Tells of everything so far and signs a last head. */
  close(): Promise<void>
}

export async function openAuditDesk(
  { audit, auditKey, accounts }: Stores,
  now: () => number,
  logger: Logger,
): Promise<OpenDesk> {
  const record = createRecorder({ audit, now, logger })
  const source = { name: `accounts/${accounts.name}`, after: accounts.events }
  const taking = takeInEvents(source, audit, logger)
  await taking.now()
  const heads = await keepHeads({ audit, key: auditKey, now, logger })
  return {
    log: audit,
    heads,
    key: auditKey.publicKey,
    record,
    witness: {
      ...record,
      opened: (session, account, document) => {
        if (session !== ownSession) record.opened(session, account, document)
      },
    },
    async close() {
      await record.close()
      await taking.close()
      await heads.close()
    },
  }
}
