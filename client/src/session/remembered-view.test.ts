import type { Entry, GridCode, RecordId, Snapshot } from '@tongge/model'
import { createMemoryDisk, openVault } from '@tongge/sync'
import { expect, test } from 'vitest'
import { createRememberedView } from './remembered-view.ts'

const grid = '990101001001001' as GridCode
const id = 'h1' as RecordId
const stamp = { at: 1, by: '' as never, device: '' }
const house: Entry = { id, kind: 'house', fields: { door: '101' }, created: stamp, updated: stamp, conflicts: [] }
const shown: Snapshot = { grid, entries: new Map([[id, house]]), trash: new Map(), tickets: new Map() }

test('[VIEW3] what was kept is shown again, and forgotten under other rights, for another grid, when the documents went on and when it is damaged', async () => {
  const disk = createMemoryDisk()
  const vault = await openVault({ name: 'test', shelf: disk.open(), now: () => 0 })
  await createRememberedView(vault, grid, 'member').keep(shown, '7')
  expect(await createRememberedView(vault, grid, 'member').recall('7')).toEqual(shown)
  expect(await createRememberedView(vault, grid, 'member').recall('8')).toBeUndefined()
  expect(await createRememberedView(vault, grid, 'volunteer').recall('7')).toBeUndefined()
  expect(await createRememberedView(vault, '990101001001002' as GridCode, 'member').recall('7')).toBeUndefined()
  const sealed = (await vault.get(`kept/view/${grid}`)) as Uint8Array
  await vault.set(
    `kept/view/${grid}`,
    sealed.map((byte, index) => (index === 5 ? byte ^ 1 : byte)),
  )
  expect(await createRememberedView(vault, grid, 'member').recall('7')).toBeUndefined()
})
