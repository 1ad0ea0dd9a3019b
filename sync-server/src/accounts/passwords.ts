/** Passwords as Argon2id hashes: 19 MiB, two passes, the floor of OWASP ASVS 5. */
import { hash, verify } from '@node-rs/argon2'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const passwordLength = { min: 10, max: 128 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

export function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'))
}

/** Why a password may not be chosen, or undefined. */
export function passwordProblem(password: string, account: string): string | undefined {
  const { length } = password.normalize('NFKC')
  if (length < passwordLength.min) return `a password needs at least ${passwordLength.min} characters`
  if (length > passwordLength.max) return `a password has at most ${passwordLength.max} characters`
  if (password.toLowerCase().includes(account)) return 'a password may not contain the account name'
  return undefined
}
