import { applyEdits } from '@tongge/crdt'
import type { AccountId, RecordId } from '@tongge/model'
import { createMemoryDisk, openVault } from '@tongge/sync'
import { parseDocumentName } from '@tongge/protocol'
import { expect, test } from 'vitest'
import { Doc } from 'yjs'
import { leaveDocument } from './leave-document.ts'
import type { OpenDocument } from './open-documents.ts'
import { createToldEdits } from './told-edits.ts'

const ledger = 'grid/990101001001001/ledger'
const journal = 'grid/990101001001001/journal/2026q4'

test('[HAND11] what waited is told and put on its way to the leaders once, however often leaving breaks off; rows of its history say nothing by themselves', async () => {
  const disk = createMemoryDisk()
  const [vault, ledgerDoc, journalDoc] = [
    await openVault({ name: 'test', shelf: disk.open(), now: () => 5, createId: () => crypto.randomUUID() }),
    new Doc(),
    new Doc(),
  ]
  const own = [vault.attach(ledger, ledgerDoc), vault.attach(journal, journalDoc)]
  await Promise.all(own.map(({ ready }) => ready))
  const documents = {
    ledger: ledgerDoc,
    sensitive: undefined,
    work: new Map(),
    notes: new Map(),
    journal: new Map([['2026q4', journalDoc]]),
  }
  const writer = { slot: 'slotada1', account: 'ada' as AccountId, device: 'phone', now: () => 4 }
  const [p1, p2] = ['p1', 'p2'] as readonly RecordId[] as readonly [RecordId, RecordId]
  for (const id of [p1, p2]) applyEdits(documents, [{ op: 'create', kind: 'person', id, fields: { name: id } }], writer)
  applyEdits(documents, [{ op: 'set', kind: 'person', id: p1, field: 'phone', value: '13811112222' }], writer)
  await Promise.all(own.map((one) => one.durable()))
  expect(new Set((await vault.unsent()).map(({ document }) => document))).toEqual(new Set([ledger, journal]))

  const told = createToldEdits(vault, 'ada' as AccountId, () => undefined)
  let count = 0
  const leave = (name: string, doc: Doc, remove: (name: string) => Promise<void>): Promise<number> => {
    const parsed = parseDocumentName(name)
    const document = { name, parsed, doc, loaded: Promise.resolve(), close: async () => undefined }
    return leaveDocument(document as unknown as OpenDocument, {
      vault: { ...vault, remove },
      told,
      grids: [],
      newId: () => `new${++count}` as RecordId,
      now: () => 7,
      isOver: () => false,
    })
  }
  const breaks = (): Promise<void> => Promise.reject(new Error('the tab is gone'))
  for (const [name, doc] of [
    [ledger, ledgerDoc],
    [journal, journalDoc],
  ] as const) {
    await expect(leave(name, doc, breaks)).rejects.toThrow('the tab is gone')
    await leave(name, doc, async () => undefined)
  }
  const edits = await told.read()
  expect(edits.map(({ lines, handover, left }) => [lines[0]?.id, handover?.state, left])).toEqual([
    [undefined, undefined, ['ledger', 'journal']],
    ['p1', 'asked', undefined],
    ['p2', 'asked', undefined],
  ])
  await vault.close()
})
