/** Clients of the relay bench: raw frames, no documents, so that the generator is not what is measured. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import { WebSocket } from 'ws'
import type { Kind } from './relay-servers.ts'

export interface Server {
  readonly kind: Kind
  readonly port: number
  readonly child: ChildProcess
  /** Seconds of processor time used so far; unlike latency it is hardly disturbed by a busy machine. */
  cpu(): number
  /** Resident megabytes. */
  memory(): number
  /** Lets go of what is not in use. */
  collect(): void
  stop(): Promise<void>
}

export async function startServer(kind: Kind, folder: string): Promise<Server> {
  const script = fileURLToPath(new URL('relay-servers.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', script, kind, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [data] = await once(child.stdout, 'data')
  const port = Number(/ready (\d+)/.exec(String(data))?.[1])
  const memory = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  const cpu = (): number => {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  const stop = async (): Promise<void> => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return { kind, port, child, cpu, memory, collect: () => child.kill('SIGUSR2'), stop }
}

export interface OpenServer {
  readonly server: Server
  /** Kills it and starts another over the same folder. */
  restart(): Promise<Server>
  close(): Promise<void>
}

/** A server over a folder of its own. */
export async function openServer(kind: Kind): Promise<OpenServer> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'tongge-bench-'))
  let server = await startServer(kind, folder)
  return {
    get server() {
      return server
    },
    async restart() {
      await server.stop()
      server = await startServer(kind, folder)
      return server
    },
    async close() {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}

export interface Client {
  /** Called with each update or SyncStep2 that arrives. */
  onUpdate: (update: Uint8Array, isStep2: boolean) => void
  frames: number
  bytes: number
  /** Bytes of what it sent. */
  sent: number
  sendUpdate(update: Uint8Array): void
  sendAwareness(entries: Uint8Array): void
  /** Asks for what it lacks. */
  sync(state: Uint8Array): void
  isClosed(): boolean
  close(): void
}

/** Answers the server's own question with `answer`, as a client that has nothing it lacks. */
export async function connect(
  { kind, port }: Server,
  document: string,
  answer: Uint8Array = Uint8Array.of(0, 0),
): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${kind === 'hocuspocus' ? '' : encodeURIComponent(document)}`)
  const isNamed = kind === 'hocuspocus'
  const prefix = createEncoder()
  if (isNamed) writeVarString(prefix, document)
  const prefixBytes = toUint8Array(prefix)
  const send = (write: (encoder: ReturnType<typeof createEncoder>) => void): void => {
    const encoder = createEncoder()
    writeUint8Array(encoder, prefixBytes)
    write(encoder)
    const frame = toUint8Array(encoder)
    client.sent += frame.length
    socket.send(frame)
  }
  const sendSync = (kindOf: number, body: Uint8Array): void =>
    send((encoder) => {
      writeVarUint(encoder, 0)
      writeVarUint(encoder, kindOf)
      writeVarUint8Array(encoder, body)
    })
  const client: Client = {
    onUpdate: () => undefined,
    frames: 0,
    bytes: 0,
    sent: 0,
    sendUpdate: (update) => sendSync(2, update),
    sendAwareness: (entries) =>
      send((encoder) => {
        writeVarUint(encoder, 1)
        writeVarUint8Array(encoder, entries)
      }),
    sync: (state) => sendSync(0, state),
    isClosed: () => socket.readyState !== socket.OPEN,
    close: () => socket.terminate(),
  }
  socket.on('message', (data: Buffer) => {
    client.frames++
    client.bytes += data.length
    const decoder = createDecoder(data)
    if (isNamed) readVarString(decoder)
    const type = readVarUint(decoder)
    if (type !== 0 && type !== 4) return
    const message = readVarUint(decoder)
    if (message === 0) sendSync(1, answer)
    else client.onUpdate(readVarUint8Array(decoder), message === 1)
  })
  socket.on('error', () => undefined)
  await once(socket, 'open')
  if (isNamed) {
    send((encoder) => {
      writeVarUint(encoder, 2)
      writeVarUint(encoder, 0)
      writeVarString(encoder, 'token')
      writeVarString(encoder, '4.8.0')
    })
  }
  return client
}

/** Connects and waits for the first SyncStep2. */
export async function join(
  server: Server,
  document: string,
  state: Uint8Array = Uint8Array.of(0),
  answer?: Uint8Array,
): Promise<Client & { readonly received: number }> {
  const client = await connect(server, document, answer)
  let received = 0
  await new Promise<void>((resolve) => {
    client.onUpdate = (update, isStep2) => {
      received += update.length
      if (isStep2) resolve()
    }
    client.sync(state)
  })
  return Object.assign(client, { received })
}
