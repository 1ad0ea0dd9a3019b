/** Whether what a community wants to set holds together; each problem names its field by its path, such as `ticketTimes/safety.fire/respond`. */
import { codeList, isOpenList, isOwnCode, type CodeListId } from '../codes/index.ts'
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
    | 'unknownList'
    | 'badCode'
    | 'badLabel'
    | 'twice'
    | 'codeRemoved'
  readonly detail?: string
}

/** Half a year is more than any source gives. */
const mostByUnit: Readonly<Record<TimeUnit, number>> = { minutes: 10_080, hours: 4392, days: 183, workdays: 125 }
const mostDays = 400
const mostCodes = 100
const longestLabel = 40

type Plain = Readonly<Record<string, unknown>>
type Tell = (field: string, problem: ParametersProblem['problem'], detail?: string) => void

/** `before`: what is set now. A code that was set once may be renamed or retired, and is never taken away: records hold it. */
export function checkParameters(value: unknown, before: CommunityParameters = {}): readonly ParametersProblem[] {
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
  const lists = isPlain(value['lists']) ? value['lists'] : {}
  for (const [list, codes] of Object.entries(before.lists ?? {}))
    for (const { code } of codes)
      if (!plainsIn(lists[list]).some((one) => one['code'] === code)) tell(`lists/${list}/${code}`, 'codeRemoved')
  return problems
}

const parts = {
  lists: (byList: Plain, tell: Tell) => {
    for (const [list, codes] of Object.entries(byList)) {
      if (!isOpenList(list)) tell(`lists/${list}`, 'unknownList')
      else if (!Array.isArray(codes)) tell(`lists/${list}`, 'wrongType')
      else if (codes.length > mostCodes) tell(`lists/${list}`, 'tooMany', String(mostCodes))
      else checkCodes(list, codes, tell)
    }
  },
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

function checkCodes(list: CodeListId, codes: readonly unknown[], tell: Tell): void {
  const seen = new Set<string>()
  const labels = new Set(codeList(list).map(({ zh }) => zh))
  for (const [index, one] of codes.entries()) {
    const { code, zh, en, retired, ...more } = isPlain(one) ? one : {}
    const field = `lists/${list}/${typeof code === 'string' ? code.slice(0, 20) : index}`
    if (typeof code !== 'string' || !isOwnCode(code)) tell(field, 'badCode')
    else if (Object.keys(more).length > 0 || (retired !== undefined && typeof retired !== 'boolean'))
      tell(field, 'wrongType')
    else if (!isLabel(zh) || (en !== undefined && !isLabel(en))) tell(field, 'badLabel', String(longestLabel))
    else if (seen.has(code) || labels.has(zh)) tell(field, 'twice')
    else {
      seen.add(code)
      labels.add(zh)
    }
  }
}

function isLabel(value: unknown): value is string {
  return typeof value === 'string' && value === value.trim() && value !== '' && value.length <= longestLabel
}

function plainsIn(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : []
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
