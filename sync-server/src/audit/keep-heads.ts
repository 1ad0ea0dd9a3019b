/** Signs a head of the audit log now and then: often while much is logged, within a minute while anything is, and at the end. */
import { decodeHash, encodeHash, isSame, type SignedHead } from '@tongge/protocol/audit'
import type { Logger } from '../ports.ts'
import type { AuditLog } from './audit-log.ts'
import type { SigningKey } from './signing-key.ts'

export interface Heads {
  /** The newest signed head: never more than a minute, or `headEvery` entries and a few seconds, behind the log. Undefined when there never was a sound log to sign. */
  latest(): SignedHead | undefined
  /** Signs now what was logged since. */
  sign(): Promise<void>
  close(): Promise<void>
}

/** Entries. */
export const headEvery = 1000
const headWithin = 60_000
const lookEvery = 2000

export interface HeadsOptions {
  readonly audit: AuditLog
  readonly key: SigningKey
  readonly now: () => number
  readonly logger: Logger
}

export async function keepHeads({ audit, key, now, logger }: HeadsOptions): Promise<Heads> {
  const last = await audit.lastHead()
  const isSound = !last || (await stillHolds(audit, last))
  if (!isSound)
    logger.error({ size: last.size }, 'the audit log is not the one of its last signed head; see verify-log')
  if (last?.key !== key.publicKey) await audit.append([{ type: 'key', key: key.publicKey }])

  // A head that no longer holds is not offered any more: devices are to see what has become of the log.
  let latest = isSound ? last : undefined
  const sign = async (): Promise<void> => {
    const size = await audit.size()
    if (size <= (latest?.size ?? 0)) return
    const head = key.sign({ log: audit.name, size, root: encodeHash(await audit.root(size)), at: now() })
    await audit.addHead(head)
    latest = head
  }
  const look = async (): Promise<void> => {
    const behind = (await audit.size()) - (latest?.size ?? 0)
    if (behind >= headEvery || now() - (latest?.at ?? 0) >= headWithin) await sign()
  }
  let running: Promise<void> = Promise.resolve()
  const next = (work: () => Promise<void>): Promise<void> => {
    running = running
      .then(work)
      .catch((error: unknown) =>
        logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'audit head cannot be signed'),
      )
    return running
  }
  await next(sign)
  const timer = setInterval(() => void next(look), lookEvery)
  timer.unref()
  return {
    latest: () => latest,
    sign: () => next(sign),
    close() {
      clearInterval(timer)
      return next(sign)
    },
  }
}

async function stillHolds(audit: AuditLog, head: SignedHead): Promise<boolean> {
  if ((await audit.size()) < head.size) return false
  try {
    return isSame(await audit.root(head.size), decodeHash(head.root))
  } catch {
    return false
  }
}
