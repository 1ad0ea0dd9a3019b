/**
 * What a first sync costs over our frames: a demo grid's documents and a storm of joins, packed and plain, by turns.
 * The documents are by many hands, which no guard would take from one.
 * Stands beside the other rows of relay.bench.ts, over a relay process of its own each.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { decodeRelayFrame, encodeFrame, subprotocol } from '@tongge/protocol'
import { WebSocket } from 'ws'
import { makeGrid } from '../../sync-server/src/demo/grid.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { writeGrid } from '../../sync-server/src/demo/write-grid.ts'
import { encodeStep1, encodeStep2, encodeUpdateMessage } from '../../sync-server/src/rooms/messages.ts'
import { startServer, type Server } from './relay-clients.ts'
import { compare, median, print, seconds } from './relay-report.ts'

interface FirstSync {
  /** Bytes of all frames by those of a stock SyncStep2 of the same documents. */
  readonly packed: number
  readonly plain: number
  /** Medians, in seconds. */
  readonly coldPacked: number
  readonly coldPlain: number
  readonly warmPacked: number
  readonly warmPlain: number
  /** Processor time of the relay in all cold and warm rounds, in seconds. */
  readonly cpuPacked: number
  readonly cpuPlain: number
}

interface Storm {
  readonly documents: number
  readonly clients: number
}

const rounds = 5

export async function measureFirstSync(isFull: boolean): Promise<void> {
  const storm = isFull ? { documents: 20, clients: 400 } : { documents: 8, clients: 80 }
  const sync = await runFirstSync(storm)
  print({
    id: 'P12',
    what: 'bytes of the first sync of a demo grid, by a stock SyncStep2',
    ours: sync.packed.toFixed(3),
    theirs: `unpacked ${sync.plain.toFixed(3)}`,
    ratio: sync.packed,
    target: '<= 0.35',
    isMet: sync.packed <= 0.35,
  })
  const who = `${storm.clients} clients join, packed`
  const beside = { peer: 'unpacked', show: seconds }
  compare('', `${who}, cold`, { ...beside, ours: sync.coldPacked, theirs: sync.coldPlain })
  compare('', `${who}, warm`, { ...beside, ours: sync.warmPacked, theirs: sync.warmPlain })
  compare('', `${who}, processor of the relay`, { ...beside, ours: sync.cpuPacked, theirs: sync.cpuPlain })
}

async function runFirstSync(storm: Storm): Promise<FirstSync> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'tongge-bench-'))
  const [grid] = demoPlaces('community').grids
  if (!grid) throw new Error('the demo has no grid')
  const written = writeGrid(grid.code, makeGrid(grid, 0, grid.name, '2026-06-01'))
  const documents = written.filter(({ document }) => !document.endsWith('/sensitive'))
  const ledger = documents[0]?.update ?? new Uint8Array()
  const stormed = Array.from({ length: storm.documents }, (_, index) => `meeting/m${index}`)
  let server = await startServer('unguarded', folder)
  try {
    for (const { document, update } of documents) await fill(server, document, update)
    for (const document of stormed) await fill(server, document, ledger)
    const restart = async (): Promise<void> => {
      await server.stop()
      server = await startServer('unguarded', folder)
    }
    const bytesOf = async (unpacks: boolean): Promise<number> => {
      await restart()
      const bytes = await Promise.all(documents.map(({ document }) => joinOnce(server, document, unpacks)))
      return sum(bytes) / sum(documents.map(({ update }) => encodeStep2(update).length))
    }
    const cpu = { true: 0, false: 0 }
    const rush = async (unpacks: boolean): Promise<number> => {
      const start = performance.now()
      const cpuBefore = server.cpu()
      const names = Array.from({ length: storm.clients }, (_, index) => stormed[index % stormed.length] ?? '')
      await Promise.all(names.map((name) => joinOnce(server, name, unpacks)))
      cpu[`${unpacks}`] += server.cpu() - cpuBefore
      return (performance.now() - start) / 1000
    }
    const packed = await bytesOf(true)
    const plain = await bytesOf(false)
    const times = {
      true: { cold: [] as number[], warm: [] as number[] },
      false: { cold: [] as number[], warm: [] as number[] },
    }
    for (let round = 0; round < rounds; round++) {
      for (const unpacks of [true, false]) {
        await restart()
        const { cold, warm } = times[`${unpacks}`]
        cold.push(await rush(unpacks))
        warm.push(await rush(unpacks))
      }
    }
    return {
      packed,
      plain,
      coldPacked: median(times.true.cold),
      coldPlain: median(times.false.cold),
      warmPacked: median(times.true.warm),
      warmPlain: median(times.false.warm),
      cpuPacked: cpu.true,
      cpuPlain: cpu.false,
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

/** One channel on a socket of its own, until its SyncStep2, too small here to be packed; answers how many bytes of frames came. */
async function joinOnce({ port }: Server, name: string, unpacks: boolean): Promise<number> {
  const socket = open(port)
  let bytes = 0
  socket.on('open', () => {
    socket.send(encodeFrame({ type: 'open', channel: 1, name, ...(unpacks && { unpacks }) }))
    socket.send(encodeFrame({ type: 'data', channel: 1, message: encodeStep1(Uint8Array.of(0)) }))
  })
  socket.on('message', (data: Buffer) => {
    bytes += data.length
    const frame = decodeRelayFrame(data)
    if (frame?.type === 'data' && frame.message[0] === 0 && frame.message[1] === 1) socket.close()
  })
  await new Promise((resolve) => socket.on('close', resolve))
  return bytes
}

async function fill({ port }: Server, name: string, update: Uint8Array): Promise<void> {
  const socket = open(port)
  socket.on('open', () => {
    socket.send(encodeFrame({ type: 'open', channel: 1, name }))
    socket.send(encodeFrame({ type: 'data', channel: 1, message: encodeUpdateMessage(update) }))
  })
  socket.on('message', (data: Buffer) => {
    if (decodeRelayFrame(data)?.type === 'acknowledged') socket.close()
  })
  await new Promise((resolve) => socket.on('close', resolve))
}

function open(port: number): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, subprotocol, { perMessageDeflate: false })
  socket.on('error', () => undefined)
  return socket
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
