/** The guard of a whole relay, over stock clients. */
import { applyEdits, type GridDocuments } from '@tongge/crdt'
import type { AccountId, Edit, RecordId } from '@tongge/model'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Doc } from 'yjs'
import type { Logger } from '../../sync-server/src/ports.ts'
import { create, documents, openRosterStage, set, type RosterStage } from './roster-stage.ts'

let stage: RosterStage
const refusals: unknown[] = []
const logger: Logger = {
  info: () => undefined,
  warn: (facts, message) => void (message === 'update refused' && refusals.push(facts)),
  error: () => undefined,
}

beforeAll(async () => {
  stage = await openRosterStage(logger)
})
afterAll(() => stage.close())

function edit(notes: Doc, account: string, ...edits: readonly Edit[]): void {
  const open: GridDocuments = {
    ledger: undefined,
    sensitive: undefined,
    work: new Map(),
    notes: new Map([['b1' as RecordId, notes]]),
  }
  applyEdits(open, edits, {
    slot: `slot${account}`,
    account: account as AccountId,
    device: 'd',
    now: () => Date.parse('2026-11-23T09:00:00+08:00'),
  })
}

it('[GUARD12] a relay judges from its start: what its author may not write reaches nobody, and the log says why without saying who or what', async () => {
  const leader = await stage.signIn('leader')
  const ledger = await leader.open(documents.ledger)
  applyEdits(
    { ledger, sensitive: undefined, work: new Map(), notes: new Map() },
    [create('building', 'b1', { estate: '翠竹苑', name: '1号楼' })],
    { slot: 'slotleader', account: 'leader' as AccountId, device: 'd', now: () => 1 },
  )
  const notes = await leader.open(documents.notes('b1'))
  const said = { building: 'b1', noteType: 'note', notedAt: 1_790_000_000_000 }
  edit(notes, 'leader', create('note', 'n1', { ...said, author: 'leader', text: '三楼灯坏了' }))

  const volunteer = await stage.signIn('volunteer')
  const theirs = await volunteer.open(documents.notes('b1'))
  await expect.poll(() => theirs.getMap('blobs').has('n1')).toBe(true)
  edit(theirs, 'volunteer', create('note', 'n2', { ...said, author: 'volunteer', text: '无人' }))
  await expect.poll(() => notes.getMap('blobs').has('n2')).toBe(true)
  expect(refusals).toEqual([])

  edit(theirs, 'volunteer', set('note', 'n1', 'text', '改过的话'))
  await expect.poll(() => refusals.length).toBeGreaterThan(0)
  expect(refusals[0]).toEqual({ document: documents.notes('b1'), reason: 'notAllowed note/other set' })
  expect(notes.getMap('s').size).toBe(0)
})
