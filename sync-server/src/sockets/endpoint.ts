/** The relay's core behind one door: takes sockets that were already let in, and keeps them, their documents and the log in order. */
import { closeReasons, subprotocol, type CloseReason } from '@tongge/protocol'
import type { WebSocket } from 'ws'
import type { AccessWitness, Arrival, Folding, Guard, Logger, Meter, UpdateLog } from '../ports.ts'
import { createNewest, type Newest } from '../rooms/newest.ts'
import type { Sharing } from '../rooms/others.ts'
import { createRooms } from '../rooms/rooms.ts'
import type { Line, SyncConnection } from './connection.ts'
import { createFrameBudget } from './frame-budget.ts'
import { defaultLimits, type SyncLimits } from './limits.ts'
import { createMuxLine } from './mux-line.ts'
import { createOutbox } from './outbox.ts'
import { createPacker } from './packer.ts'
import { createStockLine } from './stock-line.ts'

export interface SyncEndpointOptions {
  /** Stays open when the endpoint closes; its owner closes it afterwards. */
  readonly log: UpdateLog
  readonly guard?: Guard
  /** Which generations the log holds; kept up to date. Without it all documents are in their first. */
  readonly newest?: Newest
  /** Closed with the endpoint. Without it no document begins anew. */
  readonly folding?: Folding
  /** Other relays write the same log, and are told of it. Both stay open when the endpoint closes. */
  readonly sharing?: Sharing
  readonly limits?: SyncLimits
  readonly witness?: AccessWitness
  readonly meter?: Meter
  readonly logger?: Logger
  /** Milliseconds that only grow. */
  readonly now?: () => number
  /** Milliseconds since 1970: when things came, as others are told. */
  readonly wallClock?: () => number
}

export interface SyncEndpoint {
  /**
   * Takes over an open socket. Its `maxPayload` should be `limits.frameBytes`, without compression. One for all documents that speaks
   * another version of the frames is closed.
   */
  accept(socket: WebSocket, connection: SyncConnection): void
  /** Closes every socket of the session at once; what was stored stays. */
  revoke(session: string): void
  /** Asks again what each open document's rights are; those whose rights changed are closed. */
  regrant(session: string): void
  stats(): SyncStats
  /** Looks after sockets and documents; it does so by itself every `aliveMs`. */
  tick(): void
  /** Takes no more, commits what came in, and closes every socket with 1013. */
  close(): Promise<void>
}

export interface SyncStats {
  readonly sockets: number
  readonly channels: number
  /** Open documents. */
  readonly documents: number
  /** Bytes of open documents. */
  readonly documentBytes: number
}

const allowAll: Guard = { judge: () => ({ allowed: true }) }
const nobody: AccessWitness = { opened: () => undefined, refused: () => undefined }
const uncounted: Meter = { acknowledged: () => undefined, closed: () => undefined }
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

export function createSyncEndpoint(options: SyncEndpointOptions): SyncEndpoint {
  const { log, guard = allowAll, limits = defaultLimits, logger = silent, now = () => performance.now() } = options
  const {
    newest = createNewest([]),
    folding,
    sharing,
    witness = nobody,
    meter = uncounted,
    wallClock = Date.now,
  } = options
  const rooms = createRooms({ log, guard, newest, folding, sharing, limits, logger, now })
  const packer = createPacker()
  const held = new Map<WebSocket, { readonly line: Line; heardAt: number }>()
  let isClosing = false

  const socketsOf = (account: string): number => {
    let count = 0
    for (const { line } of held.values()) if (line.connection.account === account) count++
    return count
  }

  const mayHold = (account: string, bytes: number): boolean => {
    let sum = bytes
    for (const { line } of held.values()) if (line.connection.account === account) sum += line.heldBytes
    return sum <= limits.heldBytes
  }

  const closeSocket = (socket: WebSocket, closing: CloseReason): void => {
    const { code, reason } = closing
    meter.closed(closing)
    const entry = held.get(socket)
    held.delete(socket)
    entry?.line.leave()
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), limits.closeMs).unref()
  }

  const accept = (socket: WebSocket, connection: SyncConnection): void => {
    socket.on('error', (error) => logger.info({ code: 'code' in error ? error.code : undefined }, 'socket error'))
    if (isClosing) return closeSocket(socket, closeReasons.restarting)
    if (connection.document === undefined && socket.protocol !== subprotocol)
      return closeSocket(socket, closeReasons.unsupported)
    if (socketsOf(connection.account) >= limits.socketsPerAccount)
      return closeSocket(socket, closeReasons.tooManySockets)
    const close = (reason: CloseReason): void => closeSocket(socket, reason)
    const outbox = createOutbox(socket, limits, packer, () => close(closeReasons.slowReader))
    const mayHoldMore = (bytes: number): boolean => mayHold(connection.account, bytes)
    const times = { heard: wallClock(), before: wallClock() }
    const arrival = (isOlder: boolean): Arrival => ({
      received: times.heard,
      lastContact: isOlder ? connection.lastContact : times.before,
    })
    const context = { rooms, outbox, limits, witness, meter, now, arrival, mayHold: mayHoldMore, close }
    const line =
      connection.document === undefined
        ? createMuxLine(connection, context)
        : createStockLine(connection.document, connection, context)
    if (!line) return
    const entry = { line, heardAt: now() }
    held.set(socket, entry)
    const budget = createFrameBudget(limits, now())
    socket.on('message', (data, isBinary) => {
      if (!held.has(socket)) return
      entry.heardAt = now()
      times.before = times.heard
      times.heard = wallClock()
      const frame = Array.isArray(data)
        ? Buffer.concat(data)
        : data instanceof ArrayBuffer
          ? new Uint8Array(data)
          : data
      if (!isBinary) return close(closeReasons.malformed)
      if (frame.length > limits.frameBytes) return close(closeReasons.tooLarge)
      if (!budget.spend(frame.length, entry.heardAt)) return close(closeReasons.tooManyFrames)
      line.receive(frame)
    })
    socket.on('pong', () => {
      entry.heardAt = now()
      times.heard = wallClock()
    })
    socket.on('close', () => {
      if (held.delete(socket)) line.leave()
    })
  }

  const tick = (): void => {
    rooms.tick()
    const deadline = now() - limits.silenceMs
    for (const [socket, { line, heardAt }] of held) {
      if (heardAt < deadline) {
        held.delete(socket)
        line.leave()
        socket.terminate()
        continue
      }
      line.tick()
      socket.ping()
    }
  }
  const ticking = setInterval(tick, limits.aliveMs)
  ticking.unref()

  const ofSession = (session: string): [WebSocket, Line][] =>
    [...held].flatMap(([socket, { line }]) => (line.connection.session === session ? [[socket, line]] : []))

  return {
    accept,
    tick,
    revoke(session) {
      for (const [socket] of ofSession(session)) closeSocket(socket, closeReasons.signedOut)
    },
    regrant(session) {
      for (const [, line] of ofSession(session)) line.regrant()
    },
    stats() {
      let channels = 0
      for (const { line } of held.values()) channels += line.channels
      return { sockets: held.size, channels, documents: rooms.size, documentBytes: rooms.bytes }
    },
    async close() {
      isClosing = true
      clearInterval(ticking)
      await rooms.close()
      for (const socket of held.keys()) closeSocket(socket, closeReasons.restarting)
    },
  }
}
