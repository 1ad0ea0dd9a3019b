/**
 * Takes into the audit log what happened to accounts. It is written down beside the accounts, in the same transaction as the change,
 * also by a command line while no relay runs; the log remembers how far it got, in the same commit as the entries.
 */
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Logger } from '../ports.ts'
import type { AuditLog } from './audit-log.ts'

export interface KeptEvent {
  /** Only grows. */
  readonly id: number
  readonly at: number
  readonly event: AuditEvent
}

export interface EventSource {
  /** Names this list of events for ever. */
  readonly name: string
  after(id: number, limit: number): Promise<readonly KeptEvent[]>
}

export interface TakeIn {
  now(): Promise<void>
  close(): Promise<void>
}

const lookEvery = 2000
const atOnce = 500

export function takeInEvents(source: EventSource, audit: AuditLog, logger: Logger): TakeIn {
  const take = async (): Promise<void> => {
    for (;;) {
      const events = await source.after(await audit.mark(source.name), atOnce)
      if (events.length === 0) return
      await Promise.all(
        events.map(({ id, at, event }) => audit.append([event], { at, mark: { name: source.name, value: id } })),
      )
    }
  }
  let running: Promise<void> = Promise.resolve()
  const now = (): Promise<void> =>
    (running = running
      .then(take)
      .catch((error: unknown) =>
        logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'account events cannot be logged'),
      ))
  const timer = setInterval(() => void now(), lookEvery)
  timer.unref()
  return {
    now,
    close() {
      clearInterval(timer)
      return now()
    },
  }
}
