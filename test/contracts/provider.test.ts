import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { createIndexeddbProvider, createMemoryDisk, createMemoryHub, openVault } from '@tongge/sync'
import { realTimer, settle } from '../support/fake-timers.ts'
import { describeProvider } from './provider.contract.ts'

describeProvider('memory', async () => {
  const hub = createMemoryHub()
  return { attach: hub.attach, settled: settle, close: async () => undefined }
})

for (const [name, shelf] of [
  ['vault on IndexedDB', () => ({ indexedDB: new IDBFactory() })],
  ['vault in memory', () => ({ shelf: createMemoryDisk().open() })],
] as const) {
  describeProvider(name, async () => {
    const vault = await openVault({ name: 'contract', ...shelf(), now: () => 0 })
    return { attach: (doc) => vault.attach('board/990101000001', doc), settled: settle, close: () => vault.close() }
  })
}

describeProvider('y-indexeddb', async () => {
  const indexedDB = new IDBFactory()
  globalThis.indexedDB = indexedDB
  return { attach: (doc) => createIndexeddbProvider('board', doc, { indexedDB, setTimer: realTimer }), settled: settle, close: async () => undefined }
})
