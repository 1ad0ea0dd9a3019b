import { openCoText } from '@tongge/crdt'
import type { AccountId, RecordId, Role } from '@tongge/model'
import { createMemoryDisk, openVault, type MemoryDisk, type Vault } from '@tongge/sync'
import { expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { OpenDocument } from './open-documents.ts'
import { settleCopy } from './settle-copies.ts'
import { createToldEdits } from './told-edits.ts'

const name = 'grid/990101001001001/diary'
const h1 = 'h1' as RecordId
let time = 1_790_000_000_000

function hand(doc: Doc, slot: string, account: string) {
  const documents = { ledger: undefined, sensitive: undefined, diary: doc, work: new Map(), notes: new Map() }
  const writer = { slot, account: account as AccountId, device: 'phone', now: () => (time += 1000) }
  const diary = () => openCoText(documents, { kind: 'household', id: h1, field: 'diary' }, writer)
  return {
    type: (at: number, text: string) => diary()?.splice(at, 0, text),
    read: () => diary()?.value(),
  }
}

function open(disk: MemoryDisk, prefix: string): Promise<Vault> {
  let count = 0
  return openVault({ name: 'test', shelf: disk.open(), now: () => time, createId: () => `${prefix}${++count}` })
}

/** A device on which a diary entry that is far too long was refused, and another one after it waits behind that. */
async function refused(disk: MemoryDisk): Promise<void> {
  const there = new Doc()
  hand(there, 'slotbob1', 'bob').type(0, '上午')
  const vault = await open(disk, 'a')
  const doc = new Doc()
  const own = vault.attach(name, doc)
  await own.ready
  applyUpdate(doc, encodeStateAsUpdate(there))
  hand(doc, 'slotada1', 'ada').type(2, '9'.repeat(1_000_001))
  hand(doc, 'slotada1', 'ada').type(2, '来过')
  const fresh = new Doc()
  const anew = vault.attach(name, fresh, { anew: true })
  await anew.ready
  applyUpdate(fresh, encodeStateAsUpdate(there))
  await Promise.all([own.durable(), anew.durable()])
  await vault.renew(name)
  await vault.close()
}

test('[HEAL6] what breaks off at any moment goes on from there: nothing is written twice, told twice or forgotten', async () => {
  for (const broken of ['durable', 'told', 'done'] as const) {
    const disk = createMemoryDisk()
    await refused(disk)
    const vault = await open(disk, 'b')
    const doc = new Doc()
    const own = vault.attach(name, doc)
    await own.ready
    const told = createToldEdits(vault, 'ada' as AccountId, () => undefined)
    let isBroken = true
    const breaks = async <T>(at: typeof broken, work: () => Promise<T>): Promise<T> => {
      if (isBroken && at === broken) throw new Error(`broken off at ${at}`)
      return work()
    }
    const document = {
      parsed: { kind: 'diary', grid: '990101001001001' },
      doc,
      vault: { ...own, durable: () => breaks('durable', own.durable) },
      relay: { write: true },
    } as unknown as OpenDocument
    let count = 0
    const settle = async (): Promise<void> => {
      for (const copy of await vault.left())
        await settleCopy({ ...copy, done: (ids) => breaks('done', () => copy.done(ids)) }, document, {
          vault,
          account: 'ada' as AccountId,
          rolesIn: (): readonly Role[] => ['gridMember'],
          told: { ...told, add: (edits) => breaks('told', () => told.add(edits)) },
          newId: () => `id${++count}` as RecordId,
          now: () => time,
        })
    }
    await expect(settle()).rejects.toThrow(broken)
    expect((await vault.unsent()).length).toBeGreaterThan(0)
    isBroken = false
    await settle()
    await settle()
    expect(hand(doc, 'slotada3', 'ada').read()).toBe('上午来过')
    expect((await told.read()).map(({ reason, lines }) => [reason, lines.length])).toEqual([['badValue', 1]])
    expect((await vault.left()).map(({ edits }) => edits)).toEqual([[]])
    told.dispose()
    await vault.close()
  }
})
