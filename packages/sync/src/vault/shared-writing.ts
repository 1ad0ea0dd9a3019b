/** One tab writes for all: hands edits to it, takes its confirmations, and takes over when it is gone. Knows messages and locks, no disk. */
import type { FailureReason } from '../provider.ts'
import { createDeferred, type SetTimer } from '../timing.ts'
import type { Entry } from './entry.ts'
import type { TabMessage, Tabs } from './tabs.ts'
import type { Attachments, Report } from './upkeep.ts'
import type { Writer } from './writer.ts'

export interface SharedWriting {
  isWriting(): boolean
  /** Takes a tab's own entries: stores them or hands them to the tab that does. */
  readonly offer: (entries: readonly Entry[]) => void
  readonly flush: () => Promise<void>
  /** The disk confirmed these. */
  confirm(ids: readonly string[]): void
  fail(reason: FailureReason | undefined): void
  /** Why edits do not reach the disk, here or in the tab that writes. */
  readonly failure: () => FailureReason | undefined
  close(): void
}

export interface SharedWritingOptions {
  readonly tab: string
  readonly lockName: string
  readonly writer: Writer
  readonly tabs: Tabs
  /** Undefined when this tab writes for itself. */
  readonly locks: Pick<LockManager, 'request'> | undefined
  readonly attachments: Attachments
  readonly setTimer: SetTimer | undefined
  readonly report: Report
}

const offerAgainAfter = 2_000
/** Unanswered offers before a tab writes for itself; the row sequence keeps that safe. */
const offersBeforeOwnWrite = 3

export function createSharedWriting({
  tab,
  lockName,
  writer,
  tabs,
  locks,
  attachments,
  setTimer,
  report,
}: SharedWritingOptions): SharedWriting {
  let writing = locks === undefined
  let unanswered = 0
  /** What the tab that writes ran into. */
  let reported: FailureReason | undefined
  let closed = false
  let cancelOffer: (() => void) | undefined
  const held = createDeferred<void>()
  const giveUp = new AbortController()

  /** Hands the queue to the tab that writes, again and again until it answers. */
  const offerAll = (): void => {
    cancelOffer?.()
    cancelOffer = undefined
    if (closed || writing || writer.queue.size === 0) return
    if (unanswered >= offersBeforeOwnWrite) {
      unanswered = 0
      void writer.flush()
    } else tabs.tell({ type: 'entries', from: tab, entries: [...writer.queue.values()] })
    cancelOffer = setTimer?.(() => {
      unanswered++
      offerAll()
    }, offerAgainAfter)
  }

  const offer = (entries: readonly Entry[]): void => {
    writer.enqueue(entries)
    const told = writing ? entries.filter((entry) => entry.local) : entries
    if (told.length > 0) tabs.tell({ type: 'entries', from: tab, entries: told })
    if (writing) void writer.flush()
    else cancelOffer ??= setTimer?.(offerAll, offerAgainAfter)
  }

  const confirm = (ids: readonly string[]): void => {
    writer.confirm(ids)
    for (const document of attachments.values()) document.confirm(ids)
  }

  const receive = (entries: readonly Entry[]): void => {
    // Whoever saw another's edit keeps it until it is on disk: its author may not live that long.
    for (const entry of entries) {
      if (!writing && !entry.local) continue
      writer.enqueue([entry])
      attachments.get(entry.document)?.receive([entry])
    }
    if (writing) void writer.flush()
    else if (writer.queue.size > 0) cancelOffer ??= setTimer?.(offerAll, offerAgainAfter)
  }

  const hear = (message: TabMessage): void => {
    switch (message.type) {
      case 'entries':
        return receive(message.entries)
      case 'durable':
        unanswered = 0
        reported = undefined
        return confirm(message.ids)
      case 'failed':
        if (writing) return
        reported = message.reason
        for (const document of attachments.values()) document.fail(reported)
        return
      case 'writer':
        return offerAll()
      case 'acknowledged':
        attachments.get(message.document)?.forget(message.ids)
        if (message.ids.some((id) => writer.queue.has(id))) writer.acknowledge(message.document, message.ids)
        return
      case 'ask': {
        const document = attachments.get(message.document)
        if (!document) return
        document.greet()
        return tabs.tell({
          type: 'answer',
          to: message.from,
          document: message.document,
          ...document.answer(message.vector),
        })
      }
      case 'answer':
        if (message.to === tab) attachments.get(message.document)?.hear(message.update, message.waiting)
        return
      case 'awareness':
        return attachments.get(message.document)?.hearAwareness(message.update)
    }
  }

  const takeOver = (): void => {
    writing = true
    reported = undefined
    cancelOffer?.()
    // The tab that wrote before may have written after this tab last looked.
    writer.reset()
    tabs.tell({ type: 'writer' })
    void writer.flush()
  }

  tabs.onMessage(hear)
  locks
    ?.request(lockName, { signal: giveUp.signal }, () => {
      if (closed) return undefined
      takeOver()
      return held.promise
    })
    .catch((error: unknown) => {
      if (closed) return
      report('unknown', `no lock to be had, this tab writes for itself: ${String(error)}`)
      takeOver()
    })

  return {
    isWriting: () => writing,
    offer,
    flush: async () => {
      if (writing) return writer.flush()
      offerAll()
    },
    confirm: (ids) => {
      confirm(ids)
      tabs.tell({ type: 'durable', ids })
    },
    fail: (reason) => {
      if (reason) tabs.tell({ type: 'failed', reason })
      for (const document of attachments.values()) document.fail(reason)
    },
    failure: () => writer.failure() ?? reported,
    close: () => {
      closed = true
      cancelOffer?.()
      held.resolve()
      giveUp.abort()
    },
  }
}
