/** Puts a relay together from its configuration and runs it until it is closed. */
import type { RelayAnswer } from '@tongge/protocol'
import { readFileSync } from 'node:fs'
import { createAccess } from './access/access.ts'
import { readRegister } from './access/register.ts'
import { createContacts } from './accounts/contacts.ts'
import { createOpaqueNames } from './accounts/opaque-names.ts'
import { createSessions } from './accounts/sessions.ts'
import { createSignIn } from './accounts/sign-in.ts'
import { openAuditDesk } from './audit-desk.ts'
import type { Config } from './config.ts'
import { demoAccounts, demoPassword, holdsDemo, installDemo } from './demo/index.ts'
import { watchBuildings } from './directory/buildings-watch.ts'
import { publishDirectories } from './directory/publish.ts'
import { createFolding } from './generations/folding.ts'
import { createGuard } from './guard/guard.ts'
import { createHindrance } from './hindrance.ts'
import { createApp } from './http/app.ts'
import { sessionCookie } from './http/cookie.ts'
import { createDrain } from './http/drain.ts'
import { listen } from './http/listen.ts'
import { ownOrigins } from './http/origins.ts'
import { commitOwn } from './own-documents/commit-own.ts'
import { createMetrics } from './metrics/metrics.ts'
import { moveDiariesOnce } from './own-documents/move-diaries.ts'
import { moveJournalsOnce } from './own-documents/move-journals.ts'
import type { Logger } from './ports.ts'
import { keepRosters } from './rosters/keep-rosters.ts'
import { readKeyring } from './seal/read-keyring.ts'
import { createSocketDoor } from './socket-door.ts'
import { openStores, restoredNote, StartError, type Stores } from './stores.ts'
import { createNewest, createSyncEndpoint, defaultLimits, type SyncLimits } from './sync.ts'
import { watchAccounts } from './watch-accounts.ts'

/** Generations are numbered by the minutes since then. */
const firstMinute = Date.parse('2026-01-01T00:00:00Z')

/** What was begun is answered within this time at a close; the rest has to fit into the five seconds too. */
const requestMs = 1000
const monotonic = (): number => performance.now()

export interface RelayOptions {
  readonly logger: Logger
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly limits?: SyncLimits
}

export interface Relay {
  readonly port: number
  readonly demo: RelayAnswer['demo']
  /** Takes nothing new, answers what was begun, commits what came in, closes every socket with 1013, then the stores. Idempotent. */
  close(): Promise<void>
}

/** Resolves once requests are served. Rejects, with everything closed again, when that cannot be: with a `StartError` where a person can mend it. */
export async function startRelay(
  config: Config,
  { logger, now = Date.now, limits = defaultLimits }: RelayOptions,
): Promise<Relay> {
  await using opened = new AsyncDisposableStack()
  const keys = readKeyring(config.keys)
  if (!keys.ok) throw new StartError(keys.failure.join('\n'))
  const stores = openStores(config.data, { keys: keys.value, now })
  opened.defer(() => stores.close())
  const { accounts, log } = stores
  if (keys.value && stores.unsealed > 0)
    logger.warn({ rows: stores.unsealed }, 'rows from before there was a key rest unsealed; npm run admin -- reseal')
  if (!keys.value && config.demo === 'none')
    logger.warn({}, 'records rest unsealed: set TONGGE_KEY_FILE, see npm run admin -- new-key')
  await prepareDemo(config, stores, logger, now)
  const audit = await openAuditDesk(stores, now, logger)
  opened.defer(() => audit.close())
  const apart = { log, notes: accounts, logger, now }
  await moveDiariesOnce(apart)
  await moveJournalsOnce(apart)

  let isClosing = false
  let register = await readRegister(accounts)
  const newest = createNewest(await log.documents(), () => Math.floor((now() - firstMinute) / 60_000))
  const buildings = watchBuildings({
    log,
    newest,
    logger,
    isRegistered: (grid, building) => register.places.has(`${grid}/${building}`),
    onBuildings: async (grid, found) => {
      await accounts.setBuildings(grid, found)
      // The next start publishes what this one no longer can.
      if (isClosing) return
      await refresh()
      rosters.look(grid)
    },
  })
  opened.defer(() => buildings.close())
  const rosters = keepRosters({
    log,
    newest,
    notes: accounts,
    logger,
    buildingsOf: (grid) =>
      register.territory.buildings.filter((building) => building.grid === grid).map(({ id }) => id),
    commit: (document, update) => commitOwn(endpoint, document, update),
  })
  const isHealing = await createHealing(stores, logger, now)
  const metrics = createMetrics(monotonic)
  const watched = metrics.watch(rosters.watch(buildings.log))
  const guard = createGuard({ logger, isHealing })
  const endpoint = createSyncEndpoint({
    log: watched,
    newest,
    folding: createFolding(),
    guard,
    limits,
    witness: audit.witness,
    meter: metrics.meter,
    logger,
    now: monotonic,
    wallClock: now,
  })
  opened.defer(() => endpoint.close())
  metrics.readStanding(() => ({ ...endpoint.stats(), guardBytes: guard.bytes }))
  opened.defer(() => rosters.close())
  let refreshed: Promise<void> = Promise.resolve()
  /** One at a time: each reads what the one before wrote. */
  const refresh = (): Promise<void> =>
    (refreshed = refreshed
      .catch(() => undefined)
      .then(async () => {
        register = await readRegister(accounts)
        await publishDirectories(log, endpoint, accounts, register, logger)
      }))
  await refresh()

  const origins = new Set(config.origins)
  const secure = config.origins.some((origin) => origin.startsWith('https:'))
  const access = createAccess({
    register: () => register,
    stored: () => log.documents(),
    newest,
    now,
    isRestored: isHealing,
    leaseHours: config.leaseHours,
  })
  const sessions = createSessions(accounts, now)
  const contacts = createContacts(sessions, now)
  const door = createSocketDoor({ endpoint, access, sessions, contacts })
  const drain = createDrain()
  const demo: RelayAnswer['demo'] = config.demo === 'none' ? false : { password: demoPassword, accounts: demoAccounts }
  const app = createApp({
    accounts,
    sessions,
    contacts,
    signIn: await createSignIn(accounts),
    handovers: stores.handovers,
    access,
    cookie: sessionCookie(secure),
    relay: { demo, version: packageVersion() },
    origins,
    secure,
    app: config.app,
    hindrance: createHindrance({ accounts, log: watched, keys: config.keys, monotonic }),
    drain,
    metrics,
    metricsToken: config.metricsToken,
    sockets: door,
    publish: refresh,
    audit,
    logger,
    opaque: await createOpaqueNames(accounts),
  })

  const watch = await watchAccounts({
    accounts,
    now,
    logger,
    recheck: () => door.recheck(),
    onChange: refresh,
  })
  opened.defer(() => watch.close())
  const listening = await listen(app, {
    host: config.host,
    port: config.port,
    maxPayload: limits.frameBytes,
    isProxied: secure,
  })
  for (const origin of ownOrigins(config.host, listening.port)) origins.add(origin)

  rosters.catchUp(register.territory.grids.map(({ code }) => code))

  opened.move()
  const close = async (): Promise<void> => {
    isClosing = true
    // Until all is committed the port stays open, so that whoever comes is told to come back.
    await drain.begin(requestMs)
    await watch.close()
    await refreshed.catch(() => undefined)
    await rosters.close()
    await endpoint.close()
    await contacts.keep().catch((error: unknown) => logger.error({ error }, 'last contacts cannot be noted'))
    await buildings.close()
    await listening.close()
    await audit.close()
    await stores.close()
    logger.info({}, 'relay closed')
  }
  let closing: Promise<void> | undefined
  logger.info({ port: listening.port, demo: config.demo }, 'relay serves')
  return { port: listening.port, demo, close: () => (closing ??= close()) }
}

async function prepareDemo(
  config: Config,
  { accounts, log }: Stores,
  logger: Logger,
  now: () => number,
): Promise<void> {
  if (config.demo === 'none') {
    if (await holdsDemo(accounts))
      throw new StartError(
        'the data folder holds a demo, whose password everybody knows; set TONGGE_DATA to another folder, or TONGGE_DEMO=community',
      )
    return
  }
  const installed = await installDemo(config.demo, accounts, log, now(), (done, all) =>
    logger.info({ done, all }, 'demo grid made'),
  )
  if (!installed.ok) throw new StartError(installed.problem)
}

/** For a month after a restore members give back what the backup did not have yet, their colleagues' edits among it. */
async function createHealing({ accounts }: Stores, logger: Logger, now: () => number): Promise<() => boolean> {
  const until = Number((await accounts.note(restoredNote)) ?? Number.NEGATIVE_INFINITY) + 30 * 86_400_000
  if (now() < until)
    logger.warn({ until: new Date(until).toISOString() }, 'restored from a backup: authors are not checked until then')
  return () => now() < until
}

function packageVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string'
    ? parsed.version
    : 'unknown'
}
