/** Code lists by id. Codes are frozen once released: data holds them. */
import type { Code, CodeListId, Language } from './code.ts'
import { commonLists } from './common.ts'
import { kinLists } from './kin.ts'
import { nationLists } from './nation.ts'
import { organisationLists } from './organisation.ts'
import { peopleLists } from './people.ts'
import { isOpenList, isOwnCode } from './open-lists.ts'
import { placeLists } from './places.ts'
import { synonymsByList } from './synonyms.ts'

export type { Code, CodeListId, Language } from './code.ts'
export { isOpenList, isOwnCode, openLists, ownLabel, withOwnCodes, type OwnCode, type OwnLists } from './open-lists.ts'

const lists: Readonly<Record<CodeListId, readonly Code[]>> = {
  ...commonLists,
  ...placeLists,
  ...peopleLists,
  ...kinLists,
  ...nationLists,
  ...organisationLists,
}

/** In the order views offer them. */
export function codeList(id: CodeListId): readonly Code[] {
  return lists[id]
}

/** The label, or the code itself when the list does not know it (data of a newer version). */
export function labelOf(id: CodeListId, code: string, language: Language): string {
  return indexOf(id).byCode.get(code)?.[language] ?? code
}

/** Also a code that some community added to an open list: it may not be known here yet. */
export function isCode(id: CodeListId, code: string): boolean {
  return indexOf(id).byCode.has(code) || (isOpenList(id) && isOwnCode(code))
}

/** The code meant by what somebody typed: a code, a label in either language or a common synonym such as 妻子 for 12. */
export function findCode(id: CodeListId, text: string): string | undefined {
  const { byCode, byText } = indexOf(id)
  const spoken = plain(text)
  if (isCode(id, text.trim())) return text.trim()
  const found = byText.get(spoken)
  if (found !== undefined) return found
  if (id === 'NATION') return byText.get(`${spoken}族`)
  // Sheets drop the leading zero of numeric codes.
  return /^\d$/.test(spoken) && byCode.has(`0${spoken}`) ? `0${spoken}` : undefined
}

interface ListIndex {
  readonly byCode: ReadonlyMap<string, Code>
  readonly byText: ReadonlyMap<string, string>
}

const indexByList = new Map<CodeListId, ListIndex>()

function indexOf(id: CodeListId): ListIndex {
  const known = indexByList.get(id)
  if (known) return known
  const byText = new Map<string, string>()
  for (const [text, code] of Object.entries(synonymsByList[id] ?? {})) byText.set(plain(text), code)
  for (const { code, zh, en } of lists[id]) {
    byText.set(plain(en), code)
    byText.set(plain(zh), code)
  }
  const index = { byCode: new Map(lists[id].map((code) => [code.code, code])), byText }
  indexByList.set(id, index)
  return index
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
