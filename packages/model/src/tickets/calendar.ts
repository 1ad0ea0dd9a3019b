/** 工作日: which days are worked, from the published holiday arrangements and a table of local overrides. */
// Its table alone: the library works all its days out when it is loaded, which keeps a slow phone from its first page.
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { TicketTimes } from '../parameters/parameters.ts'
import { workdayOverrides, type CalendarOverrides } from '../tables/workdays.ts'
import { dayLength, dayOf, startOfDay, type Day, type Instant } from '../time.ts'

export interface WorkCalendar {
  isWorkday(day: Day): boolean
  /** The nth working day after `day`; `day` itself for 0. */
  addWorkdays(day: Day, count: number): Day
  /** Working days after `from` up to and including `to`; 0 when `to` is not later. */
  workdaysBetween(from: Day, to: Day): number
  /** The last year whose holidays are known; later years fall back to Monday to Friday. */
  readonly lastKnownYear: number
  /** What a community set for a category, for tickets reported at that time; absent in a calendar of no community. */
  readonly timesOf?: (category: string, reportedAt: Instant) => TicketTimes
}

/** With the app's own table unless a test says otherwise: every replica must count the same days. */
export function createCalendar(overrides: CalendarOverrides = workdayOverrides): WorkCalendar {
  const isWorkday = (day: Day): boolean =>
    Object.hasOwn(overrides, day) ? overrides[day] === 'work' : isPublishedWorkday(day)
  return {
    isWorkday,
    addWorkdays(day, count) {
      let current = day
      for (let left = count; left > 0;) {
        current = nextDay(current)
        if (isWorkday(current)) left -= 1
      }
      return current
    },
    workdaysBetween(from, to) {
      let count = 0
      for (let day = from; day < to;) {
        day = nextDay(day)
        if (isWorkday(day)) count += 1
      }
      return count
    },
    lastKnownYear: knownAfter(publishedUntil(), isWorkday),
  }
}

function isPublishedWorkday(day: Day): boolean {
  if (Object.hasOwn(published.workdays, day)) return true
  return !Object.hasOwn(published.holidays, day) && isWeekday(day)
}

function isWeekday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday > 0 && weekday < 6
}

function nextDay(day: Day): Day {
  return dayOf(startOfDay(day) + dayLength)
}

let knownUntil: number | undefined

function publishedUntil(): number {
  knownUntil ??= knownAfter(2004, isPublishedWorkday)
  return knownUntil
}

/** A year is known when a weekday of its National Day week is a day off; single days that differ make no year known. */
function knownAfter(year: number, isWorkday: (day: Day) => boolean): number {
  let known = year
  while (hasNationalHoliday(known + 1, isWorkday)) known += 1
  return known
}

function hasNationalHoliday(year: number, isWorkday: (day: Day) => boolean): boolean {
  return [1, 2, 3, 4, 5].some((date) => {
    const day = `${year}-10-0${date}`
    return isWeekday(day) && !isWorkday(day)
  })
}
