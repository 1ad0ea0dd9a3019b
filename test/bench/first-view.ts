/**
 * The first useful list from the kept view, beside what stock y-indexeddb takes to have the same grid's documents in memory, in the same
 * browser, alternating, a new page per sample (P10). Neither starts the app around it.
 */
import { join } from 'node:path'
import { dayOf } from '@tongge/model'
import { makeGrid } from '../../sync-server/src/demo/grid.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { writeGrid } from '../../sync-server/src/demo/write-grid.ts'
import { createStage } from '../browser/chromium.ts'
import type { ViewStage } from './view-page.ts'

declare const stage: ViewStage

export interface FirstView {
  /** Times the processor is slowed down. */
  readonly rate: number
  /** Milliseconds until the list is there. */
  readonly view: readonly number[]
  /** Milliseconds until stock y-indexeddb has the ledger, the sensitive fields and this quarter's tickets. */
  readonly first: readonly number[]
  /** The same with the tickets of the whole year. */
  readonly year: readonly number[]
  /** The same year beside a ledger as a flat Y.Map, which is what a stock app holds. */
  readonly flat: readonly number[]
}

export async function measureFirstView(rounds: number): Promise<readonly FirstView[]> {
  const [grid] = demoPlaces('community').grids.values()
  if (!grid) throw new Error('the demo has no grid')
  const written = writeGrid(grid.code, makeGrid(grid, 0, '', dayOf(Date.now())))
    .filter(({ document }) => !document.includes('/notes'))
    .map(({ document, update }) => [document, Buffer.from(update).toString('base64')] as const)
  const year = written.map(([name]) => name)
  const quarters = year.filter((name) => name.includes('/work/')).toSorted()
  const first = year.filter((name) => !quarters.slice(0, -1).includes(name))
  const stored = { first, year, flat: ['flat', ...quarters] }
  const place = await createStage(join(import.meta.dirname, 'view-page.ts'))
  try {
    const running = await place.open()
    const page = await running.newPage()
    await page.evaluate(([code, documents]) => stage.prepare(code, documents), [grid.code, written] as const)
    await page.close()
    const measured: FirstView[] = []
    for (const rate of [1, 4]) {
      const times = { rate, view: [] as number[], first: [] as number[], year: [] as number[], flat: [] as number[] }
      for (let round = 0; round < rounds; round++) {
        for (const way of ['view', 'first', 'year', 'flat'] as const) {
          const page = await running.newPage()
          const session = await page.context().newCDPSession(page)
          await session.send('Emulation.setCPUThrottlingRate', { rate })
          times[way].push(
            way === 'view'
              ? await page.evaluate((code) => stage.view(code), grid.code)
              : await page.evaluate((names) => stage.stock(names), stored[way]),
          )
          await page.close()
        }
      }
      measured.push(times)
    }
    await running.close()
    return measured
  } finally {
    await place.close()
  }
}
