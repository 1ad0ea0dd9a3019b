import type { GridCode, RecordId } from '@tongge/model'
import { createMemoryDisk, openVault } from '@tongge/sync'
import { expect, test } from 'vitest'
import { createKeptSummaries } from './kept-summaries.ts'
import type { SyncSummary } from './session.ts'

const grid = '990101001001001' as GridCode
const summary = (at: number): SyncSummary => ({
  at,
  added: ['h1' as RecordId],
  changed: [],
  removed: [],
  tickets: [],
  conflicts: 1,
})

test('[APP24] the last syncs are there after the page was loaded anew, those of another grid are not', async () => {
  const vault = await openVault({ name: 'test', shelf: createMemoryDisk().open(), now: () => 0 })
  expect(await createKeptSummaries(vault, grid).recall()).toEqual([])
  createKeptSummaries(vault, grid).keep([4, 3, 2, 1].map(summary))
  await expect.poll(() => createKeptSummaries(vault, grid).recall()).toEqual([4, 3, 2].map(summary))
  expect(await createKeptSummaries(vault, '990101001001002' as GridCode).recall()).toEqual([])
  await vault.keep(`syncs/${grid}`, new Uint8Array([123]))
  expect(await createKeptSummaries(vault, grid).recall()).toEqual([])
})
