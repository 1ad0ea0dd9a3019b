/** Cold start of a full grid: the vault beside stock y-indexeddb and bare applyUpdate, alternating, a new page per sample. Prints a table with the ratios of P9. */
import { join } from 'node:path'
import { createStage } from '../browser/chromium.ts'
import type { BenchStage } from './vault-page.ts'

declare const stage: BenchStage

const ways = ['raw', 'stock', 'vault-plain', 'vault-aes'] as const
const samples = Number(process.env['TONGGE_SAMPLES'] ?? 5)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const place = await createStage(join(import.meta.dirname, 'vault-page.ts'))
try {
  const running = await place.open()
  const first = await running.newPage()
  const bytes = await first.evaluate(() => stage.prepare())
  await first.close()
  console.log(
    `full grid of 35,000 fields, ${(bytes / 1e6).toFixed(2)} MB V1; median of ${samples} cold pages, milliseconds`,
  )
  console.log(['CPU', ...ways, 'aes/raw (P9 ≤ 1.2)', 'aes/stock (P9 ≤ 0.8)'].join(' | '))
  for (const slowdown of [1, 4]) {
    const times = new Map<string, number[]>(ways.map((way) => [way, []]))
    for (let sample = 0; sample < samples; sample++) {
      for (const way of ways) {
        const page = await running.newPage()
        const session = await page.context().newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
        times.get(way)?.push(await page.evaluate((way) => stage.load(way), way))
        await page.close()
      }
    }
    const [raw = 0, stock = 0, plain = 0, aes = 0] = ways.map((way) => median(times.get(way) ?? []))
    console.log(
      [
        `${slowdown}×`,
        ...[raw, stock, plain, aes].map((time) => time.toFixed(0)),
        (aes / raw).toFixed(2),
        (aes / stock).toFixed(2),
      ].join(' | '),
    )
  }
  await running.close()
} finally {
  await place.close()
}
