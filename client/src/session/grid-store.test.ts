import { applyEdits, createProjection, type GridDocuments, type Writer } from '@tongge/crdt'
import type { AccountId, Edit, GridCode, RecordId } from '@tongge/model'
import { createMemo, createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { setTimer } from './device.ts'
import { createGridStore } from './grid-store.ts'

const one = 'h1' as RecordId
const other = 'h2' as RecordId
const writer: Writer = { slot: 'a', account: 'member01' as AccountId, device: 'test', now: () => 1 }

function open() {
  const documents: GridDocuments = { ledger: new Doc(), sensitive: undefined, work: new Map(), notes: new Map() }
  const projection = createProjection(documents, '990101001001001' as GridCode, { foldTicket: () => undefined })
  const put = (id: RecordId, door: string): void =>
    void applyEdits(documents, [{ op: 'create', kind: 'house', id, fields: { door } }], writer)
  return { projection, put, ...createGridStore(projection, setTimer) }
}

describe('grid store', () => {
  it('[STORE1] a change wakes whoever reads that record and nobody who reads another', () =>
    createRoot((dispose) => {
      const { store, put } = open()
      put(one, '101')
      let reads = 0
      const door = createMemo(() => (reads++, store.entries[one]?.fields))
      put(other, '102')
      expect([door(), reads]).toEqual([{ door: '101' }, 1])
      dispose()
    }))

  it('[STORE2] a list of the records wakes when one is added, and a record that was asked for before it came is shown', () =>
    createRoot((dispose) => {
      const { store, put } = open()
      const ids = createMemo(() => Object.keys(store.entries))
      const fields = createMemo(() => store.entries[one]?.fields)
      expect([ids(), fields(), one in store.entries]).toEqual([[], undefined, false])
      put(one, '101')
      expect([ids(), fields(), one in store.entries]).toEqual([[one], { door: '101' }, true])
      dispose()
    }))

  it('[STORE3] the maps of the snapshot keep their identity until one of their records changes', () => {
    const { store, put } = open()
    const { tickets, entries } = store.snapshot()
    put(one, '101')
    expect(store.snapshot().tickets).toBe(tickets)
    expect(store.snapshot().entries).not.toBe(entries)
  })

  it('[STORE4] a large change of others leaves room for taps and is shown when all of it is read; an own edit is shown at once', async () => {
    const { store, projection, settled } = open()
    const other = new Doc()
    const there: GridDocuments = { ledger: other, sensitive: undefined, work: new Map(), notes: new Map() }
    const houses = Array.from({ length: 1000 }, (_, index): Edit => {
      return { op: 'create', kind: 'house', id: `x${index}` as RecordId, fields: { door: `${index}` } }
    })
    applyEdits(there, houses, { ...writer, slot: 'b' })
    const { ledger } = projection.documents()
    if (ledger) applyUpdate(ledger, encodeStateAsUpdate(other), 'relay')
    expect(store.snapshot().entries.size).toBe(0)
    const shown = await settled()
    expect([shown.entries.size, store.snapshot()]).toEqual([1000, shown])
  })

  it('[STORE4] not even a small change of others is read or shown within the transaction that brings it', async () => {
    const { store, projection, settled } = open()
    const other = new Doc()
    const there: GridDocuments = { ledger: other, sensitive: undefined, work: new Map(), notes: new Map() }
    applyEdits(there, [{ op: 'create', kind: 'house', id: one, fields: { door: '101' } }], { ...writer, slot: 'b' })
    const { ledger } = projection.documents()
    if (ledger) applyUpdate(ledger, encodeStateAsUpdate(other), 'relay')
    expect([store.snapshot().entries.size, projection.readSome(0)]).toEqual([0, false])
    expect((await settled()).entries.size).toBe(1)
  })
})
