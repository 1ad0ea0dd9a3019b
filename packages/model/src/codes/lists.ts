/** How a table of codes is written down: one `code zh en` line per value, in the order views offer them. */
import type { Code } from './code.ts'

export function listOf(lines: string): readonly Code[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', zh = '', ...en] = line.trim().split(' ')
      return { code, zh, en: en.join(' ') }
    })
}
