import { expect, it } from 'vitest'
import { Doc } from 'yjs'
import { createMemoryDisk, openVault, type MemoryDisk, type Vault, type VaultProvider } from '../index.ts'

const ledger = 'grid/990101000001001/ledger'

function open(disk: MemoryDisk, prefix = 't'): Promise<Vault> {
  let count = 0
  return openVault({ name: 'test', shelf: disk.open(), now: () => 0, createId: () => `${prefix}${++count}` })
}

async function attached(vault: Vault): Promise<{ doc: Doc; map: ReturnType<Doc['getMap']>; provider: VaultProvider }> {
  const doc = new Doc()
  const provider = vault.attach(ledger, doc)
  await provider.ready
  return { doc, map: doc.getMap('entries'), provider }
}

const local = (subject: string): { local: true; subjects: string[] } => ({ local: true, subjects: [subject] })

it('[SAVE14] a document is fetched anew beside itself and takes over at the next opening; what waited in the copy before it is told until it is forgotten', async () => {
  const disk = createMemoryDisk()
  const vault = await open(disk)
  const old = await attached(vault)
  old.map.set('before', 1)
  old.doc.transact(() => old.map.set('refused', 1), local('household/h1'))
  const fresh = new Doc()
  const beside = vault.attach(ledger, fresh, { anew: true })
  await beside.ready
  fresh.getMap('entries').set('before', 1)
  await Promise.all([old.provider.durable(), beside.durable()])
  expect((await vault.unsent()).length).toBeGreaterThan(0)
  expect(await vault.left()).toEqual([])
  await vault.renew(ledger)
  await vault.close()

  const next = await open(disk, 'n')
  expect(await next.documents()).toEqual([ledger])
  expect((await attached(next)).map.toJSON()).toEqual({ before: 1 })
  const [left, ...others] = await next.left()
  expect(others).toEqual([])
  expect(left).toMatchObject({ document: ledger })
  expect(left?.edits.map(({ subjects }) => subjects)).toContainEqual(['household/h1'])
  expect((await next.unsent()).map(({ subjects }) => subjects)).toContainEqual(['household/h1'])
  const held = new Doc()
  await left?.load(held)
  expect(held.getMap('entries').toJSON()).toEqual({ before: 1, refused: 1 })
  await left?.done(left.edits.map(({ id }) => id))
  expect((await next.left()).map(({ edits }) => edits)).toEqual([[]])
  await left?.forget()
  expect(await next.left()).toEqual([])
  expect((await attached(await open(disk))).map.toJSON()).toEqual({ before: 1 })
})

it('[SAVE14] a copy that nobody made the document is no document, and the next one made anew goes on from it', async () => {
  const disk = createMemoryDisk()
  const vault = await open(disk)
  const old = await attached(vault)
  old.map.set('one', 1)
  const fresh = new Doc()
  const beside = vault.attach(ledger, fresh, { anew: true })
  fresh.getMap('entries').set('half', 1)
  await Promise.all([old.provider.durable(), beside.durable()])
  await vault.close()
  const next = await open(disk)
  expect(await next.documents()).toEqual([ledger])
  expect((await attached(next)).map.toJSON()).toEqual({ one: 1 })
  expect(await next.left()).toEqual([])
})

it('[SAVE15] what was kept under a beginning is forgotten, and nothing else', async () => {
  const vault = await open(createMemoryDisk())
  for (const key of ['view/1', 'view/12', 'draft/1']) await vault.keep(key, new Uint8Array([1]))
  await vault.forgetKept('view/1')
  expect(await Promise.all(['view/1', 'view/12', 'draft/1'].map((key) => vault.recall(key)))).toEqual([
    undefined,
    undefined,
    new Uint8Array([1]),
  ])
})

it('[SAVE14] several documents are renewed at once, and one that is removed leaves with all its copies', async () => {
  const disk = createMemoryDisk()
  const other = `${ledger.slice(0, -6)}sensitive`
  const vault = await open(disk)
  for (const name of [ledger, other]) {
    for (const anew of [false, true]) {
      const doc = new Doc()
      const provider = vault.attach(name, doc, { anew })
      doc.getMap('entries').set('one', 1)
      await provider.durable()
    }
  }
  await Promise.all([vault.renew(ledger), vault.renew(other)])
  await vault.close()
  const next = await open(disk, 'n')
  expect((await next.left()).map(({ document }) => document).sort()).toEqual([ledger, other])
  await next.remove(ledger)
  expect([await next.documents(), (await next.left()).map(({ document }) => document)]).toEqual([[other], [other]])
})
