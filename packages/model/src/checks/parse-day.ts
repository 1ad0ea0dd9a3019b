/** Dates as offices write them. */
import { isDay, type Day } from '../time.ts'
import { plainText } from './text.ts'

/** 1985-03-02, 1985.3.2, 1985/3/2, 1985年3月2日, 19850302, each optionally followed by a time of day, which is dropped. */
export function parseDay(text: string): Day | undefined {
  const plain = plainText(text)
  const match =
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T].*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!match) return undefined
  const [, year = '', month = '', day = ''] = match
  const parsed = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(parsed) ? parsed : undefined
}
