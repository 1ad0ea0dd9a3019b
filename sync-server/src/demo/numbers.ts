/** Numbers that are well formed and nobody's: region 990101 and the mobile block 199 0000 are assigned to no one. */
import { idCheckCharacter, usccCheckCharacter, type Day } from '@tongge/model'
import type { Random } from './random.ts'

export const fictionalRegion = '990101'

/** GB 11643: region, birth date, a running number whose last digit is odd for men, check digit. */
export function idNumber(birth: Day, sequence: number, male: boolean): string {
  const running = (sequence % 500) * 2 + (male ? 1 : 0)
  const digits = `${fictionalRegion}${birth.replaceAll('-', '')}${String(running).padStart(3, '0')}`
  return digits + idCheckCharacter(digits)
}

export function mobileNumber(random: Random): string {
  return `1990000${String(random.int(0, 9999)).padStart(4, '0')}`
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100: unified social credit code of a company registered in the fictional region. */
export function creditCode(random: Random): string {
  let code = `91${fictionalRegion}`
  for (let index = 0; index < 9; index += 1) code += creditAlphabet.charAt(random.int(0, 30))
  return code + usccCheckCharacter(code)
}
