/**
 * One relay of several as a process that can be killed: endpoint over the log in PostgreSQL, notices through Redis, on a free port, printed
 * as `ready <port>`. `TONGGE_RENEW=yes` lets it begin generations of the ledger, up to some number. `TONGGE_CONTROL=ack-before-commit` makes it lie, to show that it is noticed.
 */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { subprotocol } from '@tongge/protocol'
import { WebSocketServer } from 'ws'
import { createRedisFanOut } from '../../sync-server/src/fan-out/redis-fan-out.ts'
import { beginGeneration, carryLate } from '../../sync-server/src/generations/fold-documents.ts'
import type { Folding, Logger, UpdateLog } from '../../sync-server/src/ports.ts'
import { createNewest, createSyncEndpoint, defaultLimits, openPostgresUpdateLog } from '../../sync-server/src/sync.ts'
import { receiving } from '../crash/receiving.ts'

const told = (name: string): string => process.env[name] ?? ''
const logger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts, message) =>
    void (told('TONGGE_LOUD') && process.stderr.write(`${message} ${String(Reflect.get(facts, 'error'))}\n`)),
}

/** In this thread, since a worker would take longer to start than most lives last. */
function foldingHere(): Folding {
  return {
    async begin(updates) {
      const isAllowed = told('TONGGE_RENEW') === 'yes' && newest.after(told('TONGGE_LEDGER')).length < mostLater
      if (!isAllowed) return undefined
      return beginGeneration(updates, randomInt(2 ** 32), Infinity)
    },
    carry: async (generations, late) => carryLate(generations, late, randomInt(2 ** 32)),
    close: async () => undefined,
  }
}

/** Acknowledges at once and commits when it gets round to it. */
function ackingBeforeCommit(log: UpdateLog): UpdateLog {
  let sequence = 0
  return {
    ...log,
    async append(rows) {
      setTimeout(() => void log.append(rows).catch(() => undefined), 150)
      return rows.map(() => ++sequence)
    },
  }
}

const mostLater = 4
const shared = await openPostgresUpdateLog({ url: told('TONGGE_POSTGRES_URL') })
const log = told('TONGGE_CONTROL') === 'ack-before-commit' ? ackingBeforeCommit(shared) : shared
const fanOut = createRedisFanOut({ url: told('TONGGE_REDIS_URL'), channel: 'tongge', logger })
const newest = createNewest(await log.documents())
const endpoint = createSyncEndpoint({
  log,
  sharing: { log: shared, fanOut, lookEveryMs: 500 },
  newest,
  folding: foldingHere(),
  guard: receiving(told('TONGGE_MEETING')),
  logger,
  limits: {
    ...defaultLimits,
    foldRows: 25,
    foldEveryMs: 100,
    renewBytes: 500,
    renewShare: 2,
    quietMs: 0,
    aliveMs: 100,
    socketsPerAccount: 1000,
    frameBurst: 1e9,
  },
})
const server = createServer()
const sockets = new WebSocketServer({ server, handleProtocols: () => subprotocol, perMessageDeflate: false })
sockets.on('connection', (socket) =>
  endpoint.accept(socket, {
    account: 'ada',
    name: 'Ada',
    roles: [],
    session: 's',
    mayRead: () => true,
    mayWrite: () => true,
  }),
)
server.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`))
