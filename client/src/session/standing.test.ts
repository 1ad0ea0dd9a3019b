import { createMemoryDisk, openVault, type Vault } from '@tongge/sync'
import { Doc } from 'yjs'
import { expect, test } from 'vitest'
import { metOnce } from './standing.ts'
import type { OpenDocument } from './open-documents.ts'

const name = 'grid/990101001001001/ledger'

function openLedger(vault: Vault, ready: Promise<void>): OpenDocument {
  const own = vault.attach(name, new Doc())
  return {
    name,
    parsed: { kind: 'ledger', grid: '990101001001001' },
    isNew: () => false,
    vault: own,
    disk: own,
    relay: { ready },
  } as unknown as OpenDocument
}

test('[VIEW4] what a first sync brought in part is waited for again, and is the whole once the sync was done', async () => {
  const disk = createMemoryDisk()
  const open = (): Promise<Vault> => openVault({ name: 'd', shelf: disk.open(), now: () => 0 })
  const cutOff = await open()
  let isShown = false
  const relay = Promise.withResolvers<void>()
  const met = metOnce(cutOff, [openLedger(cutOff, relay.promise)]).then(() => (isShown = true))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(isShown).toBe(false)
  relay.resolve()
  await met
  await cutOff.close()
  const later = await open()
  await metOnce(later, [openLedger(later, new Promise(() => undefined))])
  await later.close()
})
