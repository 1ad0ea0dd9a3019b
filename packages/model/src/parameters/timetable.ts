/** The calendar of a community with its times of tickets: what every device of it folds tickets by. */
import { workdayOverrides } from '../tables/workdays.ts'
import { createCalendar, type WorkCalendar } from '../tickets/calendar.ts'
import type { CommunityParameters, EarlierTimes } from './parameters.ts'
import { setTimes } from './terms.ts'

/**
 * A ticket keeps the times that held when it was reported, whatever is set later; days that are worked or not count for all tickets at
 * once, as a holiday does. Both follow from the parameters and the steps alone, so every device comes to the same times.
 */
export function createTimetable(
  { ticketTimes = {}, workdays = {} }: CommunityParameters = {},
  earlier: readonly EarlierTimes[] = [],
): WorkCalendar {
  const before = earlier.toSorted((a, b) => a.until - b.until)
  return {
    ...createCalendar({ ...workdayOverrides, ...workdays }),
    timesOf: (category, reportedAt) =>
      setTimes(category, before.find(({ until }) => reportedAt < until)?.ticketTimes ?? ticketTimes),
  }
}
