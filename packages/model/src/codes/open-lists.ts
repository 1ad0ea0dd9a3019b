/**
 * Lists that the standards leave to who keeps them (domain.md §2.1): a community adds codes of its own in 社区设置. Lists of a standard
 * (GB/T, GA/T, the 31000 lists whose codes are known) and lists by whose codes the app acts are closed.
 *
 * A code of one's own begins with `x-`, so that it can never be one that a later version brings, and is known for what it is wherever it
 * stands: a relay or a device that has not heard of it takes it, and shows it as it is.
 */
import type { CodeListId, Language } from './code.ts'

export interface OwnCode {
  /** `x-` and letters, digits or dashes; frozen once it was set. */
  readonly code: string
  readonly zh: string
  readonly en?: string
  /** No longer offered; what holds it keeps it. */
  readonly retired?: boolean
}

export type OwnLists = { readonly [list in CodeListId]?: readonly OwnCode[] }

export const openLists = [
  { id: 'HAZARD', zh: '隐患类型', en: 'Hazards' },
  { id: 'CARE_TAG', zh: '关爱标签', en: 'Care tags' },
  { id: 'FACILITY_TYPE', zh: '设施类别', en: 'Types of facility' },
  { id: 'CITYPART', zh: '城市部件大类', en: 'City components' },
  { id: 'UNIT_TYPE', zh: '单位类型', en: 'Types of unit' },
  { id: 'PLACE9', zh: '九小场所', en: 'Small places' },
  { id: 'HOUSE_USE', zh: '建筑用途', en: 'Uses of buildings' },
  { id: 'STRUCTURE', zh: '建筑结构', en: 'Structures' },
  { id: 'ORGANISATION', zh: '党群组织', en: 'Organisations' },
  { id: 'INCOME', zh: '救助类别', en: 'Relief' },
  { id: 'DWELL', zh: '住所类型', en: 'Kinds of dwelling' },
] as const satisfies readonly { readonly id: CodeListId; readonly zh: string; readonly en: string }[]

const openIds: ReadonlySet<string> = new Set(openLists.map(({ id }) => id))

export function isOpenList(id: string): id is CodeListId {
  return openIds.has(id)
}

export function isOwnCode(code: string): boolean {
  return /^x-[a-z0-9][a-z0-9-]{0,17}$/.test(code)
}

/** The label a community gave to a code of its own; undefined where it gave none. */
export function ownLabel(own: OwnLists, list: CodeListId, code: string, language: Language): string | undefined {
  const found = own[list]?.find((one) => one.code === code)
  return found && (language === 'en' ? (found.en ?? found.zh) : found.zh)
}

/** The text of a cell with the community's own labels, one or several, replaced by their codes; whatever else stands there stays. */
export function withOwnCodes(own: OwnLists, list: CodeListId, text: string): string {
  const codes = own[list] ?? []
  if (codes.length === 0) return text
  const codeOf = (label: string): string =>
    codes.find(({ zh, en }) => zh === label.trim() || en?.toLowerCase() === label.trim().toLowerCase())?.code ?? label
  const whole = codeOf(text)
  return whole === text
    ? text
        .split(/([、,，;；/\s]+)/)
        .map(codeOf)
        .join('')
    : whole
}
