/** Due times in the four groups a person plans by. */
import { dayLength, dayOf, startOfDay, type DueState, type Instant } from '@tongge/model'

export const terms = ['overdue', 'today', 'week', 'later'] as const
export type DueTerm = (typeof terms)[number]

/** Tickets without a due time are in none of them. */
export function countByTerm(dues: readonly DueState[], now: Instant): Readonly<Record<DueTerm, number>> {
  const counts: Record<DueTerm, number> = { overdue: 0, today: 0, week: 0, later: 0 }
  const tonight = startOfDay(dayOf(now)) + dayLength
  for (const { at, label } of dues) {
    if (at === undefined || label === 'none') continue
    counts[
      label === 'overdue' ? 'overdue' : at < tonight ? 'today' : at < tonight + 6 * dayLength ? 'week' : 'later'
    ] += 1
  }
  return counts
}
