/** Opens the port. */
import { serve, type WebSocketServerLike } from '@hono/node-server'
import { subprotocolFor } from '@tongge/protocol'
import type { Hono } from 'hono'
import type { Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { StartError } from '../stores.ts'
import { isLoopback } from './visitor-address.ts'

export interface Listening {
  readonly port: number
  /** Takes no more connections, cuts requests that are still open, and resolves when the last socket is gone. */
  close(): Promise<void>
}

/** Times in milliseconds. */
export interface EdgeLimits {
  /** From the opening of a connection to the end of a request's headers, and to the end of its body. */
  readonly headersMs: number
  readonly requestMs: number
  /** How often it is looked for connections that took longer. */
  readonly checkMs: number
  readonly headerBytes: number
  /** Open connections, sockets among them; one more is cut at once. */
  readonly connections: number
  /** Of one address. A community behind one has a connection for each device and a few for requests; a proxy on this machine is no address. */
  readonly connectionsPerAddress: number
}

export const edgeLimits: EdgeLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 2000,
  headerBytes: 16_384,
  connections: 20_000,
  connectionsPerAddress: 4000,
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Bounds one WebSocket frame, in bytes. */
  readonly maxPayload: number
  /** Visitors come through a proxy on this machine. */
  readonly isProxied?: boolean
  readonly limits?: EdgeLimits
}

export function listen(
  app: Hono,
  { host, port, maxPayload, isProxied = false, limits = edgeLimits }: ListenOptions,
): Promise<Listening> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: (offered) => subprotocolFor(offered) ?? false,
  })
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        port,
        hostname: host,
        // Its own type is stricter than ws about a field that may be absent.
        websocket: { server: sockets as WebSocketServerLike },
        serverOptions: {
          headersTimeout: limits.headersMs,
          requestTimeout: limits.requestMs,
          connectionsCheckingInterval: limits.checkMs,
          maxHeaderSize: limits.headerBytes,
        },
      },
      (address) => resolve({ port: address.port, close: closer(server as Server) }),
    )
    boundConnections(server as Server, limits, isProxied)
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
  })
}

function boundConnections(server: Server, limits: EdgeLimits, isProxied: boolean): void {
  server.maxConnections = limits.connections
  const openByAddress = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    if (isProxied && isLoopback(address)) return
    const open = (openByAddress.get(address) ?? 0) + 1
    openByAddress.set(address, open)
    socket.once('close', () => {
      const left = (openByAddress.get(address) ?? 1) - 1
      if (left === 0) openByAddress.delete(address)
      else openByAddress.set(address, left)
    })
    if (open > limits.connectionsPerAddress) socket.destroy()
  })
}

function closer(server: Server): Listening['close'] {
  let closed: Promise<void> | undefined
  return () => {
    closed ??= new Promise((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    return closed
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code = '' } = error
  if (code === 'EADDRINUSE') return new StartError(`PORT: ${port} is in use; choose another one`)
  if (code === 'EACCES') return new StartError(`PORT: ${port} may not be used by this user; choose one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(`TONGGE_HOST: ${host} is no address of this machine`)
  return error
}
