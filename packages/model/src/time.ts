/** Time as the model carries it: an instant in whole milliseconds and a calendar day as text. China has one zone, UTC+8, no DST. */

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = number
/** A calendar day `YYYY-MM-DD` in China Standard Time. */
export type Day = string

const zoneOffset = 8 * 3_600_000
export const dayLength = 86_400_000

export function dayOf(at: Instant): Day {
  return new Date(at + zoneOffset).toISOString().slice(0, 10)
}

/** The first millisecond of the day. */
export function startOfDay(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`) - zoneOffset
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** The quarter a work document covers, as `2026q4`. */
export type Quarter = string

export function quarterOf(at: Instant): Quarter {
  const [year, month] = dayOf(at).split('-')
  return `${year}q${Math.ceil(Number(month) / 3)}`
}

/** Whole years between two days. */
export function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}
