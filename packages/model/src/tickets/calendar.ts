/** 工作日: which days are worked, from the published holiday arrangements and a table of local overrides. */
// Its table alone: the library works all its days out when it is loaded, which keeps a slow phone from its first page.
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
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

/** A year is published when a weekday of its National Day week is a day off. */
function publishedUntil(): number {
  if (knownUntil !== undefined) return knownUntil
  let year = 2004
  while (hasNationalHoliday(year + 1)) year += 1
  knownUntil = year
  return year
}

function hasNationalHoliday(year: number): boolean {
  return [1, 2, 3, 4, 5].some((date) => {
    const day = `${year}-10-0${date}`
    return isWeekday(day) && !isPublishedWorkday(day)
  })
}
