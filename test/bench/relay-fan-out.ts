/** Edits fanned out: writers at a fixed rate, latency from the sending of an edit to its arrival at the reader that joined last. */
import { setTimeout as delay } from 'node:timers/promises'
import { scanUpdate, unlimited } from '../../sync-server/src/rooms/scan-update.ts'
import { join, openServer, type Client } from './relay-clients.ts'
import { createEdits, ledgerName, makeLedger, type OneEdit } from './relay-ledger.ts'
import { quantile } from './relay-report.ts'
import type { Kind } from './relay-servers.ts'

export interface Crowd {
  readonly documents: number
  readonly clientsPerDocument: number
  readonly writersPerDocument: number
}

export interface Span {
  readonly warmUpMs: number
  readonly measureMs: number
}

export interface Latency {
  /** In milliseconds, the smallest first. */
  readonly latencies: readonly number[]
  readonly p50: number
  readonly p99: number
  /** Part of what was sent that arrived. */
  readonly arrived: number
  /** Sockets that did not last. */
  readonly dropped: number
  /** Processor time of the server for one edit, in microseconds. */
  readonly cpu: number
  /** Part of a processor that this process took. */
  readonly generator: number
}

interface Writer {
  readonly client: Client
  readonly makeEdit: () => OneEdit
  /** When each edit of this writer was sent, by its last clock. */
  readonly sentAt: number[]
}

const seedBytes = 300_000
const firstClient = 1000
/** What did not arrive this long after the last was sent counts as lost. */
const patienceMs = 1500

/** A server with its clients, over which one rate after another can be run. */
export interface Stage {
  /** `rate` is of all writers together, in edits a second; their turns are spread evenly, as those of people are. */
  run(rate: number, span: Span): Promise<Latency>
  close(): Promise<void>
}

export async function openStage(kind: Kind, crowd: Crowd): Promise<Stage> {
  const opened = await openServer(kind)
  const seed = makeLedger(seedBytes)
  const clients: Client[] = []
  const writers: Writer[] = []
  let latencies: number[] = []
  let measureFrom = Infinity

  const hear = (update: Uint8Array): void => {
    const scanned = scanUpdate(update, unlimited)
    if (typeof scanned === 'string') return
    const now = performance.now()
    for (const { client, clocks } of scanned.sections) {
      const sentAt = writers[client - firstClient]?.sentAt
      for (let clock = clocks[0] ?? 0; clock < (clocks.at(-1) ?? 0); clock++)
        if ((sentAt?.[clock] ?? 0) > measureFrom) latencies.push(now - (sentAt?.[clock] ?? 0))
    }
  }

  for (let index = 0; index < crowd.documents; index++) {
    const name = ledgerName(index)
    const first = await join(opened.server, name)
    first.sendUpdate(seed)
    const others = Array.from({ length: crowd.clientsPerDocument - 1 }, () => join(opened.server, name))
    const all = [first, ...(await Promise.all(others))]
    for (const client of all) client.onUpdate = () => undefined
    const reader = all.at(-1)
    if (reader) reader.onUpdate = hear
    for (const client of all.slice(0, crowd.writersPerDocument))
      writers.push({ client, makeEdit: createEdits(firstClient + writers.length, seed), sentAt: [] })
    clients.push(...all)
  }
  await delay(1000)

  const run = async (rate: number, span: Span): Promise<Latency> => {
    const perWriter = rate / writers.length
    const count = Math.ceil((perWriter * (span.warmUpMs + span.measureMs)) / 1000)
    const turns = writers.map((writer) => ({
      ...writer,
      edits: Array.from({ length: count }, writer.makeEdit),
      next: 0,
    }))
    latencies = []
    const cpuBefore = opened.server.cpu()
    const ownBefore = process.cpuUsage()
    const start = performance.now()
    measureFrom = start + span.warmUpMs
    let sentMeasured = 0
    while (performance.now() < measureFrom + span.measureMs) {
      for (const [index, turn] of turns.entries()) {
        const due = Math.min(count, ((performance.now() - start) / 1000) * perWriter - index / turns.length)
        while (turn.next < due) {
          const now = performance.now()
          const edit = turn.edits[turn.next++]
          if (!edit) break
          turn.sentAt[edit.clock] = now
          turn.client.sendUpdate(edit.update)
          if (now > measureFrom) sentMeasured++
        }
      }
      await delay(2)
    }
    const own = process.cpuUsage(ownBefore)
    const generator = (own.user + own.system) / 1000 / (performance.now() - start)
    for (let waited = 0; latencies.length < sentMeasured && waited < patienceMs; waited += 50) await delay(50)
    const sent = turns.reduce((sum, { next }) => sum + next, 0)
    latencies.sort((a, b) => a - b)
    return {
      latencies,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      arrived: latencies.length / Math.max(sentMeasured, 1),
      dropped: clients.filter((client) => client.isClosed()).length,
      cpu: ((opened.server.cpu() - cpuBefore) * 1e6) / Math.max(sent, 1),
      generator,
    }
  }

  const close = async (): Promise<void> => {
    for (const client of clients) client.close()
    await opened.close()
  }
  return { run, close }
}
