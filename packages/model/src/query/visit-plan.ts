/** How often a visit plan 走访计划 asks for somebody at the door. */
import { dayLength, dayOf, startOfDay, type Instant } from '../time.ts'

const daysByRule: Readonly<Record<string, number>> = { daily: 1, weekly: 7, monthly: 30 }

/** Undefined for an irregular plan, and for one of a later version. */
export function daysBetweenVisits(rule: string | undefined): number | undefined {
  return rule === undefined ? undefined : daysByRule[rule]
}

/** Counted in calendar days: a visit of yesterday evening makes a daily one due this morning. */
export function nextVisit(last: Instant, days: number): Instant {
  return startOfDay(dayOf(last)) + days * dayLength
}
