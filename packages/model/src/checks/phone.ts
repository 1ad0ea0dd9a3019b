/** Phone numbers of the mainland as people write them. */
import type { FieldProblemCode } from '../commands.ts'
import { fail, ok, type Result } from '../result.ts'
import { plainText } from './text.ts'

const mobile = /^1[3-9]\d{9}$/
/** Area code 010, 02x (8 digits) or 0xxx (7 or 8 digits), with an extension of up to 6 digits. */
const landline = /^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})(?:(?:转|ext\.?|[#,*])(\d{1,6}))?$/i
const serviceNumber = /^(?:[48]00\d{7}|95\d{3,6}|1(?:10|19|20|22|2\d{3}))$/

/** Digits of a mobile number, `区号-号码` (with `#分机`) of a landline, or a service number such as 12345 or 400…. */
export function parsePhone(text: string): Result<string, FieldProblemCode> {
  const compact = plainText(text)
    .replace(/[\s()\-‐-―−・.]/g, '')
    .replace(/^(?:\+|00)86/, '')
  const number = /^86(?=1[3-9]\d{9}$)/.test(compact) ? compact.slice(2) : compact
  if (mobile.test(number) || serviceNumber.test(number)) return ok(number)
  // After +86 the leading zero of an area code is dropped.
  const match = landline.exec(number) ?? (compact === plainText(text) ? null : landline.exec(`0${number}`))
  if (!match) return fail('badPhone')
  const [, area = '', local = '', extension] = match
  if ((area === '010' || area.startsWith('02')) && local.length !== 8) return fail('badPhone')
  return ok(`${area}-${local}${extension === undefined ? '' : `#${extension}`}`)
}
