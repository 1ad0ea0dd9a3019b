/** Who sends a request, by its cookie. */
import type { Context } from 'hono'
import type { Account } from '../accounts/accounts.ts'
import type { AppDeps } from './deps.ts'
import { refuse } from './refusals.ts'

/** `find` where a device asks by itself: that is no use of the session. */
export type Look = 'find' | 'resume'

export function createWhoAsks({
  cookie,
  sessions,
}: Pick<AppDeps, 'cookie' | 'sessions'>): (c: Context, look: Look) => Promise<Account | Response> {
  return async (c, look) => {
    const token = cookie.read(c)
    const account = token === undefined ? undefined : await sessions[look](token)
    return account ?? refuse(c, 'signedOut', 'please sign in')
  }
}
