import { cpus } from 'node:os'
import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'

process.setMaxListeners(0)

const single = process.env['TONGGE_SEED']
const count = Number(process.env['TONGGE_SEEDS'] ?? 2_000)
const from = 20_261_123
/** Seeds that once found something. */
const pinned: readonly number[] = [20_261_147, 20_261_191, 20_261_201, 20_261_160]

const replay = (seed: number): string => `replay: TONGGE_SEED=${seed} node_modules/.bin/vitest run test/convergence`

describe('convergence', () => {
  it(`[CONV1] whatever network, disks and relay do, every saved edit arrives everywhere and every losing value stays to be settled (${cpus().length} cores)`, async () => {
    const seeds = single ? [Number(single)] : [...pinned, ...Array.from({ length: count }, (_, index) => from + index)]
    const sum = { edits: 0, conflicts: 0, crashes: 0, kills: 0, cuts: 0 }
    for (const seed of seeds) {
      const outcome = await simulate({ seed })
      expect(outcome.problems.map((problem) => `${problem} (${replay(seed)})`)).toEqual([])
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcome[key]
    }
    // The stories must really get into trouble.
    if (!single)
      for (const key of Object.keys(sum) as (keyof typeof sum)[])
        expect(`${key}: ${sum[key] > seeds.length}`).toBe(`${key}: true`)
  })

  it.each(['ack-before-commit', 'dropped-row', 'lying-disk'] as const)(
    '[CONV2] the simulation finds a planted flaw: %s',
    async (flaw) => {
      let seed = from
      while ((await simulate({ seed, flaw })).problems.length === 0) expect(++seed).toBeLessThan(from + 400)
    },
  )
})
