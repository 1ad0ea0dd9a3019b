/** Codes a community adds to a list, as they are typed. A code is made once and never changes; its labels may. */
import type { CodeListId, CommunityParameters, OwnCode } from '@tongge/model'

export function ownCodes({ lists = {} }: CommunityParameters, list: CodeListId): readonly OwnCode[] {
  return lists[list] ?? []
}

export function withList(
  parameters: CommunityParameters,
  list: CodeListId,
  codes: readonly OwnCode[],
): CommunityParameters {
  const { lists = {}, ...rest } = parameters
  const { [list]: _, ...others } = lists
  const next = codes.length > 0 ? { ...others, [list]: codes } : others
  return { ...rest, ...(Object.keys(next).length > 0 && { lists: next }) }
}

export function withAdded(
  parameters: CommunityParameters,
  list: CodeListId,
  label: string,
  newCode: () => string,
): CommunityParameters {
  return withList(parameters, list, [...ownCodes(parameters, list), { code: newCode(), zh: label.trim() }])
}

/** `retired` false is the same as none, so that bringing a code back leaves no trace of its own. */
export function withChanged(
  parameters: CommunityParameters,
  list: CodeListId,
  code: string,
  change: Partial<Pick<OwnCode, 'zh' | 'en' | 'retired'>>,
): CommunityParameters {
  return withList(
    parameters,
    list,
    ownCodes(parameters, list).map((one) => {
      if (one.code !== code) return one
      const { zh, en, retired } = { ...one, ...change }
      return { code, zh, ...(en ? { en } : {}), ...(retired ? { retired } : {}) }
    }),
  )
}

/** Only what was never saved can go again. */
export function withoutCode(parameters: CommunityParameters, list: CodeListId, code: string): CommunityParameters {
  return withList(
    parameters,
    list,
    ownCodes(parameters, list).filter((one) => one.code !== code),
  )
}
