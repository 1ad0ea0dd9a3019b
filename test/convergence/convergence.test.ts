import { cpus } from 'node:os'
import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'
import { counted, leastPerThousand } from './tally.ts'

process.setMaxListeners(0)

interface Story {
  readonly seed: number
  readonly isFormer: boolean
}

const single = process.env['TONGGE_SEED']
const count = Number(process.env['TONGGE_SEEDS'] ?? 2_000)
const from = 20_261_123
/** Seeds that once found something; in the stories of then, and in those of now. */
const former: readonly number[] = [
  30_000_843, 30_002_394, 40_000_092, 40_002_648, 20_261_503, 20_261_819, 60_000_005, 60_000_069, 60_000_083,
  20_262_795, 20_263_188, 20_261_198, 20_261_171, 20_261_285, 20_261_567,
]
const pinned: readonly number[] = [20_261_560]

/** Milliseconds, for a machine busy with other things; a night's run has many seeds. */
const patience = Math.max(300_000, count * 300)

const replay = ({ seed, isFormer }: Story): string =>
  `replay: ${isFormer ? 'TONGGE_FORMER=1 ' : ''}TONGGE_SEED=${seed} node_modules/.bin/vitest run test/convergence`

describe('convergence', () => {
  it(
    `[CONV1] whatever network, disks and relay do, every saved edit arrives everywhere and every losing value stays to be settled (${cpus().length} cores)`,
    async () => {
      const seeds = single
        ? [Number(single)]
        : [...pinned, ...Array.from({ length: count }, (_, index) => from + index)]
      const stories: readonly Story[] = [
        ...(single ? [] : former).map((seed) => ({ seed, isFormer: true })),
        ...seeds.map((seed) => ({
          seed,
          isFormer: single !== undefined && process.env['TONGGE_FORMER'] !== undefined,
        })),
      ]
      const sum = new Map(counted.map((what) => [what, 0]))
      for (const story of stories) {
        const { problems, tally } = await simulate(story)
        expect(problems.map((problem) => `${problem} (${replay(story)})`)).toEqual([])
        for (const what of counted) sum.set(what, (sum.get(what) ?? 0) + tally[what])
      }
      // The stories must really get into trouble.
      const rare = counted.filter((what) => (sum.get(what) ?? 0) * 1_000 < leastPerThousand[what] * stories.length)
      if (!single) expect(rare).toEqual([])
    },
    patience,
  )
})
