/** Times as they are typed: what stands in the inputs of one kind, and what is kept of it. */
import {
  categoryOf,
  checkParameters,
  defaultTimes,
  isSameTerm,
  setTimes,
  termsOfKind,
  type CommunityParameters,
  type TermName,
  type TermSetting,
  type TicketTimes,
  type TimeUnit,
} from '@tongge/model'

export interface TypedTerm {
  readonly count: string
  readonly unit: TimeUnit
}
export type TypedTimes = { readonly [T in TermName]?: TypedTerm }

/** What holds for a kind now, and whether the community set it. */
export interface TermInForce {
  readonly term: TermName
  readonly setting: TermSetting | undefined
  readonly isSet: boolean
}

export function termsInForce(kind: string, { ticketTimes = {} }: CommunityParameters): readonly TermInForce[] {
  const category = categoryOf(kind)
  const [usual, set] = [category ? defaultTimes(category) : {}, setTimes(kind, ticketTimes)]
  return (termsOfKind(kind) ?? []).map((term) => ({
    term,
    setting: set[term] ?? usual[term],
    isSet: set[term] !== undefined && !isSameTerm(set[term], usual[term]),
  }))
}

export function typedFrom(terms: readonly TermInForce[]): TypedTimes {
  return Object.fromEntries(
    terms.map(({ term, setting }) => [
      term,
      { count: setting ? String(setting.count) : '', unit: setting?.unit ?? 'hours' },
    ]),
  )
}

/** Terms whose number cannot be taken. */
export function wrongTerms(kind: string, typed: TypedTimes): readonly TermName[] {
  return checkParameters({ ticketTimes: { [kind]: settingsFrom(typed) } }).map(
    ({ field }) => field.split('/')[2] as TermName,
  )
}

/** The parameters with what was typed for a kind; what is as the app has it is not set, and neither is what was emptied. */
export function withTyped(parameters: CommunityParameters, kind: string, typed: TypedTimes): CommunityParameters {
  const { ticketTimes = {}, ...rest } = parameters
  const { [kind]: _, ...others } = ticketTimes
  const category = categoryOf(kind)
  // What the group's times are is the measure as well: a category may go back to the app's own against its group.
  const usual: TicketTimes = { ...(category ? defaultTimes(category) : {}), ...setTimes(kind, others) }
  const own = Object.fromEntries(
    Object.entries(settingsFrom(typed)).filter(([term, setting]) => !isSameTerm(setting, usual[term as TermName])),
  )
  const next = Object.keys(own).length > 0 ? { ...others, [kind]: own } : others
  return { ...rest, ...(Object.keys(next).length > 0 && { ticketTimes: next }) }
}

function settingsFrom(typed: TypedTimes): TicketTimes {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([term, { count, unit }]) =>
      count.trim() === '' ? [] : [[term, { count: Number(count), unit }]],
    ),
  )
}

export function withDay(
  parameters: CommunityParameters,
  day: string,
  kind: 'work' | 'rest' | undefined,
): CommunityParameters {
  const { workdays = {}, ...rest } = parameters
  const { [day]: _, ...others } = workdays
  const next = kind === undefined ? others : { ...others, [day]: kind }
  return { ...rest, ...(Object.keys(next).length > 0 && { workdays: next }) }
}

/** How many things differ. */
export function changeCount(before: CommunityParameters, after: CommunityParameters): number {
  const keys = (one: CommunityParameters): ReadonlyMap<string, string> =>
    new Map([
      ...Object.entries(one.ticketTimes ?? {}).map(([kind, times]) => [kind, JSON.stringify(times)] as const),
      ...Object.entries(one.workdays ?? {}),
      ...Object.entries(one.lists ?? {}).flatMap(([list, codes]) =>
        codes.map((code) => [`${list}/${code.code}`, JSON.stringify(code)] as const),
      ),
    ])
  const [old, now] = [keys(before), keys(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).length
}
