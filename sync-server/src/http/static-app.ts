/** Serves the built app: hashed files for ever, the shell revalidated each time, the shell again for deep links. */
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { methodNotAllowed, refuse } from './refusals.ts'
import { withdrawnWorker } from './withdrawn-worker.ts'

const immutable = 'public, max-age=31536000, immutable'
const revalidate = 'no-cache'

/** `folder` may be missing or empty when the relay starts: then only refusals are served. While the app is withdrawn its service worker is one that goes. */
export function staticApp(folder: string, isWithdrawn: () => Promise<boolean>): Hono {
  const app = new Hono()
  app.on(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], '*', methodNotAllowed('GET, HEAD'))
  // At its one address for ever: a worker that is installed asks there for its successor, and nowhere else.
  app.use('/sw.js', async (c, next) => {
    if (!(await isWithdrawn())) return next()
    return c.body(withdrawnWorker, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': revalidate,
    })
  })
  if (existsSync(folder)) app.use('*', keepFor, compress(), etag(), serveStatic({ root: folder }))
  app.get('*', async (c) => {
    if (!isNavigation(c)) return refuse(c, 'notFound', 'no such file')
    const shell = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
    if (shell === undefined) return refuse(c, 'unavailable', 'the app is not built; run npm start')
    return c.html(shell)
  })
  return app
}

/** Hashed files never change; everything else is asked for anew. */
const keepFor: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.ok || c.res.status === 304)
    c.header('Cache-Control', c.req.path.startsWith('/assets/') ? immutable : revalidate)
}

/** A page was asked for, not a file: a deep link of the app. */
function isNavigation(c: Context): boolean {
  if (c.req.path.startsWith('/assets/')) return false
  const mode = c.req.header('Sec-Fetch-Mode')
  return mode === undefined ? (c.req.header('Accept') ?? '').includes('text/html') : mode === 'navigate'
}
