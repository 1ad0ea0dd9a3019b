/** One cell of any reader to text, keeping every digit that the file really holds and flagging those it lost. */
import type { Flaw } from './workbook.ts'

export interface ReadCell {
  readonly text: string
  readonly flaw?: Flaw
}

const scientific = /^[1-9](\.\d+)?[eE]\+?1[4-9]$/
const formulaError = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERR!|SPILL!|CALC!)$/
const blank: ReadCell = { text: '' }
/** Days from the spreadsheet's zero, 1899-12-31, to 1970-01-01. */
const daysBefore1970 = 25_568

export function cellToText(value: unknown): ReadCell {
  if (typeof value === 'string') return textCell(value)
  if (typeof value === 'number') return numberCell(value)
  if (value instanceof Date) return dateCell(value)
  if (typeof value === 'boolean') return { text: value ? '是' : '否' }
  return blank
}

function textCell(raw: string): ReadCell {
  const text = cleanText(raw)
  if (text === '') return blank
  if (formulaError.test(text)) return { text: '', flaw: 'formulaError' }
  if (scientific.test(text)) return { text, flaw: 'precisionLost' }
  return { text }
}

function numberCell(value: number): ReadCell {
  if (!Number.isFinite(value)) return blank
  if (Math.abs(value) >= 1e15)
    return {
      text: Math.abs(value) < 1e21 ? BigInt(Math.round(value)).toString() : String(value),
      flaw: 'precisionLost',
    }
  return { text: Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15))) }
}

/** A reader made a day of any number in a date-styled cell; one far off was a number such as 19850302 all along. */
function dateCell(value: Date): ReadCell {
  const days = value.getTime() / 86_400_000
  if (!(days > -40_000 && days < 110_000)) return numberCell(Math.round(days + daysBefore1970 + 1))
  return { text: value.toISOString().slice(0, 10) }
}

/**
 * Full-width digits, letters and spaces to plain ones; no invisible characters; no spaces at the ends.
 * Also undoes what people write so that a spreadsheet leaves a cell alone: `="0123"`, `'0123` and `'=1`.
 */
export function cleanText(raw: string): string {
  let text = plain.test(raw) ? raw : raw.replace(wide, narrow).replace(invisible, '').replace(space, ' ')
  text = text.trim()
  const wrapped = /^="([^"]*)"$/.exec(text)
  if (wrapped) text = (wrapped[1] ?? '').trim()
  return /^['‘’`][\d=+\-@\s]/.test(text) ? text.slice(1).trim() : text
}

const plain = /^[\u0021-\u007e\u4e00-\u9fff]*$/
const wide = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff03\uff08\uff09\uff0b\uff0d\uff0e\uff0f]/g
const narrow = (c: string): string => String.fromCharCode(c.charCodeAt(0) - 0xfee0)
// oxlint-disable-next-line no-control-regex -- control characters are what this takes out
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g
const space = /[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]+| {2,}/g
