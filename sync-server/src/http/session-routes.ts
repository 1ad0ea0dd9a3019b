/** Signing in and out, and one's own password. */
import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { parseAccountName } from '../accounts/account-name.ts'
import type { Account } from '../accounts/accounts.ts'
import { hashPassword, passwordProblem } from '../accounts/passwords.ts'
import type { SignInAnswer } from '../accounts/sign-in.ts'
import { sessionAnswer } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Operation } from './operation.ts'
import { readBody } from './read-body.ts'
import { methodNotAllowed, refuse } from './refusals.ts'
import { visitorAddress } from './visitor-address.ts'

const text = (name: string, max: number) =>
  v.pipe(
    v.string(`"${name}" must be text`),
    v.nonEmpty(`"${name}" is empty`),
    v.maxLength(max, `"${name}" is longer than ${max}`),
  )
/** A missing field is named by its key; a body that is no object is told what to be. */
const orMissing =
  (wanted: string) =>
  (issue: v.ObjectIssue): string =>
    issue.path ? `"${String(issue.path[0].key)}" is missing` : `send ${wanted}`
const credentials = v.object(
  { account: text('account', 100), password: text('password', 512) },
  orMissing('{"account", "password"}'),
)
const passwordChange = v.object(
  { password: text('password', 512), newPassword: text('newPassword', 512) },
  orMissing('{"password", "newPassword"}'),
)

export const sessionOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/session',
    summary: 'Signs in; the answer sets the cookie of the session',
    isPublic: true,
    body: credentials,
    answers: { 200: { description: 'What the account may open', body: sessionAnswer } },
    refusals: {
      400: ['badRequest'],
      401: ['wrongPassword'],
      413: ['tooLarge'],
      415: ['badRequest'],
      429: ['tooManyTries'],
    },
  },
  {
    method: 'get',
    path: '/api/session',
    summary: 'The same answer as of now',
    answers: { 200: { description: 'What the account may open', body: sessionAnswer } },
    refusals: { 401: ['signedOut'] },
  },
  {
    method: 'delete',
    path: '/api/session',
    summary: 'Signs out',
    isPublic: true,
    answers: { 204: { description: 'The session has ended, with its sockets' } },
  },
  {
    method: 'post',
    path: '/api/password',
    summary: "Changes one's own password; the answer sets another cookie",
    body: passwordChange,
    answers: { 204: { description: 'Every other session of the account has ended' } },
    refusals: {
      400: ['badRequest'],
      401: ['signedOut', 'wrongPassword'],
      413: ['tooLarge'],
      415: ['badRequest'],
      429: ['tooManyTries'],
    },
  },
]

export function sessionRoutes(deps: AppDeps): Hono {
  const { accounts, sessions, signIn, access, cookie, logger, opaque, audit } = deps
  const app = new Hono()

  const signedIn = async (c: Context): Promise<{ readonly token: string; readonly account: Account } | undefined> => {
    const token = cookie.read(c)
    const account = token === undefined ? undefined : await sessions.resume(token)
    return token !== undefined && account ? { token, account } : undefined
  }
  const end = async (token: string): Promise<void> => {
    await sessions.end(token)
    deps.sockets.expel({ token })
  }
  /** What was typed for a name that is nobody's may be a password. */
  const recordRefusal = async (typed: string, outcome: 'wrongPassword' | 'tooManyTries'): Promise<void> => {
    const name = parseAccountName(typed)
    const account = name === undefined ? undefined : await accounts.find(name)
    audit.record.signInRefused(outcome, account?.account)
  }
  const signedOut = (c: Context): Response => refuse(c, 'signedOut', 'please sign in')

  app.post('/session', async (c) => {
    const body = await readBody(c, credentials)
    if (body instanceof Response) return body
    const answer = await signIn.attempt(body.account, body.password, visitorAddress(c, deps.secure))
    if (!answer.ok) {
      logger.info({ reason: answer.reason }, 'sign-in refused')
      await recordRefusal(body.account, answer.reason)
      return refuseAttempt(c, answer)
    }
    // A token of an earlier session ends here, so that none can be planted.
    const earlier = cookie.read(c)
    if (earlier !== undefined) await end(earlier)
    await audit.record.signedIn(answer.account.account)
    cookie.write(c, await sessions.begin(answer.account.account))
    logger.info({ who: opaque(answer.account.account) }, 'signed in')
    return c.json(await access.session(answer.account))
  })

  app.get('/session', async (c) => {
    const session = await signedIn(c)
    return session ? c.json(await access.session(session.account)) : signedOut(c)
  })

  app.delete('/session', async (c) => {
    const token = cookie.read(c)
    const account = token === undefined ? undefined : await sessions.find(token)
    if (token !== undefined) await end(token)
    if (account) await audit.record.signedOut(account.account)
    cookie.clear(c)
    // Never "storage": what is not synced yet rests there.
    c.header('Clear-Site-Data', '"cookies"')
    return c.body(null, 204)
  })
  app.all('/session', methodNotAllowed('GET, POST, DELETE'))

  app.post('/password', async (c) => {
    const session = await signedIn(c)
    if (!session) return signedOut(c)
    const body = await readBody(c, passwordChange)
    if (body instanceof Response) return body
    const { account } = session.account
    const answer = await signIn.attempt(account, body.password, visitorAddress(c, deps.secure))
    if (!answer.ok) {
      await recordRefusal(account, answer.reason)
      return refuseAttempt(c, answer)
    }
    const problem = passwordProblem(body.newPassword, account)
    if (problem !== undefined) return refuse(c, 'badRequest', `newPassword: ${problem}`)
    await accounts.setPassword(account, await hashPassword(body.newPassword), account)
    deps.sockets.expel({ account })
    cookie.write(c, await sessions.begin(account))
    logger.info({ who: opaque(account) }, 'password changed')
    return c.body(null, 204)
  })
  app.all('/password', methodNotAllowed('POST'))
  return app
}

function refuseAttempt(c: Context, answer: Extract<SignInAnswer, { ok: false }>): Response {
  return answer.reason === 'wrongPassword'
    ? refuse(c, 'wrongPassword', 'account or password is wrong')
    : refuse(c, 'tooManyTries', 'too many tries; wait before the next one', { retryAfter: answer.retryAfter })
}
