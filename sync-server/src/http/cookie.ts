/** The one cookie: the session's token. Behind an https origin it is `Secure` and bears the `__Host-` prefix. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionLimits } from '../accounts/sessions.ts'

export interface SessionCookie {
  readonly name: string
  read(c: Context): string | undefined
  write(c: Context, token: string): void
  clear(c: Context): void
}

export function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-tongge_session' : 'tongge_session'
  const attributes = { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const
  return {
    name,
    read: (c) => getCookie(c, name),
    write: (c, token) => setCookie(c, name, token, { ...attributes, maxAge: sessionLimits.absolute / 1000 }),
    clear: (c) => {
      deleteCookie(c, name, attributes)
    },
  }
}
