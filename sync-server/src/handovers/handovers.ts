/** The port to the quarantine 待处理的修改: edits that the relay did not take and their authors handed to the leaders of the grid. */
import type { GridCode, Instant } from '@tongge/model'
import type { HandedEdit } from '@tongge/protocol'

export interface Handover extends HandedEdit {
  readonly grid: GridCode
  readonly author: string
  readonly receivedAt: Instant
}

export interface Decision {
  readonly verdict: 'adopted' | 'discarded'
  readonly by: string
  readonly at: Instant
}

export interface HandoverRecord {
  readonly id: string
  readonly author: string
  readonly grid: GridCode
  readonly decision?: Decision
}

/** `foreign`: another account has handed over something under that id. `tooMuch`: so much of this account waits that nothing more is taken. */
export type TakeAnswer = HandoverRecord | 'foreign' | 'tooMuch'

/** Each write is one transaction with what the audit log tells of it, durable when the promise resolves. */
export interface Handovers {
  /** One that is known already stays as it is. */
  take(handover: Omit<Handover, 'receivedAt'>): Promise<TakeAnswer>
  find(id: string): Promise<HandoverRecord | undefined>
  /** Oldest first, decided ones too. */
  of(author: string): Promise<readonly HandoverRecord[]>
  /** The oldest of them, oldest first. One that does not open is left out. */
  waiting(grid: GridCode): Promise<readonly Handover[]>
  /** Forgets what it said. The first decision holds: answers with it, or undefined where there is no such handover. */
  decide(id: string, decision: Omit<Decision, 'at'>): Promise<Decision | undefined>
  /** Ids of the keys under which something rests. */
  keys(): ReadonlySet<string>
  /** Seals everything anew under the newest key; what does not open stays. Answers how many it was. */
  reseal(): number
}

export const handoverLimits = {
  /** Bytes of one edit as JSON. */
  bytes: 262_144,
  /** What may wait of one account. */
  waiting: 500,
  waitingBytes: 8_388_608,
  /** What a leader is shown at once; the rest follows once these are decided. */
  shown: 200,
} as const
