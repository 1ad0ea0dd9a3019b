/**
 * Judges every update by what it means: role × kind of document × path × operation, from the model's permission table.
 * What an update means is read by crdt; a document is read in when somebody first writes in it.
 */
import {
  allows,
  createDocumentGuard,
  documentShape,
  type DocumentGuard,
  type DocumentShape,
  type Refusal,
  type Reveal,
} from '@tongge/crdt'
import { roles as allRoles, type DocumentClass } from '@tongge/model'
import { parseDocumentName } from '@tongge/protocol'
import type { AuditEvent } from '@tongge/protocol/audit'
import { relayAccount, type Author, type Guard, type Logger, type Verdict } from '../ports.ts'
import { writeReceipts } from './write-receipts.ts'

/** A client that sends all that the relay lacks can mend these. */
const mendable: ReadonlySet<Refusal> = new Set(['gap', 'unborn', 'unclaimedSlot'])

/** Documents that the relay alone writes. Its receipts in others it does not ask about. */
const relayWrites: ReadonlySet<DocumentClass> = new Set(['org', 'roster'])

interface Watched {
  readonly kind: DocumentClass
  readonly shape: DocumentShape | undefined
  readonly isWhole: boolean
  /** Until somebody writes. */
  waiting: Uint8Array[]
  guard: DocumentGuard | undefined
  /** Allowed and not yet admitted. */
  held: Uint8Array | undefined
  /** Something could not be read in: until the document is loaded anew nothing is taken. */
  isLost: boolean
}

export interface JudgingGuard extends Guard {
  /** Bytes that it takes beside the documents, about. */
  readonly bytes: number
}

export interface GuardOptions {
  readonly logger: Logger
  /** The relay was put back to an older state not long ago: whoever has what it lost gives it back, whoever wrote it. */
  readonly isHealing?: () => boolean
}

export function createGuard({ logger, isHealing = () => false }: GuardOptions): JudgingGuard {
  const watchedByDocument = new Map<string, Watched>()

  const watch = (document: string, waiting: readonly Uint8Array[], isWhole: boolean): Watched | undefined => {
    const name = parseDocumentName(document)
    if (!name) return undefined
    const shape = documentShape(name.kind, 'quarter' in name ? name.quarter : undefined)
    const watched: Watched = {
      kind: name.kind,
      shape,
      isWhole,
      waiting: shape ? [...waiting] : [],
      guard: undefined,
      held: undefined,
      isLost: false,
    }
    watchedByDocument.set(document, watched)
    return watched
  }

  const guardOf = (watched: Watched): DocumentGuard | undefined => {
    if (!watched.guard && watched.shape) {
      const guard = createDocumentGuard(watched.shape)
      for (const update of watched.waiting) guard.take(update)
      watched.guard = guard
      watched.waiting = []
    }
    return watched.guard
  }

  const verdictOn = (document: string, watched: Watched, update: Uint8Array, author: Author): Verdict => {
    const { kind } = watched
    // Asked once: the answer is worked out anew each time.
    const { account, roles: held } = author
    if (account === relayAccount && held.length === 0)
      return relayWrites.has(kind) ? { allowed: true } : refused('notAllowed')
    if (watched.isLost) return { ...refused('unreadable'), isGap: true }
    const guard = guardOf(watched)
    // Nobody writes where the relay alone writes, or where it is not laid down yet what stands where.
    if (!guard) return refused(relayWrites.has(kind) ? 'notAllowed' : 'unknownPlace')
    const heals = !watched.isWhole || isHealing()
    const meaning = guard.read(update, account, heals)
    if (!meaning.ok) return { ...refused(meaning.refusal, meaning.path), isGap: mendable.has(meaning.refusal) }
    // What is given back was once allowed to somebody.
    const roles = heals ? allRoles : allRoles.filter((role) => held.includes(role))
    const beyond = meaning.deeds.find((deed) => !allows(roles, kind, deed))
    if (beyond) return refused('notAllowed', `${beyond.path} ${beyond.operation}`)
    const told = meaning.reveals.map((reveal) => eventOf(document, reveal))
    const { received } = meaning
    return { allowed: true, ...(told.length > 0 && { told }), ...(received.length > 0 && { received }) }
  }

  return {
    judge(document, update, author) {
      const watched = watchedByDocument.get(document) ?? watch(document, [], true)
      if (!watched) return refused('unknownPlace')
      let verdict: Verdict
      try {
        verdict = verdictOn(document, watched, update, author)
      } catch (error) {
        logger.error({ document, error }, 'an update cannot be judged')
        verdict = refused('unreadable')
      }
      watched.held = verdict.allowed ? update : undefined
      if (!verdict.allowed) {
        watched.guard?.drop()
        logger.warn({ document, reason: verdict.reason }, 'update refused')
      }
      return verdict
    },
    contradicts(document, update) {
      const watched = watchedByDocument.get(document)
      try {
        if (!watched || !guardOf(watched)?.contradicts(update)) return false
      } catch (error) {
        logger.error({ document, error }, 'an update cannot be compared')
        return false
      }
      logger.error({ document, reason: 'equivocation' }, 'two replicas have used the same clocks')
      return true
    },
    opened(document, content, isWhole) {
      watch(document, content, isWhole)
    },
    admitted(document, update) {
      const watched = watchedByDocument.get(document)
      if (!watched?.shape) return
      try {
        if (!watched.guard) watched.waiting.push(update)
        else if (watched.held === update) watched.guard.keep()
        else watched.guard.take(update)
      } catch (error) {
        logger.error({ document, error }, 'what was taken cannot be read')
        watched.isLost = true
      }
      watched.held = undefined
    },
    closed(document) {
      watchedByDocument.delete(document)
    },
    receipts: writeReceipts,
    get bytes() {
      let sum = 0
      for (const { guard } of watchedByDocument.values()) sum += guard?.bytes ?? 0
      return sum
    },
  }
}

function eventOf(document: string, { account, record, fields, reason, at }: Reveal): AuditEvent {
  return { type: 'reveal', account, document, record, fields, reason, deviceAt: at }
}

/** Codes and paths of meaning only: no ids, no names, no values. */
function refused(refusal: Refusal | 'notAllowed' | 'unreadable', path = ''): Verdict & { readonly allowed: false } {
  return { allowed: false, reason: path ? `${refusal} ${path}` : refusal }
}
