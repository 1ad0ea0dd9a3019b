import { applyEdits } from '@tongge/crdt'
import type { AccountId, Edit, RecordId } from '@tongge/model'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { createMemoryUpdateLog } from '../log/memory-update-log.ts'
import type { UpdateLog } from '../ports.ts'
import { createNewest, type Newest } from '../rooms/newest.ts'
import { watchBuildings, type BuildingsWatch } from './buildings-watch.ts'

const grid = '990101001001001'
const notes = `grid/${grid}/building/shed/notes`
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
let stored: UpdateLog
let buildings: BuildingsWatch
let newest: Newest
const registered = new Set<string>()

beforeEach(() => {
  vi.useFakeTimers()
  registered.clear()
  stored = createMemoryUpdateLog()
  newest = createNewest([])
  buildings = watchBuildings({
    log: stored,
    newest,
    logger: silent,
    isRegistered: (of, building) => registered.has(`${of}/${building}`),
    onBuildings: async (of, found) => {
      registered.clear()
      for (const { id } of found) registered.add(`${of}/${id}`)
    },
  })
})
afterEach(async () => {
  await buildings.close()
  vi.useRealTimers()
})

const ledgerWithShed = (): Uint8Array => {
  const ledger = new Doc()
  const edit: Edit = {
    op: 'create',
    kind: 'building',
    id: 'shed' as RecordId,
    fields: { estate: '翠竹苑', name: '车棚' },
  }
  applyEdits({ ledger, sensitive: undefined, work: new Map(), notes: new Map() }, [edit], {
    slot: 's1',
    account: 'leader01' as AccountId,
    device: 'd',
    now: () => 0,
  })
  return encodeStateAsUpdate(ledger)
}
const row = (document: string, update: Uint8Array): Parameters<UpdateLog['append']>[0] => [
  { document, update, account: 'leader01' },
]

it('[ACCESS11] a document of a building can be read once the ledger that names it was committed', async () => {
  await expect(buildings.log.read(notes)).rejects.toThrow('no ledger names this building')
  await vi.runAllTimersAsync()
  await expect(buildings.log.read(notes)).rejects.toThrow('no ledger names this building')
  await buildings.log.append(row(`grid/${grid}/ledger`, ledgerWithShed()))
  await vi.runAllTimersAsync()
  expect(await buildings.log.read(notes)).toMatchObject({ through: 0 })
})

it('[ACCESS11] a building whose ledger was committed just before the last end is found when its document is asked for', async () => {
  await stored.append(row(`grid/${grid}/ledger`, ledgerWithShed()))
  await expect(buildings.log.read(notes)).rejects.toThrow('no ledger names this building')
  await vi.runAllTimersAsync()
  expect(await buildings.log.read(notes)).toMatchObject({ through: 0 })
})

it('[GEN4] buildings are read from the newest generation of their ledger', async () => {
  newest.note(`grid/${grid}/ledger/g2`)
  await buildings.log.append(row(`grid/${grid}/ledger/g2`, ledgerWithShed()))
  await vi.runAllTimersAsync()
  expect([...registered]).toEqual([`${grid}/shed`])
})

it('[ACCESS10] a building that is restored counts again', async () => {
  const ledger = new Doc()
  ledger.on('update', (update) => void buildings.log.append(row(`grid/${grid}/ledger`, update)))
  const base = { kind: 'building', id: 'shed' as RecordId } as const
  const write = async (...edits: Edit[]): Promise<void> => {
    applyEdits({ ledger, sensitive: undefined, work: new Map(), notes: new Map() }, edits, {
      slot: 's1',
      account: 'leader01' as AccountId,
      device: 'd',
      now: () => 0,
    })
    await vi.runAllTimersAsync()
  }
  await write({ op: 'create', ...base, fields: { estate: '翠竹苑', name: '车棚' } })
  await write({ op: 'delete', ...base })
  await write({ op: 'create', ...base, id: 'other' as RecordId, fields: { estate: '翠竹苑', name: '二号' } })
  expect([...registered]).toEqual([`${grid}/other`])
  await write({ op: 'restore', ...base })
  expect([...registered].toSorted()).toEqual([`${grid}/other`, `${grid}/shed`])
})

it('[ACCESS11] what was written of a building that is gone can still be read', async () => {
  await stored.append(row(notes, encodeStateAsUpdate(new Doc())))
  expect((await buildings.log.read(notes)).tail).toHaveLength(1)
})
