/** Names with numbers in them, ordered as people read them: 2号楼 before 10号楼, 九号楼 before 十号楼. */

/** Negative when `a` comes first. Does not depend on the locale of the device. */
export function compareNaturally(a: string, b: string): number {
  const left = partsOf(a)
  const right = partsOf(b)
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index += 1) {
    const order = compareParts(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

type Part = string | number

const partsByText = new Map<string, readonly Part[]>()
const cacheLimit = 20_000

function partsOf(text: string): readonly Part[] {
  const known = partsByText.get(text)
  if (known) return known
  const parts = (
    text.normalize('NFKC').match(/\d+|[零一二三四五六七八九十百]+|[^\d零一二三四五六七八九十百]+/g) ?? []
  ).map((part) => (/^\d/.test(part) ? Number(part) : (chineseNumber(part) ?? part)))
  if (partsByText.size >= cacheLimit) partsByText.clear()
  partsByText.set(text, parts)
  return parts
}

function compareParts(a: Part, b: Part): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

const digits = '零一二三四五六七八九'

/** 一 to 九百九十九. */
function chineseNumber(text: string): number | undefined {
  const match = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text)
  if (!match || text === '') return undefined
  const [, hundreds, tens, ten, ones] = match
  const value = (digit: string | undefined): number => (digit === undefined ? 0 : digits.indexOf(digit))
  return value(hundreds) * 100 + (ten === undefined ? 0 : (tens === undefined ? 1 : value(tens)) * 10) + value(ones)
}
