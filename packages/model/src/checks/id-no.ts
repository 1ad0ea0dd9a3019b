/** 公民身份号码, GB 11643: 6 digits of region, 8 of birth date, 3 of sequence (odd for men), 1 check character. */
import type { FieldProblemCode } from '../commands.ts'
import { fail, ok, type Result } from '../result.ts'
import { isDay, type Day } from '../time.ts'
import { provinces } from './region.ts'
import { plainText } from './text.ts'

export interface IdentityNumber {
  /** 18 characters, X in upper case. */
  readonly idNo: string
  readonly birthDate: Day
  /** Code of list SEX: 1 or 2. */
  readonly sex: '1' | '2'
  /** 6-digit county of first registration. */
  readonly region: string
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkCharacters = '10X98765432'
/** 83: residence permits of Taiwan residents. */
const isProvince = (code: string): boolean => provinces.has(code) || code === '83'

/** Whether the birth date is already past is for the caller, who knows the day. */
export function parseIdNo(text: string): Result<IdentityNumber, FieldProblemCode> {
  const idNo = plainText(text).replace(/\s/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(idNo)) return fail('badIdLength')
  const region = idNo.slice(0, 6)
  if (!isProvince(region.slice(0, 2)) || region.endsWith('0000')) return fail('badIdRegion')
  const birthDate = `${idNo.slice(6, 10)}-${idNo.slice(10, 12)}-${idNo.slice(12, 14)}`
  if (!isDay(birthDate) || birthDate < '1850') return fail('badIdDate')
  if (idNo[17] !== idCheckCharacter(idNo.slice(0, 17))) return fail('badIdCheckDigit')
  return ok({ idNo, birthDate, sex: Number(idNo[16]) % 2 === 1 ? '1' : '2', region })
}

/** The 18th character for 17 digits. */
export function idCheckCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return checkCharacters.charAt(sum % 11)
}

/** The 18-character number of a first-generation 15-digit one, to offer as a hint; undefined when the text is not one. */
export function upgradeIdNo(text: string): string | undefined {
  const old = plainText(text).replace(/\s/g, '')
  if (!/^\d{15}$/.test(old)) return undefined
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  const upgraded = digits + idCheckCharacter(digits)
  return parseIdNo(upgraded).ok ? upgraded : undefined
}
