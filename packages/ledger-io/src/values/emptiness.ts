/** Words that offices write into a cell to say that there is nothing to say. */

const words = new Set([
  '无',
  '没有',
  '暂无',
  '不详',
  '不清楚',
  '未知',
  '未填',
  '空',
  '略',
  'null',
  'NULL',
  'N/A',
  'n/a',
  'none',
  '-',
  '--',
  '---',
  '—',
  '——',
  '－',
  '/',
  '\\',
  '、',
  '.',
  '。',
  '*',
  '×',
  '?',
  '？',
  '…',
  '……',
])

/** The text, or an empty string where it only says "nothing". */
export function withoutNothing(text: string): string {
  return words.has(text) ? '' : text
}
