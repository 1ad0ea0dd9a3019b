/** Finds the header among the first lines of a sheet and flattens a header of two rows. */
import { matchHeader } from '../columns/header-match.ts'
import type { Merge, Sheet } from '../read/workbook.ts'

export interface Header {
  /** First and last row of the header, inclusive. */
  readonly top: number
  readonly bottom: number
  readonly texts: readonly string[]
}

const searched = 40

export function findHeader(sheet: Sheet, width: number): Header | undefined {
  const best = bestRow(sheet)
  if (best === undefined) return undefined
  const top = best > 0 && isUpperHalf(sheet, best - 1) ? best - 1 : best
  const bottom = top === best && isLowerHalf(sheet, best) ? best + 1 : best
  return {
    top,
    bottom,
    texts: top === bottom ? padded(sheet.rows[top] ?? [], width) : joined(sheet, top, bottom, width),
  }
}

/** The row that names most fields; failing that, the first full row over rows just as full. */
function bestRow(sheet: Sheet): number | undefined {
  let best: number | undefined
  let bestScore = 1.5
  const last = Math.min(sheet.rows.length, searched)
  for (let r = 0; r < last; r++) {
    const score = headerScore(sheet.rows[r] ?? [])
    if (score > bestScore) [best, bestScore] = [r, score]
  }
  if (best !== undefined) return best
  const filled = sheet.rows.map((row) => new Set(row.filter((text) => text !== '')).size)
  const most = Math.max(...filled.slice(0, searched))
  const first = filled.findIndex((count) => count >= 2 && count >= most * 0.6)
  const texts = first < 0 ? undefined : sheet.rows[first]
  return texts?.every((text) => !looksLikeData(text)) ? first : undefined
}

function headerScore(row: readonly string[]): number {
  const seen = new Set<string>()
  let score = 0
  for (const text of row) {
    if (text === '' || seen.has(text)) continue
    seen.add(text)
    if (looksLikeData(text) || text.length > 16) score -= 0.5
    else score += matchHeader(text)[0]?.score ?? 0
  }
  return score
}

/** Group titles over the names: cells merged sideways, or names merged down into this row's gaps. */
function isUpperHalf(sheet: Sheet, row: number): boolean {
  const names = sheet.rows[row + 1] ?? []
  return sheet.merges.some(
    (merge) =>
      merge.top === row &&
      ((merge.bottom === row && isGroup(merge, sheet)) || (merge.bottom === row + 1 && !names[merge.left])),
  )
}

/** Sub-names under group titles of the best row. */
function isLowerHalf(sheet: Sheet, row: number): boolean {
  const below = sheet.rows[row + 1] ?? []
  const filled = below.filter((text) => text !== '')
  if (filled.length === 0 || filled.some((text) => looksLikeData(text) || text.length > 12)) return false
  const groups = sheet.merges.filter((merge) => merge.top === row && merge.bottom === row && merge.right > merge.left)
  const tall = sheet.merges.some((merge) => merge.top === row && merge.bottom === row + 1)
  return (
    below.every(
      (text, c) =>
        text === '' ||
        groups.some((merge) => c >= merge.left && c <= merge.right) ||
        (tall && matchHeader(text).length > 0),
    ) &&
    (groups.length > 0 || tall)
  )
}

function isGroup(merge: Merge, sheet: Sheet): boolean {
  const width = (sheet.rows[merge.top + 1] ?? []).length
  return merge.right > merge.left && merge.right - merge.left + 1 < width * 0.8
}

function joined(sheet: Sheet, top: number, bottom: number, width: number): readonly string[] {
  const upper = padded(sheet.rows[top] ?? [], width)
  for (const merge of sheet.merges) {
    if (merge.top === top && merge.bottom === top)
      for (let c = merge.left + 1; c <= merge.right && c < width; c++) upper[c] = upper[merge.left] ?? ''
  }
  return padded(sheet.rows[bottom] ?? [], width).map((text, c) => joinHalves(upper[c] ?? '', text))
}

/** 房主 + 电话 = 房主电话, but 基本信息 + 姓名 = 姓名: only groups that are themselves about someone stay. */
function joinHalves(group: string, text: string): string {
  if (text === '') return group
  return /(户主|房主|业主|房东|紧急|应急|承租|配偶|爱人|子女|父母|父亲|母亲|监护|户籍|居住证)/.test(group) &&
    !text.startsWith(group)
    ? `${group}${text}`
    : text
}

function padded(row: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, c) => (row[c] ?? '').replace(/\s*\n\s*/g, ''))
}

function looksLikeData(text: string): boolean {
  return /^\d[\d\s.\-/Xx]*$/.test(text) || /^\d{4}年/.test(text) || /^[男女]$/.test(text) || /\d{6,}/.test(text)
}
