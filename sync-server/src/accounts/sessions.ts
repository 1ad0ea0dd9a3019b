/** Sessions: an opaque token in a cookie, its hash at rest. Idle for 12 hours or 7 days old, it is over. Knows accounts, no HTTP. */
import type { Instant } from '@tongge/model'
import { createHash, randomBytes } from 'node:crypto'
import type { Account, Accounts } from './accounts.ts'

/** Milliseconds: 12 hours and 7 days. */
export const sessionLimits = { idle: 43_200_000, absolute: 604_800_000 } as const
/** A session's last use is written at most this often. */
const touchEvery = 60_000

export interface Sessions {
  /** Returns the token for the cookie: 256 random bits. */
  begin(account: string): Promise<string>
  /** The account behind a token, if the session still runs and the account is not disabled. Does not count as use. */
  find(token: string): Promise<Account | undefined>
  /** The same, and the session counts as used at this moment. */
  resume(token: string): Promise<Account | undefined>
  end(token: string): Promise<void>
  /** When the device of the session was last heard from, as far as that was noted. */
  lastContact(token: string): Promise<Instant | undefined>
  /** Notes it of several. */
  contacted(contacts: readonly (readonly [token: string, at: Instant])[]): Promise<void>
}

export function createSessions(accounts: Accounts, now: () => Instant): Sessions {
  const isOver = (session: { readonly createdAt: Instant; readonly seenAt: Instant }): boolean =>
    now() - session.createdAt > sessionLimits.absolute || now() - session.seenAt > sessionLimits.idle
  const running = async (
    token: string,
  ): Promise<{ readonly account: Account; readonly seenAt: Instant } | undefined> => {
    if (token.length !== 43) return undefined
    const hash = hashOf(token)
    const session = await accounts.session(hash)
    if (!session) return undefined
    if (isOver(session)) {
      await accounts.removeSession(hash)
      return undefined
    }
    const account = await accounts.find(session.account)
    return account && !account.disabled ? { account, seenAt: session.seenAt } : undefined
  }

  return {
    async begin(account) {
      const token = randomBytes(32).toString('base64url')
      await accounts.expireSessions(now() - sessionLimits.absolute, now() - sessionLimits.idle)
      await accounts.addSession(hashOf(token), { account, createdAt: now(), seenAt: now() })
      return token
    },
    find: async (token) => (await running(token))?.account,
    async resume(token) {
      const found = await running(token)
      if (found && now() - found.seenAt >= touchEvery) await accounts.touchSession(hashOf(token), now())
      return found?.account
    },
    async end(token) {
      await accounts.removeSession(hashOf(token))
    },
    lastContact: (token) => accounts.contact(hashOf(token)),
    contacted: (contacts) => accounts.setContacts(contacts.map(([token, at]) => [hashOf(token), at])),
  }
}

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}
