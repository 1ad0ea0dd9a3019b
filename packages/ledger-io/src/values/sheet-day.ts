/** Days as offices write them: 1985.3.2, 1985-3-2, 19850302, 1985年3月2日, 1985/3, or a spreadsheet's serial number. */
import { type Day, isDay } from '@tongge/model'

export interface ReadDay {
  readonly day: Day
  /** The text named no day of the month (or a year of two digits); the first and the nearest past century were taken. */
  readonly assumed: boolean
}

/** `today` decides the century of a year of two digits. */
export interface DayOptions {
  readonly date1904: boolean
  readonly today: Day
}

const parted =
  /^(\d{4}|\d{2})\s*[-./年,\\]\s*(\d{1,2})\s*(?:[-./月,\\]\s*(?:(\d{1,2})\s*[日号.]?)?)?(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/
const packed = /^(19|20)(\d{2})(\d{2})(\d{2})?$/

export function parseSheetDay(text: string, options: DayOptions): ReadDay | undefined {
  const compact = packed.exec(text)
  if (compact) return toDay(`${compact[1]}${compact[2]}`, compact[3], compact[4], options.today)
  if (/^\d{5}(\.\d+)?$/.test(text))
    return { day: serialToDay(Math.floor(Number(text)), options.date1904), assumed: false }
  const parts = parted.exec(text)
  return parts ? toDay(parts[1] ?? '', parts[2], parts[3], options.today) : undefined
}

function toDay(year: string, month: string | undefined, date: string | undefined, today: Day): ReadDay | undefined {
  const full = year.length === 4 ? year : `${year <= today.slice(2, 4) ? '20' : '19'}${year}`
  const day = `${full}-${(month ?? '').padStart(2, '0')}-${(date ?? '1').padStart(2, '0')}`
  return isDay(day) ? { day, assumed: date === undefined || year.length === 2 } : undefined
}

/** Serials of five digits only, so the spreadsheet's invented 1900-02-29 (serial 60) never matters. */
function serialToDay(serial: number, date1904: boolean): Day {
  const zero = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return new Date(zero + serial * 86_400_000).toISOString().slice(0, 10)
}
