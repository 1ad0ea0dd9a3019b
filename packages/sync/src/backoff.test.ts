import { expect, it } from 'vitest'
import { backoffDelay, relayBackoff } from './backoff.ts'

it('[SYNC11] waits grow from half a second to half a minute and never leave that span', () => {
  const delays = Array.from({ length: 40 }, (_, attempt) => [backoffDelay(attempt, 0), backoffDelay(attempt, 0.999999)])
  for (const [least = 0, most = 0] of delays)
    expect(least >= 250 && most <= relayBackoff.longest && most >= least).toBe(true)
  expect(delays[0]).toEqual([250, 500])
  expect(delays.at(-1)).toEqual([15_000, 30_000])
})
