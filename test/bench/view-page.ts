/** The page of the first-view bench: a grid's documents rest in stock y-indexeddb and in the vault, with the view of the last time beside them. */
import { createProjection, type GridDocuments } from '@tongge/crdt'
import { createCalendar, foldTicket, type GridCode } from '@tongge/model'
import { openVault } from '@tongge/sync'
import { IndexeddbPersistence } from '../../packages/sync/node_modules/y-indexeddb/src/y-indexeddb.js'
import { applyUpdate, Doc } from 'yjs'
import { indexEntries } from '../../client/src/features/ledger/index-store.ts'
import { createRememberedView } from '../../client/src/session/remembered-view.ts'

/** A document's name and its update in base64. */
export type Documents = readonly (readonly [name: string, update: string])[]

const open = () => openVault({ name: 'first-view', indexedDB, now: Date.now })

const stage = {
  /** Stores the documents both ways, the view, and as `flat` the ledger in a Y.Map `id/field` without any author or time; returns the bytes of the documents. */
  async prepare(grid: string, documents: Documents): Promise<number> {
    const vault = await open()
    const docs = new Map<string, Doc>()
    let bytes = 0
    for (const [name, base64] of documents) {
      const update = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      bytes += update.length
      const doc = new Doc()
      const own = vault.attach(name, doc)
      await own.ready
      applyUpdate(doc, update)
      await own.durable()
      docs.set(name.split('/').slice(2).join('/'), doc)
      const copy = new Doc()
      const stock = new IndexeddbPersistence(name, copy)
      await stock.whenSynced
      applyUpdate(copy, update)
      await stock.destroy()
    }
    const work = [...docs].filter(([name]) => name.startsWith('work/'))
    const documentsOf: GridDocuments = {
      ledger: docs.get('ledger'),
      sensitive: docs.get('sensitive'),
      work: new Map(work.map(([name, doc]) => [name.slice('work/'.length) as never, doc])),
      notes: new Map(),
    }
    const calendar = createCalendar()
    const projection = createProjection(documentsOf, grid as GridCode, {
      foldTicket: (steps) => foldTicket(steps, calendar),
    })
    const flat = new Doc()
    const stock = new IndexeddbPersistence('flat', flat)
    await stock.whenSynced
    flat.transact(() => {
      for (const { id, kind, fields } of projection.snapshot().entries.values())
        if (kind !== 'reporter')
          for (const [name, value] of Object.entries(fields)) flat.getMap('fields').set(`${id}/${name}`, value)
    })
    await stock.destroy()
    await createRememberedView(vault, grid as GridCode, '').keep(projection.snapshot(), await vault.version())
    await vault.close()
    return bytes
  },
  /** Milliseconds until every document is in memory: no list yet. */
  async stock(names: readonly string[]): Promise<number> {
    const start = performance.now()
    await Promise.all(names.map((name) => new IndexeddbPersistence(name, new Doc()).whenSynced))
    return performance.now() - start
  },
  /** Milliseconds until the rows of the ledger are there, in their order. */
  async view(grid: string): Promise<number> {
    const start = performance.now()
    const vault = await open()
    const snapshot = await createRememberedView(vault, grid as GridCode, '').recall(await vault.version())
    if (!snapshot || indexEntries(snapshot.entries.values()).buildings.length === 0) throw new Error('no view was kept')
    return performance.now() - start
  },
}

export type ViewStage = typeof stage

Object.assign(globalThis, { stage })
