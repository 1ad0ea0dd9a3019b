import { expect, test } from 'vitest'
import { failpoints, runKills } from './kill-run.ts'

const kills = Number(process.env['TONGGE_KILLS'] ?? 200)
const seed = Number(process.env['TONGGE_SEED'] ?? 20_261_123)

test(`[CRASH1] [AUDIT4] [RECEIPT1] after ${kills} kills nothing is lost that was acknowledged or that another client saw, in whatever generation, nor the receipt of it, and every stored update has its audit entry`, async () => {
  const reports = await Promise.all([runKills(seed, Math.ceil(kills / 2)), runKills(seed + 1, Math.floor(kills / 2))])
  const acknowledged = reports.reduce((sum, report) => sum + report.acknowledged, 0)
  const deaths = reports.map((report) => JSON.stringify(report.deaths)).join(' ')
  process.stdout.write(
    `${kills} kills, ${acknowledged} acknowledged edits (${reports.reduce((sum, report) => sum + report.late, 0)} in older generations), deaths ${deaths}; replay: TONGGE_SEED=${seed} TONGGE_KILLS=${kills} vitest run test/crash\n`,
  )
  expect(reports.flatMap((report) => report.lost)).toEqual([])
  expect(reports.flatMap((report) => report.audit)).toEqual([])
  expect(acknowledged).toBeGreaterThan(kills)
  if (kills < 200) return
  expect(reports.reduce((sum, report) => sum + report.late, 0)).toBeGreaterThan(0)
  expect(failpoints.filter((point) => !reports.some(({ deaths }) => (deaths[point] ?? 0) > 0))).toEqual([])
})

test('[CRASH2] a relay that acknowledges before it commits is caught', async () => {
  const report = await runKills(seed, 12, { TONGGE_CONTROL: 'ack-before-commit' })
  expect(report.lost.length).toBeGreaterThan(0)
})

test.each(['unopenable', 'unreadable'])(
  '[CRASH3] a store that is %s after a kill counts as lost',
  async (control) => {
    const report = await runKills(seed, 3, { TONGGE_CONTROL: control })
    expect(report.lost.length).toBeGreaterThan(0)
  },
  60_000,
)
