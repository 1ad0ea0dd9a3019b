/** The way to a WebSocket: who comes, from which page, for which document. Refusals are HTTP answers, given before the upgrade. */
import { upgradeWebSocket } from '@hono/node-server'
import { subprotocolFor, subprotocol } from '@tongge/protocol'
import { Hono, type Context, type Next } from 'hono'
import type { AppDeps, Visitor } from './deps.ts'
import type { Operation } from './operation.ts'
import { originOf } from './origins.ts'
import { methodNotAllowed, refuse } from './refusals.ts'

/** What the frames on a socket say is no matter of this description; see docs/interfaces.md. */
export const syncOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/sync',
    summary: `A WebSocket for all documents, with the subprotocol ${subprotocol}`,
    answers: { 101: { description: 'The socket is open' } },
    refusals: { 400: ['badRequest'], 401: ['signedOut'], 403: ['forbidden'], 426: ['badRequest'] },
  },
  {
    method: 'get',
    path: '/sync/{document}',
    summary: 'A WebSocket for one document, in the protocol of y-websocket',
    parameters: { document: 'The name of a document.' },
    answers: { 101: { description: 'The socket is open' } },
    refusals: { 401: ['signedOut'], 403: ['forbidden'], 404: ['notFound'], 426: ['badRequest'] },
  },
]

export function syncRoutes(deps: AppDeps): Hono {
  const app = new Hono()
  for (const path of ['/sync', '/sync/*']) {
    app.get(path, async (c, next) => enter(deps, c, next))
    app.all(path, methodNotAllowed('GET'))
  }
  return app
}

async function enter(deps: AppDeps, c: Context, next: Next): Promise<Response | void> {
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket')
    return refuse(c, 'badRequest', 'this address speaks WebSocket only', { status: 426 })
  const origin = originOf(c)
  // Browsers always send an origin; a program that sends none must still bring a session, which no page can make it send.
  if (origin !== undefined && !deps.origins.has(origin))
    return refuse(c, 'forbidden', 'connections from this page are not accepted')

  const token = deps.cookie.read(c)
  // Tabs come back by themselves, whether or not somebody sits there.
  const account = token === undefined ? undefined : await deps.sessions.find(token)
  if (token === undefined || !account) return refuse(c, 'signedOut', 'please sign in')
  const document = documentIn(c)
  if (document === undefined) {
    const offered = (c.req.header('Sec-WebSocket-Protocol') ?? '').split(',').map((one) => one.trim())
    if (subprotocolFor(offered) === undefined)
      return refuse(c, 'badRequest', `/sync without a document needs the subprotocol ${subprotocol}`)
  } else {
    const rights = deps.access.rightsTo(account.account, document)
    if (rights === 'unknown') return refuse(c, 'notFound', 'no such document')
    if (!rights.read) {
      deps.audit.record.refused(account.account, document, { code: 403, reason: 'no right to this document' })
      return refuse(c, 'forbidden', 'no right to this document')
    }
  }
  return admit(deps, c, next, { account, token, document, lastContact: await deps.contacts.begin(token) })
}

async function admit(deps: AppDeps, c: Context, next: Next, visitor: Visitor): Promise<Response | void> {
  const upgrade = upgradeWebSocket(() => ({ onOpen: (_event, socket) => deps.sockets.enter(socket.raw, visitor) }), {
    onError: (error) => deps.logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'socket failed'),
  })
  return upgrade(c, next)
}

/** The name after `/sync/`, percent-encoded or with its slashes as they are; absent at `/sync` itself. */
function documentIn(c: Context): string | undefined {
  const rest = new URL(c.req.url).pathname.slice('/sync/'.length)
  if (rest === '') return undefined
  try {
    return decodeURIComponent(rest)
  } catch {
    return '?'
  }
}
