/** One server of the relay bench as a process: `node relay-servers.ts <kind> <data folder>`, printed as `ready <port>`. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { WebSocketServer, type WebSocket } from 'ws'
import { editor } from './relay-ledger.ts'

/** `unaudited` and `unguarded` are the relay without its audit log and without its guard: what these cost. */
export const kinds = ['tongge', 'unaudited', 'unguarded', 'hocuspocus', 'yws', 'echo'] as const
export type Kind = (typeof kinds)[number]

const [kind, folder = '.'] = process.argv.slice(2)

process.on('SIGUSR2', () => globalThis.gc?.())

if (kind === 'tongge' || kind === 'unaudited' || kind === 'unguarded') await startTongge(kind)
else if (kind === 'hocuspocus') await startHocuspocus()
else if (kind === 'yws') await startYws()
else startEcho()

async function startTongge(kind: 'tongge' | 'unaudited' | 'unguarded'): Promise<void> {
  const { createSqliteUpdateLog, createSyncEndpoint, defaultLimits } = await import('../../sync-server/src/sync.ts')
  const { openLog } = await import('../../sync-server/src/stores.ts')
  const { createGuard } = await import('../../sync-server/src/guard/guard.ts')
  const limits = { ...defaultLimits, socketsPerAccount: 1e9, frameBurst: 1e9 }
  const file = join(folder, 'tongge.db')
  const log = kind === 'unaudited' ? createSqliteUpdateLog(file) : openLog(file, Date.now).log
  const logger = { info: () => undefined, warn: console.error, error: console.error }
  const guarded = kind === 'unguarded' ? {} : { guard: createGuard({ logger }) }
  const endpoint = createSyncEndpoint({ log, limits, logger, ...guarded })
  const { server, sockets } = listen()
  sockets.on('connection', (socket, request) => {
    const document = socket.protocol === '' ? decodeURIComponent((request.url ?? '/').slice(1)) : undefined
    const rights = { mayRead: () => true, mayWrite: () => true }
    endpoint.accept(socket, { ...editor, name: 'Ada', session: 's', document, ...rights })
  })
  announce(server)
}

/** README defaults and what extension-sqlite does, over the same build of SQLite that the relay uses. */
async function startHocuspocus(): Promise<void> {
  const { Server } = await import('@hocuspocus/server')
  const { Database } = await import('@hocuspocus/extension-database')
  const sqlite = new Sqlite(join(folder, 'hocuspocus.db'))
  sqlite.exec('CREATE TABLE IF NOT EXISTS documents (name TEXT NOT NULL UNIQUE, data BLOB NOT NULL)')
  const select = sqlite.prepare<[string], { data: Buffer }>('SELECT data FROM documents WHERE name = ?')
  const upsert = sqlite.prepare(
    'INSERT INTO documents VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data',
  )
  const database = new Database({
    fetch: async ({ documentName }) => select.get(documentName)?.data ?? null,
    store: async ({ documentName, state }) => void upsert.run(documentName, state),
  })
  const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, extensions: [database] })
  await server.listen()
  process.stdout.write(`ready ${server.address.port}\n`)
}

/** @y/websocket-server as it ships: from memory, nothing is stored. */
async function startYws(): Promise<void> {
  const { setupWSConnection } = await import('@y/websocket-server/utils')
  const { server, sockets } = listen()
  sockets.on('connection', (socket, request) => setupWSConnection(socket, request, {}))
  announce(server)
}

/** Sends each frame on to all others in the room, after an fsync shared by a turn: what any relay of single frames cannot beat. */
function startEcho(): void {
  const file = openSync(join(folder, 'echo.log'), 'w')
  const socketsByRoom = new Map<string, Set<WebSocket>>()
  let turn: { room: Set<WebSocket>; from: WebSocket; data: Buffer }[] = []
  const { server, sockets } = listen()
  sockets.on('connection', (socket, request) => {
    const room = socketsByRoom.get(request.url ?? '') ?? new Set()
    socketsByRoom.set(request.url ?? '', room.add(socket))
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0 && data[1] === 0) return socket.send(Uint8Array.of(0, 1, 2, 0, 0))
      turn.push({ room, from: socket, data })
      if (turn.length === 1) setImmediate(share)
    })
    socket.on('close', () => room.delete(socket))
  })
  const share = (): void => {
    const batch = turn
    turn = []
    writeSync(file, Buffer.concat(batch.map(({ data }) => data)))
    fdatasyncSync(file)
    for (const { room, from, data } of batch) for (const other of room) if (other !== from) other.send(data)
  }
  process.on('exit', () => closeSync(file))
  announce(server)
}

function listen(): { server: ReturnType<typeof createServer>; sockets: WebSocketServer } {
  const server = createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  return { server, sockets }
}

function announce(server: ReturnType<typeof createServer>): void {
  server.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`))
}
