/** The numbers a room needs; see sockets/limits.ts for those in use. */
import type { PresenceLimits } from './presence.ts'
import type { ScanLimits } from './scan-update.ts'

export interface RoomLimits extends PresenceLimits, ScanLimits {
  readonly updateBytes: number
  readonly documentBytes: number
  /** Messages that may come before the document is loaded. */
  readonly earlyMessages: number
  /** A joining client gets the document in parts of about this size. */
  readonly partBytes: number
  /** The tail is folded into the base beyond this many bytes, or rows, but not more often than this. */
  readonly foldBytes: number
  readonly foldRows: number
  readonly foldEveryMs: number
}
