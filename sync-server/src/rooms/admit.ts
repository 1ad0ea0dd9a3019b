/** Whether one update may enter a document. Changes nothing. */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Guard } from '../ports.ts'
import { deepestType, nestingOf } from './nesting.ts'
import { newsOf, repeats, type Fitting, type Known } from './known.ts'
import type { Peer } from './peer.ts'
import type { RoomLimits } from './room-limits.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

export type Admission =
  /** `received`: ids of what in it is to have a receipt. */
  | {
      readonly outcome: 'news'
      readonly news: ScannedUpdate
      readonly fitting: Fitting
      readonly told: readonly AuditEvent[]
      readonly received: readonly string[]
    }
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly reason: CloseReason }

export interface AdmissionContext {
  readonly document: string
  readonly known: Known
  /** Of the document, with what is admitted and not yet committed. */
  readonly bytes: number
  readonly guard: Guard
  readonly limits: RoomLimits
}

export function admitUpdate(bytes: Uint8Array, peer: Peer, context: AdmissionContext): Admission {
  const { document, known, guard, limits } = context
  if (bytes.length > limits.updateBytes) return refused(closeReasons.tooLarge)
  const update = scanUpdate(bytes, limits)
  if (update === 'malformed' || update === 'tooLarge') return refused(closeReasons[update])
  const fitting = update === 'incomplete' ? undefined : known.fit(update)
  // Who may only read has nothing to complete: it is refused all the same.
  if (!fitting) return refused(peer.mayWrite ? closeReasons.gap : closeReasons.readOnly)
  if (peer.mayWrite && repeats(fitting) && guard.contradicts?.(document, bytes))
    return refused({ code: closeReasons.refused.code, reason: 'equivocation' })
  const news = newsOf(fitting)
  if (!news) return { outcome: 'nothing' }
  if (!peer.mayWrite) return refused(closeReasons.readOnly)
  if (context.bytes + news.bytes.length > limits.documentBytes) return refused(closeReasons.tooLarge)
  if (nestingOf(fitting.update, fitting.runs) > deepestType)
    return refused({ code: closeReasons.refused.code, reason: 'shared types nested too deeply' })
  const verdict = guard.judge(document, news.bytes, peer.author)
  if (!verdict.allowed && verdict.isGap) return refused(closeReasons.gap)
  if (!verdict.allowed) return refused({ code: closeReasons.refused.code, reason: asciiReason(verdict.reason) })
  return { outcome: 'news', news, fitting, told: verdict.told ?? [], received: verdict.received ?? [] }
}

/** For an update that the relay itself made of what the document holds: it throws where that cannot be. */
export function admitOwn(bytes: Uint8Array, known: Known): Admission {
  const update = scanUpdate(bytes, unlimited)
  const fitting = typeof update === 'object' ? known.fit(update) : undefined
  if (!fitting) throw new Error('an update of the relay itself does not fit')
  const news = newsOf(fitting)
  return news ? { outcome: 'news', news, fitting, told: [], received: [] } : { outcome: 'nothing' }
}

function refused(reason: CloseReason): Admission {
  return { outcome: 'refused', reason }
}

/** A close frame has room for 123 bytes. */
function asciiReason(reason: string): string {
  return reason.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 120)
}
