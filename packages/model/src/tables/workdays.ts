/**
 * 放假与调休: days that differ from the holiday arrangements the app carries.
 *
 * The State Council publishes a year's arrangements in the autumn before it. Until the library of published days has them, write
 * them here, one line a day off or shifted weekend, from the notice itself: `'2027-01-01': 'rest'`, `'2027-02-06': 'work'`.
 * A year counts as known once a weekday of its National Day week is off, so enter a year's notice whole or not at all.
 * Days that a street works or rests by itself (a flood, an assembly) stand here too; they make no year known.
 */
import type { Day } from '../time.ts'

/** Days that differ from what is published, such as a newly announced shift: `work` or `rest`. */
export type CalendarOverrides = Readonly<Record<Day, 'work' | 'rest'>>

export const workdayOverrides: CalendarOverrides = {}
