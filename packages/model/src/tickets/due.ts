/** When a ticket must have been answered, reached and resolved. */
import { withTimes } from '../parameters/terms.ts'
import { dayLength, dayOf, startOfDay, type Instant } from '../time.ts'
import type { WorkCalendar } from './calendar.ts'
import { categoryOf, type Term } from './taxonomy.ts'
import type { Due, DueTerm } from './types.ts'

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
  const usual = categoryOf(category)
  if (!usual) return {}
  const spec = withTimes(usual, input.calendar.timesOf?.(category, input.submittedAt) ?? {})
  const graded = isRisk(input.risk) ? spec.resolveByRisk?.[input.risk] : undefined
  // Not graded yet: the category's own time, or else that of the highest risk.
  const resolve = graded ?? spec.resolve ?? spec.resolveByRisk?.H
  const terms: readonly (readonly [DueTerm, Term | undefined, Instant])[] = [
    ['respond', spec.respond, spec.respondByReport ? input.discoveredAt : input.submittedAt],
    ['onSite', spec.onSite, input.submittedAt],
    ['resolve', resolve, input.submittedAt],
  ]
  const due: { -readonly [term in DueTerm]?: Instant } = {}
  const estimated: DueTerm[] = []
  for (const [what, term, from] of terms) {
    if (!term) continue
    const at = deadline(term, from, input)
    if (at === undefined) continue
    due[what] = at
    if ('workdays' in term && yearOf(at) > input.calendar.lastKnownYear) estimated.push(what)
  }
  return estimated.length === 0 ? due : { ...due, estimated }
}

function yearOf(at: Instant): number {
  return Number(dayOf(at).slice(0, 4))
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
