/** The page of the vault bench: the same grid rests three ways, and each is loaded cold. */
import { openVault, plainCipher, type Cipher } from '@tongge/sync'
import { IndexeddbPersistence } from '../../packages/sync/node_modules/y-indexeddb/src/y-indexeddb.js'
import { applyUpdate, Doc, encodeStateAsUpdate, Map as SharedMap } from 'yjs'

const name = 'grid/990101000001001/ledger'

/** 500 households of 10 fields, 1,500 people of 20: 35,000 fields, each a value of its own. */
function fill(doc: Doc): void {
  doc.transact(() => {
    const records = (kind: string, count: number, fields: number): void => {
      for (let number = 0; number < count; number++) {
        const record = new SharedMap<string>()
        for (let field = 0; field < fields; field++)
          record.set(
            `field${field}`,
            `${kind}-${number}-${field}-${((number * 7919 + field * 104_729) % 1_000_003).toString(36)}-内容`,
          )
        doc.getMap(kind).set(`${kind}${number}`, record)
      }
    }
    records('household', 500, 10)
    records('person', 1500, 20)
  })
}

async function aesCipher(): Promise<Cipher> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const bind = (context: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(context)
  return {
    seal: async (bytes, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = new Uint8Array(
        await crypto.subtle.encrypt(
          { name: 'AES-GCM', iv, additionalData: bind(context) },
          key,
          bytes as Uint8Array<ArrayBuffer>,
        ),
      )
      const out = new Uint8Array(12 + sealed.length)
      out.set(iv)
      out.set(sealed, 12)
      return out
    },
    open: async (sealed, context) =>
      new Uint8Array(
        await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: bind(context) },
          key,
          sealed.slice(12),
        ),
      ),
  }
}

const cipherOf = async (way: string): Promise<Cipher> => (way === 'vault-aes' ? aesCipher() : plainCipher)
const vaultOf = async (way: string) => openVault({ name: way, indexedDB, now: Date.now, cipher: await cipherOf(way) })

const stage = {
  /** Stores the grid every way; returns its bytes. */
  async prepare(): Promise<number> {
    const full = new Doc()
    fill(full)
    const update = encodeStateAsUpdate(full)
    for (const way of ['vault-aes', 'vault-plain']) {
      const vault = await vaultOf(way)
      const doc = new Doc()
      const provider = vault.attach(name, doc)
      await provider.ready
      applyUpdate(doc, update)
      await provider.durable()
      await vault.close()
    }
    const doc = new Doc()
    const stock = new IndexeddbPersistence('stock', doc)
    await stock.whenSynced
    applyUpdate(doc, update)
    await stock.destroy()
    const vault = await vaultOf('bytes')
    await vault.set('update', update)
    await vault.close()
    return update.length
  },
  /** Milliseconds from asking to a document that is ready. */
  async load(way: string): Promise<number> {
    const doc = new Doc()
    if (way === 'raw') {
      const vault = await vaultOf('bytes')
      const update = (await vault.get('update')) as Uint8Array
      const start = performance.now()
      applyUpdate(doc, update)
      return checked(doc, performance.now() - start)
    }
    const start = performance.now()
    if (way === 'stock') await new IndexeddbPersistence('stock', doc).whenSynced
    else await (await vaultOf(way)).attach(name, doc).ready
    return checked(doc, performance.now() - start)
  },
}

function checked(doc: Doc, milliseconds: number): number {
  if (doc.getMap('person').size !== 1500) throw new Error('the grid is not whole')
  return milliseconds
}

export type BenchStage = typeof stage

Object.assign(globalThis, { stage })
