import { hash } from '@node-rs/argon2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Accounts } from './accounts.ts'
import { createSignIn, signInLimits, type SignIn } from './sign-in.ts'
import { openSqliteAccounts } from './sqlite-accounts.ts'

const many = signInLimits.failuresPerAddress + 10
const password = 'correct horse'
let accounts: Accounts
let signIn: SignIn

beforeEach(async () => {
  accounts = openSqliteAccounts(':memory:')
  // The least cost there is: hundreds are judged here.
  const passwordHash = await hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  await accounts.save(
    Array.from({ length: many }, (_, nth) => ({ account: `person${nth}`, name: '', passwordHash, disabled: false })),
    [],
  )
  signIn = await createSignIn(accounts)
})
afterEach(() => accounts.close())

const everyone = (given: string): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: many }, async (_, nth) => {
      const answer = await signIn.attempt(`person${nth}`, given, '203.0.113.7')
      return answer.ok ? 'ok' : answer.reason
    }),
  )
const count = (answers: readonly string[], wanted: string): number =>
  answers.filter((answer) => answer === wanted).length

describe('many tries from one address', () => {
  it('[AUTH6] are counted before they are judged, so that a burst on many accounts cannot slip past', async () => {
    const answers = await everyone('wrong')
    expect(count(answers, 'wrongPassword')).toBe(signInLimits.failuresPerAddress)
    expect(count(answers, 'tooManyTries')).toBe(many - signInLimits.failuresPerAddress)
    expect(await signIn.attempt('person0', password, '203.0.113.7')).toMatchObject({
      ok: false,
      reason: 'tooManyTries',
    })
    expect(await signIn.attempt('person0', password, '203.0.113.8')).toMatchObject({ ok: true })
  })

  it('[AUTH6] cost nothing where the password is right', async () => {
    for (let nth = 0; nth < many; nth += 1)
      expect((await signIn.attempt(`person${nth}`, password, '203.0.113.7')).ok).toBe(true)
  })
})
