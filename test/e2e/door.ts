/**
 * A door between browsers and the relay, at an address of its own. Shut, there is no network for anything behind it, service workers
 * included; open, it passes everything on unchanged, except files that a test replaces to stand for a newer build.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Door {
  readonly url: string
  /** Refuses connections and cuts those there are. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Serves the text of a path changed from here on. */
  replace(path: string, change: (text: string) => string): void
  close(): Promise<void>
}

export async function createDoor(relayUrl: string): Promise<Door> {
  const relay = new URL(relayUrl)
  const changeByPath = new Map<string, (text: string) => string>()
  const sockets = new Set<Duplex>()
  const keep = (socket: Duplex): void => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  /** The relay takes pages of its own address only. */
  const headersOf = (incoming: IncomingMessage): Record<string, string | string[]> => ({
    ...(incoming.headers as Record<string, string | string[]>),
    host: relay.host,
    ...(incoming.headers.origin === undefined ? {} : { origin: relay.origin }),
  })

  const pass = (incoming: IncomingMessage, answer: ServerResponse): void => {
    const change = changeByPath.get(new URL(incoming.url ?? '/', relayUrl).pathname)
    const headers = headersOf(incoming)
    if (change) {
      delete headers['accept-encoding']
      delete headers['if-none-match']
    }
    const forward = request(relay, { path: incoming.url, method: incoming.method, headers }, (reply) => {
      if (!change) {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
        return
      }
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => {
        const { etag: _etag, 'content-length': _length, 'transfer-encoding': _coding, ...rest } = reply.headers
        answer.writeHead(reply.statusCode ?? 502, rest)
        answer.end(change(Buffer.concat(chunks).toString('utf8')))
      })
    })
    forward.on('error', () => answer.destroy())
    incoming.pipe(forward)
  }

  const server = createServer(pass)
  server.on('connection', keep)
  server.on('upgrade', (incoming, socket: Duplex, head: Buffer) => {
    const behind: Socket = connect(Number(relay.port), relay.hostname)
    keep(behind)
    const lines = Object.entries(headersOf(incoming)).map(([name, value]) => `${name}: ${String(value)}`)
    behind.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    behind.write(head)
    behind.pipe(socket).pipe(behind)
    behind.on('close', () => socket.destroy())
    socket.on('close', () => behind.destroy())
  })
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  const shut = async (): Promise<void> => {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    shut,
    open: async () => {
      if (!server.listening) await listen(port)
    },
    replace: (path, change) => void changeByPath.set(path, change),
    close: shut,
  }
}
