/**
 * The relay beside hocuspocus and a bare echo with fsync, in one run. Prints a table; `--full` takes the sizes and times of the published figures (about 20 minutes).
 * Quick runs on a busy machine show orders of magnitude, no more.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { scanUpdate, unlimited } from '../../sync-server/src/rooms/scan-update.ts'
import { measureFirstSync } from './relay-first-sync.ts'
import { join, startServer, type Client, type Server } from './relay-clients.ts'
import type { Kind } from './relay-servers.ts'

const full = process.argv.includes('--full')
const documents = 20
const clientsPerDocument = 10
const ladder = full ? [6000, 12_000, 20_000, 25_000, 35_000, 45_000] : [3000, 12_000]
const warmUpMs = full ? 6000 : 1500
const measureMs = full ? 8000 : 2500
const storm = full ? { documents: 20, clients: 400 } : { documents: 8, clients: 80 }
const idle = full ? { clients: 400, ms: 60_000 } : { clients: 100, ms: 15_000 }

interface Latency {
  readonly p50: number
  readonly p99: number
  /** Part of what was sent that arrived. */
  readonly arrived: number
  /** Processor time of the server for one edit, in microseconds. */
  readonly cpu: number
}

/** About `bytes` of a ledger-like map. */
function makeSeed(bytes: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.transact(() => {
    for (let index = 0; index < bytes / 31; index++) doc.getMap('seed').set(`household ${index}`, index * 7)
  })
  return Y.encodeStateAsUpdate(doc)
}

function makeEdits(client: number, count: number): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  const edits: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => edits.push(update))
  for (let index = 0; index < count; index++) doc.getMap('edits').set(`k${index % 50}`, index)
  return edits
}

async function withServer<T>(
  kind: Kind,
  run: (server: Server, restart: () => Promise<Server>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'tongge-bench-'))
  let server = await startServer(kind, folder)
  try {
    return await run(server, async () => {
      await server.stop()
      server = await startServer(kind, folder)
      return server
    })
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

/** One writer in each document at a fixed rate; latency as the last of its readers sees it. */
async function fanOut(kind: Kind, rate: number): Promise<Latency> {
  return withServer(kind, async (server) => {
    const seed = makeSeed(300_000)
    const clients: Client[] = []
    const latencies: number[] = []
    let sentMeasured = 0
    const writers: {
      readonly client: Client
      readonly edits: Uint8Array[]
      readonly sentAt: Float64Array
      next: number
    }[] = []
    const perWriter = rate / documents
    const count = Math.ceil((perWriter * (warmUpMs + measureMs)) / 1000) + 10
    for (let index = 0; index < documents; index++) {
      const name = `meeting/m${index}`
      const writer = await join(server, name)
      writer.sendUpdate(seed)
      const readers = await Promise.all(Array.from({ length: clientsPerDocument - 1 }, () => join(server, name)))
      const sentAt = new Float64Array(count)
      const last = readers.at(-1)
      if (last) {
        last.onUpdate = (update) => {
          const scanned = scanUpdate(update, unlimited)
          if (typeof scanned === 'string') return
          const now = performance.now()
          for (const { client, clocks } of scanned.sections) {
            if (client !== 1000 + index) continue
            for (let clock = clocks[0] ?? 0; clock < (clocks.at(-1) ?? 0); clock++)
              if ((sentAt[clock] ?? 0) > measureFrom) latencies.push(now - (sentAt[clock] ?? 0))
          }
        }
      }
      for (const reader of readers.slice(0, -1)) reader.onUpdate = () => undefined
      clients.push(writer, ...readers)
      writers.push({ client: writer, edits: makeEdits(1000 + index, count), sentAt, next: 0 })
    }
    let measureFrom = Infinity
    await delay(1000)
    const cpuBefore = server.cpu()
    const start = performance.now()
    measureFrom = start + warmUpMs
    const end = measureFrom + measureMs
    while (performance.now() < end) {
      for (const writer of writers) {
        const due = Math.min(count, ((performance.now() - start) / 1000) * perWriter)
        while (writer.next < due) {
          const now = performance.now()
          writer.sentAt[writer.next] = now
          writer.client.sendUpdate(writer.edits[writer.next++] ?? new Uint8Array())
          if (now > measureFrom) sentMeasured++
        }
      }
      await delay(2)
    }
    await delay(1500)
    const cpu = ((server.cpu() - cpuBefore) * 1e6) / writers.reduce((sum, { next }) => sum + next, 0)
    for (const client of clients) client.close()
    latencies.sort((a, b) => a - b)
    const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Infinity
    return { p50: at(0.5), p99: at(0.99), arrived: latencies.length / Math.max(sentMeasured, 1), cpu }
  })
}

interface Storm {
  readonly cold: number
  readonly warm: number
  readonly reconnect: number
  /** Bytes each reconnecting client received and sent for nothing. */
  readonly reconnectBytes: number
  readonly memoryPerDocument: number
  readonly firstSyncBytes: number
}

async function joinStorm(kind: Kind): Promise<Storm> {
  return withServer(kind, async (first, restart) => {
    const seed = makeSeed(1_000_000)
    const name = (index: number): string => `meeting/m${index % storm.documents}`
    const fillers = await Promise.all(Array.from({ length: storm.documents }, (_, index) => join(first, name(index))))
    for (const filler of fillers) filler.sendUpdate(seed)
    // Longer than the debounce after which hocuspocus stores.
    await delay(11_000)
    for (const filler of fillers) filler.close()
    let server = await restart()
    const empty = server.memory()
    const everyone = async (
      state?: Uint8Array,
      answer?: Uint8Array,
    ): Promise<{ seconds: number; clients: (Client & { received: number })[] }> => {
      const start = performance.now()
      const clients = await Promise.all(
        Array.from({ length: storm.clients }, (_, index) => join(server, name(index), state, answer)),
      )
      return { seconds: (performance.now() - start) / 1000, clients }
    }
    const close = async (clients: readonly Client[]): Promise<void> => {
      for (const client of clients) client.close()
      await delay(500)
    }
    const loaders = await Promise.all(Array.from({ length: storm.documents }, (_, index) => join(server, name(index))))
    const memoryPerDocument = (server.memory() - empty) / storm.documents
    await close(loaders)
    server = await restart()
    const cold = await everyone()
    if (cold.clients.some(({ received }) => received < seed.length * 0.95))
      throw new Error(`${kind} lost documents: nothing to compare`)
    const warm = await everyone()
    await close([...cold.clients, ...warm.clients])
    const firstSyncBytes = (cold.clients[0]?.bytes ?? 0) / seed.length
    server = await restart()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seed)
    const again = await everyone(Y.encodeStateVector(doc), Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))
    const reconnectBytes = again.clients.reduce((sum, { bytes }) => sum + bytes, 0) / again.clients.length
    await close(again.clients)
    return {
      cold: cold.seconds,
      warm: warm.seconds,
      reconnect: again.seconds,
      reconnectBytes,
      memoryPerDocument,
      firstSyncBytes,
    }
  })
}

/** Frames and bytes a second that one of many idle clients hears; each renews its presence every 15 s. */
async function idleRoom(kind: Kind): Promise<{ readonly frames: number; readonly bytes: number }> {
  return withServer(kind, async (server) => {
    const clients = await Promise.all(Array.from({ length: idle.clients }, () => join(server, 'meeting/hall')))
    const start = performance.now()
    const renew = async (client: Client, index: number): Promise<void> => {
      // Spread over the interval, as clients that came one after the other are.
      await delay((15_000 * index) / clients.length)
      for (let clock = 2; performance.now() - start < idle.ms; clock++) {
        client.sendAwareness(entryOf(10_000 + index, clock))
        await delay(15_000)
      }
    }
    clients.forEach((client, index) => client.sendAwareness(entryOf(10_000 + index, 1)))
    await delay(1000)
    for (const client of clients) client.frames = client.bytes = 0
    void Promise.all(clients.map(renew))
    const from = performance.now()
    await delay(idle.ms)
    const seconds = (performance.now() - from) / 1000
    const sum = (pick: (client: Client) => number): number =>
      clients.reduce((total, client) => total + pick(client), 0) / clients.length / seconds
    const result = { frames: sum(({ frames }) => frames), bytes: sum(({ bytes }) => bytes) }
    for (const client of clients) client.close()
    return result
  })
}

function entryOf(client: number, clock: number): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 1)
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
  writeVarString(encoder, '{}')
  return toUint8Array(encoder)
}

function print(id: string, what: string, ours: string, theirs: string, ratio: string, target: string): void {
  console.log(
    [id.padEnd(4), what.padEnd(46), ours.padStart(16), theirs.padStart(16), ratio.padStart(8), target].join('  '),
  )
}

const ms = (value: number): string => `${value.toFixed(1)} ms`
const ratioOf = (ours: number, theirs: number): string => (ours / theirs).toFixed(2)

print('id', 'what', 'tongge', 'hocuspocus', 'ratio', 'target')
let sustained: Readonly<Record<'tongge' | 'hocuspocus', number>> = { tongge: 0, hocuspocus: 0 }
for (const rate of ladder) {
  const ours = await fanOut('tongge', rate)
  const theirs = await fanOut('hocuspocus', rate)
  print(
    '',
    `grid 20x10, server processor time an edit`,
    `${ours.cpu.toFixed(0)} us`,
    `${theirs.cpu.toFixed(0)} us`,
    ratioOf(ours.cpu, theirs.cpu),
    '',
  )
  const show = ({ p99, arrived }: Latency): string => `${p99.toFixed(0)} ms ${(arrived * 100).toFixed(0)}%`
  const holds = ({ p99, arrived }: Latency): boolean => p99 <= 250 && arrived > 0.99
  sustained = { tongge: holds(ours) ? rate : sustained.tongge, hocuspocus: holds(theirs) ? rate : sustained.hocuspocus }
  print(
    'P1',
    `grid 20x10, p99 at ${rate}/s, arrived`,
    show(ours),
    show(theirs),
    ratioOf(ours.p99, theirs.p99),
    rate === 12_000 ? '<= 0.5' : '',
  )
}
print(
  'P1',
  'highest rate of the ladder with p99 <= 250 ms',
  `${sustained.tongge}/s`,
  `${sustained.hocuspocus}/s`,
  ratioOf(sustained.tongge, sustained.hocuspocus),
  '>= 2',
)
const slow = {
  ours: await fanOut('tongge', 200),
  theirs: await fanOut('hocuspocus', 200),
  echo: await fanOut('echo', 200),
}
print(
  'P3',
  `200/s p50 (echo with fsync ${ms(slow.echo.p50)})`,
  ms(slow.ours.p50),
  ms(slow.theirs.p50),
  ratioOf(slow.ours.p50, slow.theirs.p50),
  '',
)
print(
  'P3',
  `200/s p99 (echo with fsync ${ms(slow.echo.p99)})`,
  ms(slow.ours.p99),
  ms(slow.theirs.p99),
  ratioOf(slow.ours.p99, slow.echo.p99),
  '<= 1.5 of echo',
)
const ours = await joinStorm('tongge')
const theirs = await joinStorm('hocuspocus')
const who = `${storm.clients} clients, ${storm.documents} x 1 MB`
for (const [id, what, key] of [
  ['P4', `${who} join cold, s`, 'cold'],
  ['P4', `${who} join warm, s`, 'warm'],
  ['P5', `${who} reconnect, nothing new, s`, 'reconnect'],
] as const) {
  print(id, what, ours[key].toFixed(2), theirs[key].toFixed(2), ratioOf(ours[key], theirs[key]), '<= 0.25')
}
print(
  'P5',
  'bytes to each reconnecting client',
  ours.reconnectBytes.toFixed(0),
  theirs.reconnectBytes.toFixed(0),
  ratioOf(ours.reconnectBytes, theirs.reconnectBytes),
  '< 0.01',
)
print(
  'P6',
  'memory per open 1 MB document, MB',
  ours.memoryPerDocument.toFixed(1),
  theirs.memoryPerDocument.toFixed(1),
  ratioOf(ours.memoryPerDocument, theirs.memoryPerDocument),
  '<= 0.5',
)
print('P7', 'kill -9', 'see test/crash', '', '', '0 lost')
const still = await idleRoom('tongge')
const theirStill = await idleRoom('hocuspocus')
print(
  'P8',
  `${idle.clients} idle clients, frames/s each`,
  still.frames.toFixed(2),
  theirStill.frames.toFixed(2),
  ratioOf(still.frames, theirStill.frames),
  '<= 0.1',
)
print(
  'P8',
  `${idle.clients} idle clients, bytes/s each`,
  still.bytes.toFixed(0),
  theirStill.bytes.toFixed(0),
  ratioOf(still.bytes, theirStill.bytes),
  '<= 0.1',
)
const firstSync = await measureFirstSync(storm)
print(
  'P12',
  'first sync of a demo grid by a stock SyncStep2',
  firstSync.packed.toFixed(2),
  `plain ${firstSync.plain.toFixed(2)}`,
  ratioOf(firstSync.packed, firstSync.plain),
  '<= 0.35',
)
for (const [what, packed, plain] of [
  ['cold', firstSync.coldPacked, firstSync.coldPlain],
  ['warm', firstSync.warmPacked, firstSync.warmPlain],
  ['processor of the relay', firstSync.cpuPacked, firstSync.cpuPlain],
] as const) {
  print(
    'P12',
    `${storm.clients} clients join packed, ${what}, s`,
    packed.toFixed(2),
    `plain ${plain.toFixed(2)}`,
    ratioOf(packed, plain),
    '<= 1',
  )
}
print(
  '',
  'stock socket: first sync by bytes of the document',
  ours.firstSyncBytes.toFixed(2),
  theirs.firstSyncBytes.toFixed(2),
  ratioOf(ours.firstSyncBytes, theirs.firstSyncBytes),
  '',
)
process.exit(0)
