/** When a ticket must have been answered, reached and resolved. */
import { dayLength, dayOf, startOfDay, type Instant } from '../time.ts'
import type { WorkCalendar } from './calendar.ts'
import { categoryOf, type Term } from './taxonomy.ts'
import type { Due } from './types.ts'

/** A time the clock stood still; without `to` it still does. */
export interface Suspension {
  readonly from: Instant
  readonly to?: Instant
}

export interface DueInput {
  readonly discoveredAt: Instant
  readonly submittedAt: Instant
  /** Code of list RISK, once graded. */
  readonly risk?: string | undefined
  /** In order of time, not overlapping. */
  readonly suspensions?: readonly Suspension[]
  readonly calendar: WorkCalendar
}

/** Times for a category; an unknown category has none. While the clock stands still, times that were not yet over are absent. */
export function dueOf(category: string, input: DueInput): Due {
  const spec = categoryOf(category)
  if (!spec) return {}
  const graded = isRisk(input.risk) ? spec.resolveByRisk?.[input.risk] : undefined
  // Not graded yet: the category's own time, or else that of the highest risk.
  const resolve = graded ?? spec.resolve ?? spec.resolveByRisk?.H
  const respond =
    spec.respond && deadline(spec.respond, spec.respondByReport ? input.discoveredAt : input.submittedAt, input)
  const onSite = spec.onSite && deadline(spec.onSite, input.submittedAt, input)
  const resolved = resolve && deadline(resolve, input.submittedAt, input)
  return {
    ...(respond === undefined ? {} : { respond }),
    ...(onSite === undefined ? {} : { onSite }),
    ...(resolved === undefined ? {} : { resolve: resolved }),
  }
}

function isRisk(code: string | undefined): code is 'H' | 'M' | 'L' {
  return code === 'H' || code === 'M' || code === 'L'
}

function deadline(term: Term, from: Instant, { calendar, suspensions = [] }: DueInput): Instant | undefined {
  let due = 'minutes' in term ? from + term.minutes * 60_000 : endOfWorkday(dayOf(from), term.workdays, calendar)
  for (const pause of suspensions) {
    if (pause.from >= due) break
    if (pause.to === undefined) return undefined
    due =
      'minutes' in term
        ? due + Math.max(0, pause.to - pause.from)
        : endOfWorkday(dayOf(due), calendar.workdaysBetween(dayOf(pause.from), dayOf(pause.to)), calendar)
  }
  return due
}

/** The last millisecond of the nth working day after `day`: the day itself does not count. */
function endOfWorkday(day: string, count: number, calendar: WorkCalendar): Instant {
  return startOfDay(calendar.addWorkdays(day, count)) + dayLength - 1
}
