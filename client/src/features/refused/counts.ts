/** What of the refused edits still asks for something. */
import type { RefusedEdit } from '../../session/session.ts'

export interface RefusedCounts {
  /** Nobody else has them. */
  readonly open: number
  /** A leader has decided. */
  readonly decided: number
  /** Places whose documents left this device. */
  readonly left: number
}

export function countsOf(edits: readonly RefusedEdit[]): RefusedCounts {
  const counts = { open: 0, decided: 0, left: 0 }
  for (const { left, handover } of edits) {
    if (left) counts.left++
    else if (!handover || handover.state === 'refused') counts.open++
    else if (handover.state === 'adopted' || handover.state === 'discarded') counts.decided++
  }
  return counts
}
