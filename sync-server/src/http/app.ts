/** Everything the relay answers over HTTP, put together from its parts. Listens to nothing: `app.request()` is enough to try it. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { auditRoutes } from './audit-routes.ts'
import type { AppDeps } from './deps.ts'
import { handoverRoutes } from './handover-routes.ts'
import { openapiRoutes } from './openapi-routes.ts'
import { isFromAllowedPage } from './origins.ts'
import { parametersRoutes } from './parameters-routes.ts'
import { refuse } from './refusals.ts'
import { relayRoutes } from './relay-routes.ts'
import { securityHeaders } from './security-headers.ts'
import { sessionRoutes } from './session-routes.ts'
import { staticApp } from './static-app.ts'
import { syncRoutes } from './sync-routes.ts'
import { watchRoutes } from './watch-routes.ts'
import { withdrawnNote } from './withdrawn-worker.ts'

export const bodyLimitBytes = 1_000_000

export function createApp(deps: AppDeps): Hono {
  const app = new Hono()
  app.use('*', securityHeaders(deps.origins, deps.secure))
  app.use('*', deps.drain.middleware)

  app.use('/api/*', async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isFromAllowedPage(c, deps.origins)) {
      return refuse(c, 'forbidden', 'requests from this page are not accepted')
    }
    await next()
    c.header('Cache-Control', 'no-store')
    return undefined
  })
  app.use(
    '/api/*',
    bodyLimit({ maxSize: bodyLimitBytes, onError: (c) => refuse(c, 'tooLarge', 'the body is larger than 1 MB') }),
  )

  app.route('/', watchRoutes(deps))
  app.route('/', relayRoutes(deps))
  app.route('/', openapiRoutes(deps))
  app.route('/api', sessionRoutes(deps))
  app.route('/api/audit', auditRoutes(deps))
  app.route('/api/communities', parametersRoutes(deps))
  app.route('/api', handoverRoutes(deps))
  app.all('/api/*', (c) => refuse(c, 'notFound', 'no such address'))
  app.route('/', syncRoutes(deps))
  app.route(
    '/',
    staticApp(deps.app, async () => (await deps.accounts.note(withdrawnNote)) === 'yes'),
  )

  app.onError((error, c) => {
    deps.logger.error(
      { method: c.req.method, error: error.name, at: error.stack?.split('\n')[1]?.trim() },
      'request failed',
    )
    return refuse(c, 'unavailable', 'something went wrong here; try again later', { status: 500 })
  })
  return app
}
