/** Whether what a community wants to set holds together; each problem names its field by its path, such as `ticketTimes/safety.fire/respond`. */
import { isDay } from '../time.ts'
import { categoryOf, taxonomy } from '../tickets/taxonomy.ts'
import {
  termNames,
  timeUnits,
  type CommunityParameters,
  type EarlierTimes,
  type TermName,
  type TimeUnit,
} from './parameters.ts'

export interface ParametersProblem {
  readonly field: string
  readonly problem:
    | 'wrongType'
    | 'unknownField'
    | 'unknownKind'
    | 'unknownTerm'
    | 'badCount'
    | 'badUnit'
    | 'badDate'
    | 'tooMany'
  readonly detail?: string
}

/** Half a year is more than any source gives. */
const mostByUnit: Readonly<Record<TimeUnit, number>> = { minutes: 10_080, hours: 4392, days: 183, workdays: 125 }
const mostDays = 400

type Plain = Readonly<Record<string, unknown>>
type Tell = (field: string, problem: ParametersProblem['problem'], detail?: string) => void

export function checkParameters(value: unknown): readonly ParametersProblem[] {
  const problems: ParametersProblem[] = []
  const tell: Tell = (field, problem, detail) =>
    void problems.push({ field, problem, ...(detail === undefined ? {} : { detail }) })
  if (!isPlain(value)) {
    tell('parameters', 'wrongType')
    return problems
  }
  for (const [name, part] of Object.entries(value)) {
    if (!Object.hasOwn(parts, name)) tell(name, 'unknownField')
    else if (!isPlain(part)) tell(name, 'wrongType')
    else parts[name as keyof typeof parts](part, tell)
  }
  return problems
}

const parts = {
  ticketTimes: (byKind: Plain, tell: Tell) => {
    for (const [kind, times] of Object.entries(byKind)) {
      const field = `ticketTimes/${kind}`
      const terms = termsOfKind(kind)
      if (!terms) tell(field, 'unknownKind')
      else if (!isPlain(times)) tell(field, 'wrongType')
      else
        for (const [term, setting] of Object.entries(times)) {
          if (!terms.some((known) => known === term)) tell(`${field}/${term}`, 'unknownTerm')
          else checkTerm(`${field}/${term}`, setting, tell)
        }
    }
  },
  workdays: (days: Plain, tell: Tell) => {
    if (Object.keys(days).length > mostDays) tell('workdays', 'tooMany', String(mostDays))
    for (const [day, kind] of Object.entries(days)) {
      if (!isDay(day)) tell(`workdays/${day.slice(0, 20)}`, 'badDate')
      else if (kind !== 'work' && kind !== 'rest') tell(`workdays/${day}`, 'wrongType')
    }
  },
}

function checkTerm(field: string, setting: unknown, tell: Tell): void {
  if (!isPlain(setting) || Object.keys(setting).some((key) => key !== 'count' && key !== 'unit')) {
    tell(field, 'wrongType')
    return
  }
  const unit = timeUnits.find((one) => one === setting['unit'])
  const { count } = setting
  if (!unit) tell(field, 'badUnit')
  else if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > mostByUnit[unit])
    tell(field, 'badCount', `1–${mostByUnit[unit]}`)
}

/** The terms that may be set for a category or a group; undefined where there is none of that code. */
export function termsOfKind(kind: string): readonly TermName[] | undefined {
  const category = categoryOf(kind)
  const group = taxonomy.find(({ code }) => code === kind)
  if (!category && !group) return undefined
  const isGraded = (category ? [category] : (group?.categories ?? [])).some((one) => one.resolveByRisk)
  return termNames.filter((term) => isGraded || !/[HML]$/.test(term))
}

/** What of it holds together: a part that a later version or a damaged store says otherwise is left out. */
export function soundParameters(value: unknown): CommunityParameters {
  if (!isPlain(value)) return {}
  const sound: Record<string, unknown> = {}
  for (const name of Object.keys(parts)) {
    const part = value[name]
    if (!isPlain(part)) continue
    const entries = Object.entries(part).filter(
      ([key, one]) => checkParameters({ [name]: { [key]: one } }).length === 0,
    )
    if (entries.length > 0) sound[name] = Object.fromEntries(entries)
  }
  return sound
}

export function soundEarlierTimes(value: unknown): readonly EarlierTimes[] {
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[])
    .filter(isPlain)
    .flatMap(({ until, ticketTimes }) =>
      typeof until === 'number' && Number.isSafeInteger(until)
        ? [{ until, ticketTimes: soundParameters({ ticketTimes }).ticketTimes ?? {} }]
        : [],
    )
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
