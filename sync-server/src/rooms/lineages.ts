/**
 * What is written in an older generation of a document: it is stored together with what it adds to each later one, or not at all.
 * And how a document begins its next generation. One thing at a time in each lineage.
 */
import { closeReasons, lineageOf, type CloseReason } from '@tongge/protocol'
import {
  MovedOn,
  type Folding,
  type LoggedUpdate,
  type Logger,
  type Positions,
  type StoredDocument,
  type UpdateLog,
} from '../ports.ts'
import type { Newest } from './newest.ts'
import type { Room } from './peer.ts'
import { TaskFailure } from '../worker-queue.ts'

/** What came late cannot be carried over to the newer generations; nothing of it is stored. */
export class CarryFailure extends Error {
  override readonly name = 'CarryFailure'
  readonly closeReason: CloseReason

  constructor(cause: unknown) {
    super('what came late cannot be carried over', { cause })
    // What the worker fails at it will fail at the next time; that it died may have had other reasons.
    this.closeReason =
      cause instanceof TaskFailure
        ? { code: closeReasons.refused.code, reason: 'update cannot be carried over' }
        : { code: closeReasons.storage.code, reason: 'update cannot be carried over for now' }
  }
}

export interface Lineages {
  /** Stores rows of one document, of whatever generation, where documents are still where `at` says. Resolves with their sequences. */
  append(document: string, rows: readonly LoggedUpdate[], at: Positions): Promise<readonly number[]>
  /** What is stored of a document; of an older generation nothing is on its way into it meanwhile. */
  read(document: string): Promise<StoredDocument>
  /**
   * Begins the next generation if it takes no more than this share of the bytes, and sends everybody there.
   * False when that failed for now: the answer may be another one the next time. Never rejects.
   */
  renew(room: Room, share: number): Promise<boolean>
}

interface Context {
  readonly log: UpdateLog
  readonly logger: Logger
  readonly newest: Newest
  readonly folding: Folding | undefined
  /** Undefined when there is no place for another document. */
  readonly enter: (document: string) => Room | undefined
  readonly opened: (document: string) => Room | undefined
  /** Whether other relays write the same log. */
  readonly isShared: boolean
}

/** A V1 update of nothing: it moves a document on, so that no relay that has not heard of the next generation writes in it as in the newest. */
const nothing = Uint8Array.of(0, 0)

export function createLineages({ log, logger, newest, folding, enter, opened, isShared }: Context): Lineages {
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(document: string, work: () => Promise<T>): Promise<T> => {
    const lineage = lineageOf(document)
    const mine = (turns.get(lineage) ?? Promise.resolve()).then(work)
    const ended = mine.then(
      () => undefined,
      () => undefined,
    )
    turns.set(lineage, ended)
    void ended.then(() => turns.get(lineage) === ended && turns.delete(lineage))
    return mine
  }

  const stored = async (
    document: string,
  ): Promise<{ readonly document: string; readonly updates: readonly Uint8Array[]; readonly through: number }> => {
    const { snapshot, tail, through } = await log.read(document)
    return { document, updates: snapshot ? [snapshot, ...tail] : tail, through }
  }

  const appendLate = async (
    document: string,
    rows: readonly LoggedUpdate[],
    at: Positions,
  ): Promise<readonly number[]> => {
    const last = newest.of(document)
    const enterLast = (): Room => {
      const room = enter(last)
      if (!room) throw new Error(`${last} cannot be opened`)
      return room
    }
    if (!folding) throw new Error(`nothing can be carried over to ${last}`)
    const room = enterLast()
    await room.ready()
    const between = newest.after(document).slice(0, -1)
    const older = await Promise.all([document, ...between].map(stored))
    const readAt = new Map(older.map(({ document: name, through }) => [name, through]))
    if (isShared && readAt.get(document) !== at.get(document)) throw new MovedOn(document)
    const late = rows.map(({ update }) => update)
    const carried = await folding
      .carry([...older.map(({ updates }) => updates), room.updates()], late)
      .catch((error: unknown) => {
        throw new CarryFailure(error)
      })
    const account = rows.every((row) => row.account === rows[0]?.account) ? (rows[0]?.account ?? '') : ''
    const passing = between.flatMap((name, index): LoggedUpdate[] => {
      const update = carried[index]
      return update ? [{ document: name, update, account }] : []
    })
    // Nobody may have been in it, and it have been let go of, while that took its time.
    const sequences = await enterLast().adopt(carried[between.length], account, [...rows, ...passing], readAt)
    // It does not know of what went through it.
    for (const { document: name } of passing) opened(name)?.discard()
    return sequences.slice(0, rows.length)
  }

  const begin = async (room: Room, share: number): Promise<boolean> => {
    const { document } = room
    if (!folding || newest.of(document) !== document) return true
    await room.ready()
    const release = await room.hold()
    try {
      // While this waited for its turn the room may have been let go of; another one may be taking updates in.
      if (opened(document) !== room || !room.isWhole) return false
      const at = new Map([[document, room.position]])
      const first = await folding.begin(room.updates(), room.bytes * share)
      if (!first) return true
      const next = newest.next(document)
      const begun = { document: next, update: first, account: '' }
      if (isShared) await log.append([{ document, update: nothing, account: '' }, begun], at)
      else await log.append([begun])
      newest.note(next)
      logger.info({ document: next, bytes: first.length }, 'a document has begun anew')
    } finally {
      release()
    }
    room.dismissAll(closeReasons.superseded)
    return true
  }

  return {
    append(document, rows, at) {
      if (newest.of(document) !== document) return inTurn(document, () => appendLate(document, rows, at))
      return isShared ? log.append(rows, at) : log.append(rows)
    },
    read: (document) =>
      newest.of(document) === document ? log.read(document) : inTurn(document, () => log.read(document)),
    renew: (room, share) =>
      inTurn(room.document, () => begin(room, share)).catch((error: unknown) => {
        // Another relay has written in it, or has begun the next one.
        if (error instanceof MovedOn) return false
        logger.error({ document: room.document, error }, 'a document cannot begin anew')
        return error instanceof TaskFailure
      }),
  }
}
