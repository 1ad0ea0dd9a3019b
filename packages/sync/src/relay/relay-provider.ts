/** The shapes between the link, its channels and those who attach documents. */
import type { Awareness } from 'y-protocols/awareness'
import type { FailureReason, Provider } from '../provider.ts'

/** What the link asks of the place where the document rests; a VaultProvider fits. */
export interface LocalCopy {
  /** The channel opens after it. */
  readonly ready?: Promise<void>
  /** Every edit emitted so far is on disk. A rejection lets the edits go to the relay: it is the only place left to keep them. */
  readonly durable: () => Promise<void>
  readonly markSent: () => number
  readonly acknowledged: (mark: number) => void
  /** Local edits the relay has not committed, from earlier sessions too. */
  readonly unsent?: () => number
}

export interface RelayProvider extends Provider {
  readonly awareness: Awareness
  /** Whether the relay lets this account write the document; true until it says otherwise. */
  readonly write: boolean
}

/** What a channel needs of the physical socket. */
export interface Line {
  open(channel: RelayChannel, name: string): number
  /** What is too large for one frame goes in pieces, as the line has room; the promise is for whatever must come after it. */
  data(number: number, message: Uint8Array): void | Promise<void>
  close(number: number): void
  isUp(): boolean
}

export interface RelayChannel {
  readonly provider: RelayProvider
  /** The physical socket is open. */
  up(): void
  /** The physical socket is gone. */
  down(): void
  opened(number: number, write: boolean): void
  received(number: number, message: Uint8Array): void
  acknowledged(number: number, count: number): void
  closed(number: number, code: number): void
  alive(): void
  /** The link gave up until it is connected again. */
  stop(reason: FailureReason): void
}

const reasonByCode: Readonly<Record<number, FailureReason>> = {
  1009: 'tooLarge',
  4401: 'signedOut',
  4403: 'forbidden',
  4404: 'absent',
  4405: 'readOnly',
  4422: 'refused',
  4413: 'tooLarge',
  4426: 'unsupported',
}

export function reasonOfCode(code: number): FailureReason {
  return reasonByCode[code] ?? 'unknown'
}
