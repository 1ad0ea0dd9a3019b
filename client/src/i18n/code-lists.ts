/** Code lists as the community keeps them: those of the app with its own additions. Reactive. */
import { codeList, labelOf, ownLabel, type CodeListId, type OwnLists } from '@tongge/model'
import { createSignal } from 'solid-js'
import { language, nameOf } from './i18n.ts'

const [own, setOwn] = createSignal<OwnLists>({})

/** The lists of the community that is signed in to; said by the shell as the directory tells it. */
export function tellOwnLists(lists: OwnLists): void {
  setOwn(lists)
}

export interface CodeOption {
  readonly value: string
  readonly label: string
}

/** What may be chosen: no retired code, unless it is chosen already. */
export function codeOptions(list: CodeListId, chosen: readonly string[] = []): CodeOption[] {
  return [
    ...codeList(list).map((code) => ({ value: code.code, label: nameOf(code) })),
    ...(own()[list] ?? [])
      .filter(({ code, retired }) => !retired || chosen.includes(code))
      .map(({ code, zh, en = zh }) => ({ value: code, label: nameOf({ zh, en }) })),
  ]
}

/** The label of a code, or the code itself where nobody here knows it. */
export function codeText(list: CodeListId, code: string): string {
  const spoken = language() === 'en' ? 'en' : 'zh'
  return ownLabel(own(), list, code, spoken) ?? labelOf(list, code, spoken)
}
