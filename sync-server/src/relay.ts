/** Puts a relay together from its configuration and runs it until it is closed. */
import { serve, type WebSocketServerLike } from '@hono/node-server'
import { dayOf } from '@tongge/model'
import { subprotocol, type RelayAnswer } from '@tongge/protocol'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { createAccess } from './access/access.ts'
import { readRegister } from './access/register.ts'
import { createOpaqueNames } from './accounts/opaque-names.ts'
import { createSessions } from './accounts/sessions.ts'
import { createSignIn } from './accounts/sign-in.ts'
import type { Config } from './config.ts'
import { demoAccounts, demoPassword, holdsDemo, installDemo } from './demo/index.ts'
import { publishDirectories } from './directory/publish.ts'
import { createApp } from './http/app.ts'
import { sessionCookie } from './http/cookie.ts'
import { ownOrigins } from './http/origins.ts'
import type { Logger } from './ports.ts'
import { createSocketDoor } from './socket-door.ts'
import { openStores, StartError, type Stores } from './stores.ts'
import { createSyncEndpoint, defaultLimits } from './sync.ts'

export interface RelayOptions {
  readonly logger: Logger
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface Relay {
  readonly port: number
  readonly demo: RelayAnswer['demo']
  /** Takes no more, commits what came in, closes every socket with 1013, then the stores. Idempotent. */
  close(): Promise<void>
}

/** Another process may change accounts at any time; sessions run out by themselves. */
const lookEvery = 2000
const recheckEvery = 60_000

/** Resolves once requests are served. Rejects, with everything closed again, when that cannot be. */
export async function startRelay(config: Config, { logger, now = Date.now }: RelayOptions): Promise<Relay> {
  const stores = openStores(config.data)
  try {
    return await run(config, stores, logger, now)
  } catch (error) {
    await stores.close()
    throw error
  }
}

async function run(config: Config, stores: Stores, logger: Logger, now: () => number): Promise<Relay> {
  const { accounts, log } = stores
  await prepareDemo(config, stores, logger, now)
  let register = await readRegister(accounts)
  const endpoint = createSyncEndpoint({ log, logger, now: () => performance.now() })
  await publishDirectories(log, endpoint, accounts, register)

  const secure = config.origins.some((origin) => origin.startsWith('https:'))
  const origins = new Set(config.origins)
  const access = createAccess({ register: () => register, stored: () => log.documents(), now })
  const sessions = createSessions(accounts, now)
  const door = createSocketDoor(endpoint, access, sessions)
  const demo: RelayAnswer['demo'] = config.demo === 'none' ? false : { password: demoPassword, accounts: demoAccounts.map(({ account, name, role }) => ({ account, name, role })) }
  const app = createApp({
    accounts,
    sessions,
    signIn: await createSignIn(accounts),
    access,
    cookie: sessionCookie(secure),
    relay: { demo, version: packageVersion() },
    origins,
    secure,
    app: config.app,
    isHealthy: createHealth(stores, now),
    sockets: door,
    logger,
    opaque: await createOpaqueNames(accounts),
  })

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: defaultLimits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  const { server, port } = await listen(app.fetch, config, sockets)
  for (const origin of ownOrigins(config.host, port)) origins.add(origin)

  let version = await accounts.version()
  let day = dayOf(now())
  let checkedAt = now()
  const look = async (): Promise<void> => {
    const [seen, today] = [await accounts.version(), dayOf(now())]
    const isChanged = seen !== version || today !== day
    if (!isChanged && now() - checkedAt < recheckEvery) return
    version = seen
    day = today
    checkedAt = now()
    if (isChanged) {
      register = await readRegister(accounts)
      await publishDirectories(log, endpoint, accounts, register)
    }
    await door.recheck()
  }
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => logger.error({}, 'accounts cannot be read'))
  }, lookEvery)

  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    clearInterval(timer)
    await looking
    const closed = new Promise((resolve) => server.close(resolve))
    await endpoint.close()
    server.closeAllConnections()
    await closed
    await stores.close()
    logger.info({}, 'relay closed')
  }
  logger.info({ port, demo: config.demo }, 'relay serves')
  return { port, demo, close: () => (closing ??= close()) }
}

async function prepareDemo(config: Config, { accounts, log }: Stores, logger: Logger, now: () => number): Promise<void> {
  if (config.demo === 'none') {
    if (await holdsDemo(accounts)) throw new StartError('the data folder holds a demo, whose password everybody knows; set TONGGE_DATA to another folder, or TONGGE_DEMO=community')
    return
  }
  const installed = await installDemo(config.demo, accounts, log, now(), (done, all) => logger.info({ done, all }, 'demo grid made'))
  if (!installed.ok) throw new StartError(installed.problem)
}

async function listen(fetch: (request: Request, env: object) => unknown, config: Config, sockets: WebSocketServer): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        port: config.port,
        hostname: config.host,
        // Its own type is stricter than ws about a field that may be absent.
        websocket: { server: sockets as WebSocketServerLike },
        serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
      },
      ({ port }) => resolve({ server: server as Server, port }),
    )
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new StartError(`port ${config.port} is in use; set PORT to another one`) : error.code === 'EACCES' ? new StartError(`port ${config.port} may not be used by this user; set PORT to one above 1023`) : error),
    )
  })
}

/** Asked by machines every few seconds: the answer is kept for five. */
function createHealth({ accounts }: Stores, now: () => number): () => Promise<boolean> {
  let known: { readonly at: number; readonly isGood: boolean } | undefined
  return async () => {
    if (!known || now() - known.at > 5000) {
      const isGood = await accounts.setNote('probedAt', String(now())).then(
        () => true,
        () => false,
      )
      known = { at: now(), isGood }
    }
    return known.isGood
  }
}

function packageVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string' ? parsed.version : 'unknown'
}
