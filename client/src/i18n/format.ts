/** Numbers, days and times as the chosen language writes them. Times are shown in China Standard Time. */
import { dayOf, startOfDay, dayLength, type Day, type Instant } from '@tongge/model'
import { language, t } from './i18n.ts'

const timeZone = 'Asia/Shanghai'

/** Making a formatter costs far more than using it. */
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function formatter<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, create: (locale: string) => T): T {
  const key = `${name}/${language()}`
  const known = formatters.get(key)
  // Each name belongs to one call below, so the stored formatter is of its kind.
  if (known) return known as T
  const made = create(language())
  formatters.set(key, made)
  return made
}

const dateFormatter = (name: string, options: Intl.DateTimeFormatOptions) =>
  formatter(name, (locale) => new Intl.DateTimeFormat(locale, { timeZone, ...options }))

/** In groups of three digits, as both languages write them. The first formatter of a page costs a slow phone a tenth of a second. */
export function number(value: number): string {
  const [whole = '', part] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** Rounds down, so that 100% is shown only for all. */
export function percent(share: number): string {
  return `${Math.floor(share * 100)}%`
}

/** Such as 11月23日, with the year when it is not `today`'s. */
export function dayText(day: Day, today: Day): string {
  const short = { month: 'short', day: 'numeric' } as const
  const format =
    day.slice(0, 4) === today.slice(0, 4)
      ? dateFormatter('day', short)
      : dateFormatter('dayOfYear', { ...short, year: 'numeric' })
  return format.format(startOfDay(day))
}

/** Such as 11月23日星期一. */
export function longDayText(day: Day): string {
  return dateFormatter('longDay', { month: 'long', day: 'numeric', weekday: 'long' }).format(startOfDay(day))
}

export function timeText(at: Instant): string {
  return dateFormatter('time', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
}

/** 今天 09:30, 昨天 18:02, 11月3日 14:10. */
export function momentText(at: Instant, now: Instant): string {
  const day = dayOf(at)
  const time = timeText(at)
  if (day === dayOf(now)) return t('time.today', time)
  if (day === dayOf(now - dayLength)) return t('time.yesterday', time)
  return `${dayText(day, dayOf(now))} ${time}`
}

/** A length of time in its largest sensible unit, such as 3 天 or 25 分钟; never negative. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return t('time.minutes', minutes)
  if (minutes < 48 * 60) return t('time.hours', Math.floor(minutes / 60))
  return t('time.days', Math.floor(minutes / 1440))
}

/** Such as 12.4 MB; steps of 1024. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const format = formatter('bytes', (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
  return `${format.format(bytes / 1024 ** step)} ${units[step]}`
}
