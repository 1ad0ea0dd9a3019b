/** Opens the port. */
import { serve, type WebSocketServerLike } from '@hono/node-server'
import { subprotocolFor } from '@tongge/protocol'
import type { Hono } from 'hono'
import type { Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { StartError } from '../stores.ts'

export interface Listening {
  readonly port: number
  /** Takes no more connections, cuts requests that are still open, and resolves when the last socket is gone. */
  close(): Promise<void>
}

/** `maxPayload` bounds one WebSocket frame, in bytes. */
export function listen(
  app: Hono,
  { host, port, maxPayload }: { readonly host: string; readonly port: number; readonly maxPayload: number },
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
        serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
      },
      (address) => resolve({ port: address.port, close: closer(server as Server) }),
    )
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
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
