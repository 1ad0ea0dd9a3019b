import { expect, test } from 'vitest'
import { runCluster, victims } from './cluster-run.ts'

const kills = Number(process.env['TONGGE_CLUSTER_KILLS'] ?? 14)
const seed = Number(process.env['TONGGE_SEED'] ?? 20_261_128)

test(`[CLUSTER1] after ${kills} kills of relays, Redis, connections and PostgreSQL under writers nothing is lost that was acknowledged or seen, and log, relays and devices say the same`, async () => {
  const report = await runCluster(seed, kills)
  process.stdout.write(
    `${report.acknowledged} acknowledged edits, kills ${JSON.stringify(report.kills)}, ${report.generations} generations; replay: TONGGE_SEED=${seed} TONGGE_CLUSTER_KILLS=${kills} vitest run test/cluster\n`,
  )
  expect(report.lost).toEqual([])
  expect(report.problems).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(kills * 10)
  if (kills >= 14) expect(victims.filter((victim) => report.kills[victim] === 0)).toEqual([])
})

test('[CLUSTER2] relays that acknowledge before they commit are caught', async () => {
  const report = await runCluster(seed, 4, { patienceMs: 2000, env: { TONGGE_CONTROL: 'ack-before-commit' } })
  expect(report.lost.length).toBeGreaterThan(0)
})
