/** How the log keeps up: what waits for it, for how long, and how it fails. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { UpdateLog } from '../ports.ts'

export interface WatchedLog extends UpdateLog {
  /** When a write last failed and none has succeeded since, on the clock it was given; undefined where all is well. */
  readonly failedAt: number | undefined
}

interface Context {
  readonly registry: Registry
  /** Seconds. */
  readonly buckets: readonly number[]
  /** Milliseconds that only grow. */
  readonly now: () => number
}

export function watchLog(log: UpdateLog, { registry, buckets, now }: Context): WatchedLog {
  const registers = [registry]
  const rows = new Counter({ name: 'tongge_log_rows_total', help: 'Rows committed to the log.', registers })
  const failures = new Counter({ name: 'tongge_log_failures_total', help: 'Writes that the log refused.', registers })
  const commits = new Histogram({
    name: 'tongge_log_commit_seconds',
    help: 'From asking the log to store something to its commit.',
    buckets: [...buckets],
    registers,
  })
  const waiting = new Map<symbol, { readonly since: number; readonly rows: number }>()
  const lag = new Gauge({
    name: 'tongge_log_lag_seconds',
    help: 'How long the oldest row that is not committed yet has waited.',
    registers,
    collect() {
      // A map keeps the order in which they came.
      const [oldest] = waiting.values()
      lag.set(oldest ? (now() - oldest.since) / 1000 : 0)
    },
  })
  const waitingRows = new Gauge({
    name: 'tongge_log_waiting_rows',
    help: 'Rows that are not committed yet.',
    registers,
    collect() {
      let sum = 0
      for (const one of waiting.values()) sum += one.rows
      waitingRows.set(sum)
    },
  })
  let failedAt: number | undefined

  return {
    ...log,
    async append(appended) {
      const key = Symbol('append')
      const since = now()
      waiting.set(key, { since, rows: appended.length })
      try {
        const sequences = await log.append(appended)
        rows.inc(appended.length)
        commits.observe((now() - since) / 1000)
        failedAt = undefined
        return sequences
      } catch (error) {
        failures.inc()
        failedAt = now()
        throw error
      } finally {
        waiting.delete(key)
      }
    },
    get failedAt() {
      return failedAt
    },
  }
}
