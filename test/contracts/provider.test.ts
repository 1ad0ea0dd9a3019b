import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { createIndexeddbProvider, createMemoryDisk, createMemoryHub, createRelayLink, openVault } from '@tongge/sync'
import { createManualClock, realTimer, settle } from '../support/fake-timers.ts'
import { createRandomSource } from '../support/random-source.ts'
import { createNetwork } from '../support/test-network.ts'
import { createTestRelay } from '../support/test-relay.ts'
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
  return {
    attach: (doc) => createIndexeddbProvider('board', doc, { indexedDB, setTimer: realTimer }),
    settled: settle,
    close: async () => undefined,
  }
})

describeProvider('relay link', async () => {
  const random = createRandomSource(1)
  const network = createNetwork()
  const relay = createTestRelay({ network, random })
  relay.start()
  relay.hurry()
  const clock = createManualClock()
  const link = createRelayLink({
    url: 'ws://relay/sync',
    createSocket: network.createSocket('d1'),
    random: random.next,
    now: clock.now,
    setTimer: clock.setTimer,
  })
  link.connect()
  const pumping = { isOpen: true }
  const pump = async (): Promise<void> => {
    while (pumping.isOpen) {
      await settle(1)
      for (const connection of network.connections())
        for (const direction of ['up', 'down'] as const) connection.deliver(direction, 100)
    }
  }
  void pump()
  const close = async (): Promise<void> => {
    await link.close()
    pumping.isOpen = false
    await relay.close()
  }
  return { attach: (doc) => link.attach('board/990101000001', doc), settled: () => settle(10), close }
})
