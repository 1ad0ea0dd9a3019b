/**
 * Judges an attempt to sign in. An unknown account, a disabled one and a wrong password take the same time and get the same answer.
 * Attempts on one account are judged one after another, so that a burst cannot slip past the count.
 */
import { randomBytes } from 'node:crypto'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { parseAccountName } from './account-name.ts'
import type { Account, Accounts } from './accounts.ts'
import { hashPassword, passwordMatches } from './passwords.ts'

export const signInLimits = {
  /** Wrong tries on one account within `window` seconds before it must wait. */
  failures: 5,
  window: 900,
  /** The first wait in seconds; doubles with each further one of the same day, up to `longestWait`. */
  wait: 900,
  longestWait: 7200,
  /** Wrong tries, and tries being judged, from one address within `window`: a whole community shares one. */
  failuresPerAddress: 300,
  /** Tries on one account that may stand in line. */
  queue: 32,
} as const

export type SignInAnswer =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly reason: 'wrongPassword' }
  | { readonly ok: false; readonly reason: 'tooManyTries'; readonly retryAfter: number }

export interface SignIn {
  attempt(account: string, password: string, address: string): Promise<SignInAnswer>
}

export async function createSignIn(accounts: Accounts): Promise<SignIn> {
  const decoy = await hashPassword(randomBytes(24).toString('base64url'))
  const byAccount = new RateLimiterMemory({
    keyPrefix: 'account',
    points: signInLimits.failures,
    duration: signInLimits.window,
  })
  const byAddress = new RateLimiterMemory({
    keyPrefix: 'address',
    points: signInLimits.failuresPerAddress,
    duration: signInLimits.window,
  })
  const waits = new RateLimiterMemory({ keyPrefix: 'wait', points: 1000, duration: 24 * 3600 })
  const lines = new Map<string, { waiting: number; last: Promise<unknown> }>()

  /** Seconds the account must wait; 0 when it need not. */
  const blockedFor = async (name: string): Promise<number> => {
    const state = await byAccount.get(name)
    return state && (state.remainingPoints ?? 1) <= 0 ? secondsOf(state) : 0
  }
  /** Charges a try before it is judged, as a burst would pass a count taken afterwards. Seconds to wait when there are none left; 0 otherwise. */
  const charge = async (address: string): Promise<number> => {
    const state = await byAddress.penalty(address)
    if (state.consumedPoints <= signInLimits.failuresPerAddress) return 0
    await byAddress.reward(address)
    return secondsOf(state)
  }

  const judge = async (name: string, password: string, address: string): Promise<SignInAnswer> => {
    const retryAfter = (await blockedFor(name)) || (await charge(address))
    if (retryAfter > 0) return { ok: false, reason: 'tooManyTries', retryAfter }
    const account = await accounts.find(name)
    const matches = await passwordMatches(account?.passwordHash ?? decoy, password)
    if (account && matches && !account.disabled) {
      await byAccount.delete(name)
      await byAddress.reward(address)
      return { ok: true, account }
    }
    const failures = await byAccount.penalty(name)
    if ((failures.consumedPoints ?? 0) >= signInLimits.failures) {
      const nth = (await waits.penalty(name)).consumedPoints ?? 1
      await byAccount.block(name, Math.min(signInLimits.longestWait, signInLimits.wait * 2 ** (nth - 1)))
    }
    return { ok: false, reason: 'wrongPassword' }
  }

  return {
    async attempt(text, password, address) {
      const name = parseAccountName(text) ?? `invalid ${text.slice(0, 40)}`
      const line = lines.get(name) ?? { waiting: 0, last: Promise.resolve() }
      if (line.waiting >= signInLimits.queue) return { ok: false, reason: 'tooManyTries', retryAfter: 5 }
      lines.set(name, line)
      line.waiting += 1
      const answer = line.last.then(() => judge(name, password, address))
      line.last = answer.catch(() => undefined)
      try {
        return await answer
      } finally {
        line.waiting -= 1
        if (line.waiting === 0) lines.delete(name)
      }
    },
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil((msBeforeNext ?? 0) / 1000))
}
