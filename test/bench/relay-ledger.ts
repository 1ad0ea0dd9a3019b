/** The ledger that the relay bench fills its documents with, and edits of it that a guard takes. Every server gets the same bytes. */
import { applyEdits, type GridDocuments, type Writer } from '@tongge/crdt'
import type { AccountId, Edit, RecordId } from '@tongge/model'
import * as Y from 'yjs'

/** Whom every client of the bench comes as. */
export const editor = { account: 'ada', roles: ['gridMember'] } as const

export function ledgerName(index: number): string {
  return `grid/${990_101_001_001_001 + index}/ledger`
}

/** About `bytes` of households. */
export function makeLedger(bytes: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  const households = Array.from({ length: Math.ceil(bytes / bytesOfHousehold) }, (_, index): Edit => create(index))
  applyEdits(documentsOf(doc), households, writerOf('AAAAAAAA', 0))
  return Y.encodeStateAsUpdate(doc)
}

export interface OneEdit {
  readonly update: Uint8Array
  /** The last clock that it takes of its client. */
  readonly clock: number
}

/** The next edits of a person who corrects one telephone number after the other in the ledger. `client` is under a million. */
export function createEdits(client: number, ledger: Uint8Array): () => OneEdit {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, ledger)
  doc.clientID = client
  let made: Uint8Array[] = []
  let index = 0
  doc.on('update', (update: Uint8Array) => made.push(update))
  const writer = writerOf(`B${String(client).padStart(7, '0')}`, 0)
  return () => {
    made = []
    const value = `139${String(index).padStart(8, '0')}`
    applyEdits(
      documentsOf(doc),
      [{ op: 'set', kind: 'household', id: idOf(index++ % 50), field: 'phone', value }],
      writer,
    )
    const [first = new Uint8Array()] = made
    return { update: made.length === 1 ? first : Y.mergeUpdates(made), clock: Y.getState(doc.store, client) - 1 }
  }
}

/** A household more, by a replica of its own, so that it stands on nothing that a server may have lost. `index` is under a million. */
export function makeHousehold(index: number): Uint8Array {
  const doc = new Y.Doc()
  applyEdits(documentsOf(doc), [create(1_000_000 + index)], writerOf(`C${String(index).padStart(7, '0')}`, 1))
  return Y.encodeStateAsUpdate(doc)
}

const bytesOfHousehold = 131

function create(index: number): Edit {
  const fields = { householdNo: String(index), house: idOf(index), phone: '13900000000', householdType: 'family' }
  return { op: 'create', kind: 'household', id: idOf(index), fields }
}

function idOf(index: number): RecordId {
  return `household-${String(index).padStart(7, '0')}` as RecordId
}

function documentsOf(ledger: Y.Doc): GridDocuments {
  return { ledger, sensitive: undefined, work: new Map(), notes: new Map() }
}

function writerOf(slot: string, second: number): Writer {
  const now = (): number => Date.parse('2026-01-01T00:00:00Z') + second * 1000
  return { slot: `${slot}0`, account: editor.account as AccountId, device: 'Redmi 12C', now }
}
