/**
 * What the relay tells of itself to whoever watches over the machine, in the text format of Prometheus.
 * Labels come from closed lists: no account, name, document or address is ever one of them.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Meter, UpdateLog } from '../ports.ts'
import { closingLabel, refusalLabel } from './reasons.ts'
import { watchLog, type WatchedLog } from './watch-log.ts'

export interface Standing {
  readonly sockets: number
  readonly channels: number
  readonly documents: number
  readonly documentBytes: number
  /** What the guard holds beside the documents, in bytes. */
  readonly guardBytes: number
}

export interface Metrics {
  readonly meter: Meter
  /** The same log, which is then watched. */
  watch(log: UpdateLog): WatchedLog
  /** Asked at each scrape. */
  readStanding(read: () => Standing): void
  text(): Promise<string>
  readonly contentType: string
}

/** Seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** `now`: milliseconds that only grow. */
export function createMetrics(now: () => number = () => performance.now()): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const accepted = new Counter({
    name: 'tongge_edits_accepted_total',
    help: 'Updates that are committed, also those that brought nothing new, and what the relay itself writes.',
    registers,
  })
  const refused = new Counter({
    name: 'tongge_edits_refused_total',
    help: 'Updates of clients that were refused for good or for now, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const closings = new Counter({
    name: 'tongge_closings_total',
    help: 'Sockets, and documents on a socket, that the relay closed, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const latency = new Histogram({
    name: 'tongge_ack_seconds',
    help: 'From the arrival of an update to its commit, when it is acknowledged.',
    buckets,
    registers,
  })

  let standing: (() => Standing) | undefined
  for (const [name, help, key] of [
    ['tongge_sockets', 'Open sockets.', 'sockets'],
    ['tongge_channels', 'Documents open on all sockets, each counted once per socket.', 'channels'],
    ['tongge_documents', 'Documents in memory.', 'documents'],
    ['tongge_document_bytes', 'Bytes of the documents in memory.', 'documentBytes'],
    ['tongge_guard_bytes', 'Bytes that the guard holds beside the documents, about.', 'guardBytes'],
  ] as const) {
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(standing?.()[key] ?? 0) })
  }

  return {
    meter: {
      acknowledged(afterMs) {
        accepted.inc()
        latency.observe(afterMs / 1000)
      },
      closed(reason) {
        closings.inc({ reason: closingLabel(reason) })
        const label = refusalLabel(reason)
        if (label !== undefined) refused.inc({ reason: label })
      },
    },
    watch: (log) => watchLog(log, { registry, buckets, now }),
    readStanding: (read) => void (standing = read),
    text: async () => Registry.merge([registry, processMetrics()]).metrics(),
    contentType: registry.contentType,
  }
}

let ofProcess: Registry | undefined

/** Memory, processor and event loop belong to the process, whatever runs in it; they are watched from the first scrape on. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  return ofProcess
}
