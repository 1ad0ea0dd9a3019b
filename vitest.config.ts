import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const node = { environment: 'node' as const, testTimeout: 30_000 }

const long = ['/test/convergence/', '/test/e2e/pages.', '/test/e2e/tickets.', '/test/e2e/faults.']

/** Two files run at a time: what takes longest, begun last, would run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.some((part) => moduleId.includes(part))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // One core is left free otherwise, which is half of two.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [solid()],
        test: {
          ...node,
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'sync-server/src/**/*.test.ts',
            'client/src/**/*.test.{ts,tsx}',
            'test/architecture/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          ...node,
          name: 'system',
          include: ['test/{contracts,server,relay,convergence,hostile}/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...node,
          name: 'crash',
          include: ['test/{crash,cluster}/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'browser',
          include: ['test/{browser,e2e}/**/*.test.ts'],
          globalSetup: ['test/e2e/prepare-demo.ts'],
          testTimeout: 180_000,
          // A browser on a loaded machine may lose a race with its own test once; what is broken fails twice.
          retry: 1,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
