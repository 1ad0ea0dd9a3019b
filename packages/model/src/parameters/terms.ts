/** The times of a category as they hold in a community. */
import { taxonomy, type Category, type Term } from '../tickets/taxonomy.ts'
import type { TermName, TermSetting, TicketTimes, TicketTimesByKind } from './parameters.ts'

const minutesPer = { minutes: 1, hours: 60, days: 1440 } as const

export function termOf({ count, unit }: TermSetting): Term {
  return unit === 'workdays' ? { workdays: count } : { minutes: count * minutesPer[unit] }
}

/** In the largest unit that leaves nothing over; a single day is 24 hours. */
export function settingOf(term: Term): TermSetting {
  if ('workdays' in term) return { count: term.workdays, unit: 'workdays' }
  const { minutes } = term
  if (minutes > 1440 && minutes % 1440 === 0) return { count: minutes / 1440, unit: 'days' }
  return minutes % 60 === 0 ? { count: minutes / 60, unit: 'hours' } : { count: minutes, unit: 'minutes' }
}

export function isSameTerm(a: TermSetting | undefined, b: TermSetting | undefined): boolean {
  if (!a || !b) return a === b
  return JSON.stringify(termOf(a)) === JSON.stringify(termOf(b))
}

/** What the app itself gives. */
export function defaultTimes({ respond, onSite, resolve, resolveByRisk }: Category): TicketTimes {
  const terms: Readonly<Record<TermName, Term | undefined>> = {
    respond,
    onSite,
    resolve,
    resolveH: resolveByRisk?.H,
    resolveM: resolveByRisk?.M,
    resolveL: resolveByRisk?.L,
  }
  return Object.fromEntries(Object.entries(terms).flatMap(([name, term]) => (term ? [[name, settingOf(term)]] : [])))
}

const groupByCategory = new Map(taxonomy.flatMap(({ code, categories }) => categories.map((one) => [one.code, code])))

/** What the community set for a category: its own before that of its group. */
export function setTimes(category: string, byKind: TicketTimesByKind): TicketTimes {
  return { ...own(byKind, groupByCategory.get(category) ?? ''), ...own(byKind, category) }
}

function own(byKind: TicketTimesByKind, kind: string): TicketTimes | undefined {
  return Object.hasOwn(byKind, kind) ? byKind[kind] : undefined
}

export function withTimes(category: Category, times: TicketTimes): Category {
  const { respond, onSite, resolve, resolveH, resolveM, resolveL } = times
  const { resolveByRisk } = category
  return {
    ...category,
    ...(respond && { respond: termOf(respond) }),
    ...(onSite && { onSite: termOf(onSite) }),
    ...(resolve && { resolve: termOf(resolve) }),
    ...(resolveByRisk && {
      resolveByRisk: {
        H: resolveH ? termOf(resolveH) : resolveByRisk.H,
        M: resolveM ? termOf(resolveM) : resolveByRisk.M,
        L: resolveL ? termOf(resolveL) : resolveByRisk.L,
      },
    }),
  }
}
