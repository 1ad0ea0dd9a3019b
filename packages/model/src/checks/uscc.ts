/** 统一社会信用代码, GB 32100—2015: 18 characters of an alphabet without I O S V Z, the last one a check character. */
import type { FieldProblemCode } from '../commands.ts'
import { fail, ok, type Result } from '../result.ts'
import { plainText } from './text.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export function parseUscc(text: string): Result<string, FieldProblemCode> {
  const code = plainText(text).replace(/[\s-]/g, '').toUpperCase()
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return fail('badUscc')
  return code[17] === usccCheckCharacter(code.slice(0, 17)) ? ok(code) : fail('badUscc')
}

/** The 18th character for 17 characters of the alphabet. */
export function usccCheckCharacter(first17: string): string {
  let weight = 1
  let sum = 0
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return alphabet.charAt((31 - (sum % 31)) % 31)
}
