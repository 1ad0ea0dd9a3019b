/** What the machines ask that watch over a relay: whether it lives, whether it is ready, how it fares. */
import { Hono, type Context } from 'hono'
import { createHash, timingSafeEqual } from 'node:crypto'
import { okAnswer } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Operation } from './operation.ts'
import { drainRetryAfter } from './drain.ts'
import { methodNotAllowed, refuse } from './refusals.ts'
import { isLoopback, peerAddress } from './visitor-address.ts'

export const watchOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process answers',
    isPublic: true,
    answers: { 200: { description: 'It does', body: okAnswer } },
  },
  {
    method: 'get',
    path: '/readyz',
    summary: 'Whether visitors may be sent here',
    isPublic: true,
    answers: { 200: { description: 'They may', body: okAnswer } },
    refusals: { 503: ['unavailable'] },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'How the relay fares; not public',
    isPublic: true,
    answers: { 200: { description: 'In the text format of Prometheus', contentType: 'text/plain' } },
    refusals: { 403: ['forbidden'] },
  },
]

export function watchRoutes(deps: AppDeps): Hono {
  const { hindrance, drain, metrics, metricsToken } = deps
  const app = new Hono()
  for (const path of ['/healthz', '/readyz', '/metrics'])
    app.use(path, async (c, next) => {
      await next()
      c.header('Cache-Control', 'no-store')
    })

  // That it answers is all there is to say: what a new start would not mend is no matter of life.
  app.get('/healthz', (c) => c.json({ ok: true }))

  app.get('/readyz', async (c) => {
    if (drain.isDraining) return refuse(c, 'unavailable', 'the relay is restarting', { retryAfter: drainRetryAfter })
    const problem = await hindrance()
    return problem === undefined ? c.json({ ok: true }) : refuse(c, 'unavailable', problem, { retryAfter: 10 })
  })

  app.get('/metrics', async (c) => {
    if (!(metricsToken === undefined ? isFromThisMachine(c) : bears(c, metricsToken)))
      return refuse(c, 'forbidden', 'metrics are not public')
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
  })

  for (const path of ['/healthz', '/readyz', '/metrics']) app.all(path, methodNotAllowed('GET'))
  return app
}

/** Each says that somebody else asks through the one at the other end. */
const forwarding = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Via']

/** A page whose name was made to lead here asks from this machine too, but for another host. */
function isFromThisMachine(c: Context): boolean {
  if (!isLoopback(peerAddress(c)) || forwarding.some((name) => c.req.header(name) !== undefined)) return false
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(c.req.header('Host') ?? '')
}

function bears(c: Context, token: string): boolean {
  const [, given = ''] = /^Bearer ([\x21-\x7e]+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
