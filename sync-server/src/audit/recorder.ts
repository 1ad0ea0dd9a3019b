/** Puts into the audit log what happens beside edits: sign-ins, opened documents, refusals. A log that cannot be written stops nobody. */
import type { AuditEvent } from '@tongge/protocol/audit'
import type { AccessWitness, Logger } from '../ports.ts'
import type { AppendOptions, AuditLog } from './audit-log.ts'
import { createTally, type Repeatable } from './tally.ts'

export interface Recorder extends AccessWitness {
  /** `account` only where it exists. */
  signInRefused(outcome: 'wrongPassword' | 'tooManyTries', account: string | undefined): void
  /** These resolve once the entry is committed, or could not be. */
  signedIn(account: string): Promise<void>
  signedOut(account: string): Promise<void>
  /** Tells of what was gathered so far. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface RecorderOptions {
  readonly audit: Pick<AuditLog, 'append'>
  readonly now: () => number
  readonly logger: Logger
}

/** A client opens all it needs at once: that is one entry. And no answer to a try shows by its time what is written of it. */
const gatherMs = 250
const tallyMs = 60_000
const dayMs = 86_400_000
/** Sessions times documents that are remembered as opened. */
const mostOpened = 200_000

export function createRecorder({ audit, now, logger }: RecorderOptions): Recorder {
  const tell = async (event: AuditEvent, options?: AppendOptions): Promise<void> => {
    try {
      await audit.append([event], options)
    } catch (error) {
      logger.error(
        { type: event.type, error: error instanceof Error ? error.message : 'unknown' },
        'audit entry cannot be stored',
      )
    }
  }
  const tally = createTally((event) => void tell(event))
  const tallying = setInterval(() => tally.flush(), tallyMs)
  tallying.unref()
  let opened = new Set<string>()
  let openedOn = 0
  const gathered = new Map<string, { readonly account: string; readonly documents: string[] }>()
  const tries: Repeatable[] = []
  let gathering: NodeJS.Timeout | undefined

  const soon = (): void => void (gathering ??= setTimeout(() => void settle(), gatherMs))
  const settle = async (): Promise<void> => {
    clearTimeout(gathering)
    gathering = undefined
    for (const event of tries.splice(0)) tally.add(event)
    const all = [...gathered.values()]
    gathered.clear()
    await Promise.all(all.map(({ account, documents }) => tell({ type: 'open', account, documents })))
  }

  return {
    signInRefused(outcome, account) {
      tries.push({ type: 'signIn', outcome, ...(account === undefined ? {} : { account }) })
      soon()
    },
    signedIn: (account) => tell({ type: 'signIn', outcome: 'ok', account }),
    signedOut: (account) => tell({ type: 'signOut', account }),
    opened(session, account, document) {
      const day = Math.floor(now() / dayMs)
      if (day !== openedOn || opened.size >= mostOpened) opened = new Set()
      openedOn = day
      const key = `${session} ${document}`
      if (opened.has(key)) return
      opened.add(key)
      const waiting = gathered.get(session) ?? { account, documents: [] }
      gathered.set(session, waiting)
      waiting.documents.push(document)
      soon()
    },
    refused: (account, document, { code, reason, record }) =>
      tally.add({
        type: 'refusal',
        account,
        document,
        code,
        reason,
        ...(record === undefined ? {} : { record }),
      }),
    settle,
    async close() {
      clearInterval(tallying)
      const settled = settle()
      tally.flush()
      await settled
    },
  }
}
