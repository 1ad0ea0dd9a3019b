import type { GridCode } from '@tongge/model'
import { createMemoryDisk, openVault } from '@tongge/sync'
import { expect, test } from 'vitest'
import { createDrafts } from './drafts.ts'

const grid = '990101001001001' as GridCode

test('[LED34] a draft is there after a restart, for its grid and its account alone, and leaves nothing when it is forgotten', async () => {
  const disk = createMemoryDisk()
  const open = async (on = disk) => openVault({ name: 'test', shelf: on.open(), now: () => 0 })
  const drafts = createDrafts(await open(), grid)
  drafts.keep('edit/p1', { idNo: '990101' })
  expect(await drafts.recall('edit/p1')).toEqual({ idNo: '990101' })
  const vault = await open()
  expect(await createDrafts(vault, grid).recall('edit/p1')).toEqual({ idNo: '990101' })
  expect(await createDrafts(vault, '990101001001002' as GridCode).recall('edit/p1')).toBeUndefined()
  expect(await createDrafts(await open(createMemoryDisk()), grid).recall('edit/p1')).toBeUndefined()
  drafts.keep('edit/p1', undefined)
  expect(await drafts.recall('edit/p1')).toBeUndefined()
  expect(await vault.get(`kept/draft/${grid}/edit/p1`)).toBeUndefined()
})

test('[LED34] of the drafts that nobody came back to the twelve used last are kept', async () => {
  const disk = createMemoryDisk()
  const vault = await openVault({ name: 'test', shelf: disk.open(), now: () => 0 })
  for (let index = 0; index < 14; index++) {
    const drafts = createDrafts(vault, grid)
    drafts.keep(`edit/p${index}`, { index })
    if (index > 3) drafts.keep('edit/p0', { index })
    await drafts.recall('edit/p0')
  }
  const drafts = createDrafts(vault, grid)
  const left: number[] = []
  for (let index = 0; index < 14; index++) if (await drafts.recall(`edit/p${index}`)) left.push(index)
  expect(left).toEqual([0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
})
