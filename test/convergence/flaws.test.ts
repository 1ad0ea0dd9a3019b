import { describe, expect, it } from 'vitest'
import { flaws } from './flaws.ts'
import { simulate } from './simulate.ts'

process.setMaxListeners(0)

const from = 20_261_123

describe('convergence', () => {
  it.each(flaws)('[CONV2] the simulation finds a planted flaw: %s', async (flaw) => {
    // Where fewer people write less mends by itself.
    let seed = from
    while ((await simulate({ seed, flaw, isFormer: true })).problems.length === 0)
      expect(++seed).toBeLessThan(from + 2_000)
  })
})
