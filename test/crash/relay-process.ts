/**
 * The relay as a process that can be killed: log and endpoint on a free port, printed as `ready <port>`.
 * `TONGGE_FAILPOINT=<name>:<n>` kills it with SIGKILL the n-th time it comes to that point.
 * `TONGGE_RENEW=yes` has the ledger begin anew once, a moment after it was opened; the newest generation is printed behind the port.
 * Edits of the meeting get receipts, as steps do in the running relay.
 * `TONGGE_CONTROL` makes it fail, to show that the harness notices: `ack-before-commit` lies, `unopenable` does not start over what an earlier life stored, `unreadable` starts and cannot read it.
 */
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeRelayFrame, subprotocol } from '@tongge/protocol'
import { WebSocketServer, type WebSocket } from 'ws'
import { beginGeneration, carryLate } from '../../sync-server/src/generations/fold-documents.ts'
import type { Folding, UpdateLog } from '../../sync-server/src/ports.ts'
import { openLog } from '../../sync-server/src/stores.ts'
import { createNewest, createSyncEndpoint, defaultLimits } from '../../sync-server/src/sync.ts'
import { receiving } from './receiving.ts'

const [failpoint = '', countText = '1'] = (process.env['TONGGE_FAILPOINT'] ?? '').split(':')
let left = Number(countText)

function pass(name: string): void {
  if (name !== failpoint || --left > 0) return
  process.kill(process.pid, 'SIGKILL')
  // The signal ends the process before anything else can run.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function withFailpoints(log: UpdateLog): UpdateLog {
  return {
    ...log,
    async append(rows) {
      pass('before-commit')
      const sequences = await log.append(rows)
      pass('after-commit')
      return sequences
    },
    async read(document) {
      pass('before-read')
      return log.read(document)
    },
    async compact(document, snapshot, through) {
      pass('before-compact')
      const done = await log.compact(document, snapshot, through)
      pass('after-compact')
      return done
    },
  }
}

/** Acknowledges at once and commits when it gets round to it. */
function ackingBeforeCommit(log: UpdateLog): UpdateLog {
  let sequence = 0
  return {
    ...log,
    async append(rows) {
      setTimeout(() => void log.append(rows), 40)
      return rows.map(() => ++sequence)
    },
  }
}

/** As after damage to the file: what was stored before this life cannot be read. */
function unreadable(log: UpdateLog): UpdateLog {
  return {
    ...log,
    async read() {
      throw new Error('the store cannot be read')
    },
  }
}

/** In this thread, since a worker would take longer to start than most lives last. Each life begins one generation at most. */
function foldingHere(): Folding {
  let isAllowed = process.env['TONGGE_RENEW'] === 'yes'
  return {
    async begin(updates) {
      if (!isAllowed) return undefined
      isAllowed = false
      return beginGeneration(updates, randomInt(2 ** 32), Infinity)
    },
    carry: async (generations, late) => carryLate(generations, late, randomInt(2 ** 32)),
    close: async () => undefined,
  }
}

function watchFrames(socket: WebSocket): void {
  const send = socket.send.bind(socket) as (data: Uint8Array, done?: (error?: Error) => void) => void
  socket.send = ((data: Uint8Array, done?: (error?: Error) => void) => {
    const frame = decodeRelayFrame(data)
    const point =
      frame?.type === 'acknowledged'
        ? 'ack'
        : frame?.type === 'data' && frame.message[0] === 0 && frame.message[1] === 2
          ? 'show'
          : undefined
    if (point) pass(`before-${point}`)
    send(data, done)
    if (point) pass(`after-${point}`)
  }) as typeof socket.send
}

const file = process.env['TONGGE_LOG'] ?? ''
const control = process.env['TONGGE_CONTROL'] ?? ''
const isLaterLife = existsSync(file)
if (control === 'unopenable' && isLaterLife) process.exit(1)
const { log: store } = openLog(file, Date.now)
const log =
  control === 'ack-before-commit'
    ? ackingBeforeCommit(store)
    : control === 'unreadable' && isLaterLife
      ? unreadable(store)
      : withFailpoints(store)
const limits = { ...defaultLimits, foldRows: 25, foldEveryMs: 0, socketsPerAccount: 1000, frameBurst: 1e9 }
const eager = { renewBytes: 500, renewShare: 2, quietMs: 0, aliveMs: 40 }
const newest = createNewest(await log.documents())
const folding = foldingHere()
const guard = receiving(process.env['TONGGE_MEETING'] ?? '')
const endpoint = createSyncEndpoint({ log, newest, folding, guard, limits: { ...limits, ...eager } })
const server = createServer()
const sockets = new WebSocketServer({ server, handleProtocols: () => subprotocol, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  if (failpoint !== '') watchFrames(socket)
  endpoint.accept(socket, {
    account: 'ada',
    name: 'Ada',
    roles: [],
    session: 's',
    mayRead: () => true,
    mayWrite: () => true,
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`ready ${port} ${newest.of(process.env['TONGGE_LEDGER'] ?? '')}\n`)
})
