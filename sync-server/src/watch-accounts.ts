/** Looks out for what changes rights without a request: another process on the accounts, the turn of a day, sessions that run out. */
import { dayOf, type Instant } from '@tongge/model'
import type { Accounts } from './accounts/accounts.ts'
import type { Logger } from './ports.ts'

export interface AccountsWatch {
  /** Resolves when no look is under way any more. */
  close(): Promise<void>
}

export interface AccountsWatchOptions {
  readonly accounts: Accounts
  readonly now: () => Instant
  readonly logger: Logger
  /** Accounts, assignments or the day are others than at the last call. */
  readonly onChange: () => Promise<void>
  /** Called after each change and at least once a minute. */
  readonly recheck: () => Promise<void>
}

/** Milliseconds: what another process changed holds on open sockets within two seconds. */
const lookEvery = 1000
const recheckEvery = 60_000

export async function watchAccounts({
  accounts,
  now,
  logger,
  onChange,
  recheck,
}: AccountsWatchOptions): Promise<AccountsWatch> {
  let version = await accounts.version()
  let day = dayOf(now())
  let checkedAt = now()

  const look = async (): Promise<void> => {
    const [seen, today] = [await accounts.version(), dayOf(now())]
    const isChanged = seen !== version || today !== day
    if (!isChanged && now() - checkedAt < recheckEvery) return
    try {
      if (isChanged) await onChange()
    } finally {
      await recheck()
    }
    version = seen
    day = today
    checkedAt = now()
  }

  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: unknown) =>
        logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'accounts cannot be looked at'),
      )
  }, lookEvery)
  return {
    close() {
      clearInterval(timer)
      return looking
    },
  }
}
