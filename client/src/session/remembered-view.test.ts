import type { Entry, GridCode, RecordId, Snapshot, Ticket } from '@tongge/model'
import { createMemoryDisk, openVault } from '@tongge/sync'
import { expect, test } from 'vitest'
import { createRememberedView } from './remembered-view.ts'

const grid = '990101001001001' as GridCode
const id = 'h1' as RecordId
const stamp = { at: 1, by: '' as never, device: '' }
const house: Entry = { id, kind: 'house', fields: { door: '101' }, created: stamp, updated: stamp, conflicts: [] }
const contested: Entry = {
  ...house,
  id: 'h2' as RecordId,
  fields: { floor: 3, door: '102', unknown: ['of a newer version'] },
  updated: { ...stamp, at: 2 },
  conflicts: [{ field: 'door', values: [{ value: '102', stamp }] } as never],
  deletion: { ...stamp, at: 3 },
  unseen: { ...stamp, at: 4 },
}
const other: Entry = { ...house, id: 'h3' as RecordId, fields: { door: '103' } }
const shown: Snapshot = {
  grid,
  entries: new Map([house, contested, other].map((entry) => [entry.id, entry])),
  trash: new Map(),
  tickets: new Map(),
}

test('[VIEW3] what was kept is shown again, and forgotten under other rights, for another grid, when the documents went on and when it is damaged', async () => {
  const disk = createMemoryDisk()
  const vault = await openVault({ name: 'test', shelf: disk.open(), now: () => 0 })
  await createRememberedView(vault, grid, 'member').keep(shown, '7')
  const recalled = await createRememberedView(vault, grid, 'member').recall('7')
  expect(recalled).toStrictEqual(shown)
  expect([...(recalled?.entries.keys() ?? [])]).toEqual(['h1', 'h2', 'h3'])
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

test('[VIEW3] of the tickets the open ones are shown again, with who reported them', async () => {
  const vault = await openVault({ name: 'test', shelf: createMemoryDisk().open(), now: () => 0 })
  const tickets = (['submitted', 'closed'] as const).map(
    (state, index) => ({ id: `t${index}`, state }) as unknown as Ticket,
  )
  const reporters = ['t0', 't1'].map((id): Entry => ({
    ...house,
    id: id as RecordId,
    kind: 'reporter',
    fields: { name: id },
  }))
  await createRememberedView(vault, grid, '').keep(
    {
      ...shown,
      entries: new Map(reporters.map((reporter) => [reporter.id, reporter])),
      tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    },
    '7',
  )
  const recalled = await createRememberedView(vault, grid, '').recall('7')
  expect([...(recalled?.tickets.keys() ?? [])]).toEqual(['t0'])
  expect([...(recalled?.entries.keys() ?? [])]).toEqual(['t0'])
})
