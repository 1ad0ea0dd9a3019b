/** Due times in the groups a person plans by. */
import { dayLength, dayOf, startOfDay, type DueState, type Instant } from '@tongge/model'

export const terms = ['overdue', 'today', 'week', 'later', 'none'] as const
export type DueTerm = (typeof terms)[number]

/** Every ticket is in one of them: `none` are those whose clock stands or is done. */
export function countByTerm(dues: readonly DueState[], now: Instant): Readonly<Record<DueTerm, number>> {
  const counts: Record<DueTerm, number> = { overdue: 0, today: 0, week: 0, later: 0, none: 0 }
  const tonight = startOfDay(dayOf(now)) + dayLength
  for (const { at, label } of dues) {
    const term =
      at === undefined || label === 'none'
        ? 'none'
        : label === 'overdue'
          ? 'overdue'
          : at < tonight
            ? 'today'
            : at < tonight + 6 * dayLength
              ? 'week'
              : 'later'
    counts[term] += 1
  }
  return counts
}
