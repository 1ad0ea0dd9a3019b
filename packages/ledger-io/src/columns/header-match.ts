/** How well the text of a header cell names a field. */
import { headerWords, ignoredWords } from './header-words.ts'
import type { Target } from './targets.ts'
import { whoseColumn } from './whose-column.ts'

export interface HeaderMatch {
  /** Undefined for a column that is known and left out, such as 序号. */
  readonly target: Target | undefined
  /** 1: the whole text; less where only its end or a part matches. */
  readonly score: number
}

const targetsByWord = new Map<string, Target[]>()
for (const [target, words] of Object.entries(headerWords)) {
  for (const word of words.split(' ')) {
    const key = bareHeader(word)
    const known = targetsByWord.get(key)
    // Object.entries widens the keys of a Record of targets.
    if (known) known.push(target as Target)
    else targetsByWord.set(key, [target as Target])
  }
}
const ignored = new Set(ignoredWords.split(' ').map(bareHeader))
const wordsByLength = [...targetsByWord.keys()].filter((word) => word.length >= 2).sort((a, b) => b.length - a.length)

/** Best first; several where one name is used for several fields (现住址). */
export function matchHeader(text: string): readonly HeaderMatch[] {
  const bare = bareHeader(text)
  if (bare === '') return []
  const exact = targetsByWord.get(bare)
  if (exact && whoseColumn(text) !== 'another') return exact.map((target) => ({ target, score: 1 }))
  if (ignored.has(bare) || whoseColumn(text) === 'another') return [{ target: undefined, score: 1 }]
  if (bare.length > 16) return []
  const ending = wordsByLength.find((word) => bare.endsWith(word))
  if (ending) return toMatches(ending, 0.8)
  const starting = wordsByLength.find((word) => bare.startsWith(word))
  if (starting) return toMatches(starting, 0.65)
  const inside = wordsByLength.find((word) => word.length >= 3 && bare.includes(word))
  return inside ? toMatches(inside, 0.5) : []
}

/** Lower case, without blanks, stars, numbering and what stands in brackets. */
function bareHeader(text: string): string {
  const bare = text
    .toLowerCase()
    .replace(/[（(【[].*?[）)】\]]/g, '')
    .replace(/[\s*＊:：、.。,，/\\·"“”_-]+/g, '')
  return bare.length > 1 ? bare.replace(/^[0-9①-⑩]+|[0-9①-⑩]+$/g, '') || bare : bare
}

function toMatches(word: string, score: number): readonly HeaderMatch[] {
  return (targetsByWord.get(word) ?? []).map((target) => ({ target, score }))
}
