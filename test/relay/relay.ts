/** A relay on a port of its own, and the clients that try it: stock y-websocket, our multiplexed frames, and bare sockets. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { subprotocolFor, type CloseReason } from '@tongge/protocol'
import {
  createMemoryUpdateLog,
  createNewest,
  createSyncEndpoint,
  defaultLimits,
  type SyncConnection,
  type SyncEndpoint,
  type SyncEndpointOptions,
  type SyncLimits,
} from '../../sync-server/src/sync.ts'
import type { Folding, Guard, Logger, UpdateLog } from '../../sync-server/src/ports.ts'
import { WebSocketServer } from 'ws'

export interface RelayOptions {
  readonly log?: UpdateLog
  readonly guard?: Guard
  readonly folding?: Folding
  readonly limits?: Partial<SyncLimits>
  readonly logger?: Logger
  /** Other relays write the same log, which then stays open when this one closes. */
  readonly sharing?: SyncEndpointOptions['sharing']
  /** 0 takes any free port. */
  readonly port?: number
  readonly wallClock?: () => number
  /** When the device of a session was last heard from before it came back. */
  readonly lastContact?: (session: string) => number | undefined
}

export interface Relay {
  readonly url: string
  readonly port: number
  readonly endpoint: SyncEndpoint
  readonly log: UpdateLog
  /** Accounts that may not write, or not read. Change it and `regrant`. */
  readonly readers: Set<string>
  readonly strangers: Set<string>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** `/sync` speaks frames, `/sync/<document>` the stock protocol; who comes stands in the query: `?account=&session=`. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const log = options.log ?? createMemoryUpdateLog()
  const limits = { ...defaultLimits, ...options.limits }
  const endpoint = createSyncEndpoint({
    log,
    limits,
    newest: createNewest(await log.documents()),
    ...(options.folding && { folding: options.folding }),
    ...(options.sharing && { sharing: options.sharing }),
    ...(options.guard && { guard: options.guard }),
    ...(options.logger && { logger: options.logger }),
    ...(options.wallClock && { wallClock: options.wallClock }),
  })
  const readers = new Set<string>()
  const strangers = new Set<string>()
  const server = createServer()
  const sockets = new WebSocketServer({
    server,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => subprotocolFor(offered) ?? false,
  })
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://relay')
    const account = url.searchParams.get('account') ?? 'ada'
    const document = decodeURIComponent(url.pathname.slice('/sync/'.length))
    const session = url.searchParams.get('session') ?? `session of ${account}`
    const connection: SyncConnection = {
      account,
      name: `Name of ${account}`,
      roles: ['gridMember'],
      session,
      lastContact: options.lastContact?.(session),
      mayRead: () => !strangers.has(account),
      mayWrite: () => !readers.has(account),
      document: document === '' ? undefined : document,
    }
    endpoint.accept(socket, connection)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await endpoint.close()
    for (const socket of sockets.clients) socket.terminate()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    if (!options.sharing) await log.close()
  }
  const closeOnce = (): Promise<void> => (closing ??= close())
  return {
    url: `ws://127.0.0.1:${port}/sync`,
    port,
    endpoint,
    log,
    readers,
    strangers,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  }
}

export type { CloseReason }
