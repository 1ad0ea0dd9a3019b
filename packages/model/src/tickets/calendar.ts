/** 工作日: which days are worked, from the published holiday arrangements and a table of local overrides. */
import chineseDays from 'chinese-days'
import { dayLength, dayOf, startOfDay, type Day } from '../time.ts'

/** Days that differ from what is published, such as a newly announced shift: `work` or `rest`. */
export type CalendarOverrides = Readonly<Record<Day, 'work' | 'rest'>>

export interface WorkCalendar {
  isWorkday(day: Day): boolean
  /** The nth working day after `day`; `day` itself for 0. */
  addWorkdays(day: Day, count: number): Day
  /** Working days after `from` up to and including `to`; 0 when `to` is not later. */
  workdaysBetween(from: Day, to: Day): number
  /** The last year whose holidays are known; later years fall back to Monday to Friday. */
  readonly lastKnownYear: number
}

export function createCalendar(overrides: CalendarOverrides = {}): WorkCalendar {
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
    lastKnownYear: Math.max(publishedUntil(), ...Object.keys(overrides).map((day) => Number(day.slice(0, 4)))),
  }
}

/**
 * The library looks a day up by its text, but takes the weekday of all others in the zone of the device: west of Greenwich that is
 * the day before. So it is asked for the listed days only, whose names carry a comma (`National Day,国庆节,3`).
 */
function isPublishedWorkday(day: Day): boolean {
  // oxlint-disable-next-line import/no-named-as-default-member -- Node finds no named exports in this package's CommonJS build.
  const { name, work } = chineseDays.getDayDetail(day)
  return name.includes(',') ? work : isWeekday(day)
}

function isWeekday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday > 0 && weekday < 6
}

function nextDay(day: Day): Day {
  return dayOf(startOfDay(day) + dayLength)
}

let published: number | undefined

/** A year is published when a weekday of its National Day week is a day off. */
function publishedUntil(): number {
  if (published !== undefined) return published
  let year = 2004
  while (hasNationalHoliday(year + 1)) year += 1
  published = year
  return year
}

function hasNationalHoliday(year: number): boolean {
  return [1, 2, 3, 4, 5].some((date) => {
    const day = `${year}-10-0${date}`
    return isWeekday(day) && !isPublishedWorkday(day)
  })
}
