/**
 * Follows what other relays commit to the same log. What they tell at once is only a hint: the log is asked what was written, now and then
 * by itself, and always before a document's newest rows are built upon. So a notice that is lost or late costs a moment and nothing else.
 */
import { closeReasons, lineageOf } from '@tongge/protocol'
import type { FanOut, Logger, SharedLog, UpdateLog } from '../ports.ts'
import type { Newest } from './newest.ts'
import type { OtherRelays, Room } from './peer.ts'

/** The log as several relays write it, and their way of telling each other. */
export interface Sharing {
  readonly log: Pick<SharedLog, 'readAfter' | 'moved'>
  readonly fanOut: FanOut
  /** How often the log is asked, in milliseconds; so late a lost notice is made up for. */
  readonly lookEveryMs: number
}

export interface Others extends OtherRelays {
  /** Resolves once every generation that was begun up to this sequence is known. */
  reach(sequence: number): Promise<void>
  close(): Promise<void>
}

interface Context {
  readonly sharing: Sharing
  readonly newest: Newest
  readonly logger: Logger
  readonly opened: () => Iterable<Room>
  readonly openedAs: (document: string) => Room | undefined
}

export function followOthers({ sharing, newest, logger, opened, openedAs }: Context): Others {
  const { log, fanOut, lookEveryMs } = sharing
  /** All that was committed up to here is dealt with. */
  let position = 0
  let looking: Promise<void> | undefined
  let isClosed = false

  const note = (document: string): void => {
    if (newest.hasBegun(document)) return
    newest.note(document)
    for (const room of opened()) {
      const isOlder = lineageOf(room.document) === lineageOf(document) && newest.of(document) !== room.document
      if (isOlder) room.dismissAll(closeReasons.superseded)
    }
  }

  const ask = async (): Promise<void> => {
    for (const { document, sequence } of await log.moved(position)) {
      note(document)
      position = sequence
      openedAs(document)?.follow(sequence)
    }
  }
  const look = (): Promise<void> => (looking ??= ask().finally(() => (looking = undefined)))
  const lookAround = (): void =>
    void look().catch((error: unknown) => {
      if (!isClosed)
        logger.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'the log cannot be asked')
    })

  fanOut.listen((notice) => {
    if (isClosed) return
    if (notice.type === 'presence') openedAs(notice.document)?.showPresence(notice.entries)
    else if (newest.hasBegun(notice.document)) openedAs(notice.document)?.follow(notice.sequence)
    else lookAround()
  })
  const timer = setInterval(lookAround, lookEveryMs)
  timer.unref()
  lookAround()

  const reach = async (sequence: number): Promise<void> => {
    // One that is under way may have begun before that was committed.
    if (position < sequence) await look()
    if (position < sequence) await look()
  }

  return {
    reach,
    async readAfter(document, sequence) {
      const later = await log.readAfter(document, sequence)
      if (later) await reach(later.through)
      return later
    },
    tellPresence: (document, entries) => fanOut.tell({ type: 'presence', document, entries }),
    async close() {
      isClosed = true
      clearInterval(timer)
      await looking?.catch(() => undefined)
    },
  }
}

/** The same log, which tells the others of each commit. */
export function tellingOthers(log: UpdateLog, fanOut: FanOut): UpdateLog {
  return {
    ...log,
    async append(rows, at) {
      const sequences = await log.append(rows, at)
      const newest = new Map(rows.map(({ document }, index) => [document, sequences[index] ?? 0]))
      for (const [document, sequence] of newest) fanOut.tell({ type: 'moved', document, sequence })
      return sequences
    },
  }
}
