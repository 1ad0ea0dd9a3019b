/** 公示: who is to be taken on is made public for seven working days (湖州 measures, 公示 7 个工作日). */
import type { WorkCalendar } from '../tickets/calendar.ts'
import type { Day } from '../time.ts'

export const publicityWorkdays = 7

/** Both days included. */
export function isPublishedLongEnough(from: Day, to: Day, calendar: WorkCalendar): boolean {
  return calendar.workdaysBetween(from, to) + (calendar.isWorkday(from) ? 1 : 0) >= publicityWorkdays
}
