/** The figure inside a coverage ring. */
import { percent } from '../i18n/format.ts'

/** Such as `83%`, rounded down; `–` when there is nothing to divide by. */
export function shareText(part: number, whole: number): string {
  return whole > 0 ? percent(part / whole) : '–'
}
