/** When the relay got the steps of tickets, as it writes that down in their document. */
import { applyEdits } from '@tongge/crdt'
import type { AccountId, Quarter, RecordId, Step } from '@tongge/model'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { writeReceipts } from '../../sync-server/src/guard/write-receipts.ts'
import { relayAccount, type LoggedUpdate, type Logger, type UpdateLog } from '../../sync-server/src/ports.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/sync.ts'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced, updateIn } from './clients.ts'
import { startRelay } from './relay.ts'

const work = 'grid/990101001001001/work/2026q4'
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const start = Date.parse('2026-11-23T10:00:00+08:00')
const minute = 60_000
const guarded = () => createGuard({ logger: silent })

/** A log that remembers what was appended together. */
function watchedLog(): { readonly log: UpdateLog; readonly commits: (readonly LoggedUpdate[])[] } {
  const memory = createMemoryUpdateLog()
  const commits: (readonly LoggedUpdate[])[] = []
  return {
    commits,
    log: {
      ...memory,
      append(rows) {
        commits.push(rows)
        return memory.append(rows)
      },
    },
  }
}

/** The first of a ticket. */
function stepOf(id: string, account: string, at: number): Step {
  return {
    id: id as RecordId,
    ticket: `t${id}` as RecordId,
    action: 'submit',
    from: 'draft',
    to: 'submitted',
    actor: account as AccountId,
    role: 'gridMember',
    device: 'phone',
    at,
    clock: 0,
    birth: {
      no: '1',
      source: 'grid',
      category: 'facility.repair',
      title: '路灯不亮',
      place: '1号楼',
      occurredAt: at,
      severity: 'normal',
      level: 'grid',
      visibility: 'public',
    },
  }
}

function addStep(doc: Y.Doc, id: string, account = 'ada', at = start): Uint8Array {
  const state = Y.encodeStateVector(doc)
  const documents = {
    ledger: undefined,
    sensitive: undefined,
    work: new Map([['2026q4' as Quarter, doc]]),
    notes: new Map(),
  }
  const writer = { slot: `slot${account}`, account: account as AccountId, device: 'phone', now: () => at }
  applyEdits(documents, [{ op: 'step', step: stepOf(id, account, at) }], writer)
  return Y.encodeStateAsUpdate(doc, state)
}

const receiptsIn = (doc: Y.Doc): unknown => doc.getMap('receipts').toJSON()

async function stored(log: UpdateLog): Promise<Y.Doc> {
  const { snapshot, tail } = await log.read(work)
  const doc = new Y.Doc()
  for (const update of [...(snapshot ? [snapshot] : []), ...tail]) Y.applyUpdate(doc, update)
  return doc
}

test("[RECEIPT1] each step has its receipt in the same commit, as the relay's own writing, and everybody is shown it, its author too", async () => {
  let now = start
  const { log, commits } = watchedLog()
  await using relay = await startRelay({ log, guard: guarded(), wallClock: () => now })
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  using ada = await createFrameClient(relay.url, { docs: new Map([[1, mine]]) })
  using bo = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, theirs]]) })
  using stock = createStockClient(relay.url, work, { account: 'cy' })
  for (const client of [ada, bo]) {
    client.open(1, work)
    await client.untilFrame(isStep2)
    client.step2(1, Y.encodeStateAsUpdate(new Y.Doc()))
  }
  await untilSynced(stock)
  now += minute
  ada.update(1, addStep(mine, 's1'))
  await untilDocs([mine, theirs, stock.doc], () =>
    [mine, theirs, stock.doc].every((doc) => doc.getMap('receipts').has('s1')),
  )
  expect(commits).toHaveLength(1)
  expect(commits[0]?.map(({ account }) => account)).toEqual(['ada', relayAccount])
  expect([mine, theirs, stock.doc, await stored(log)].map(receiptsIn)).toEqual(
    Array.from({ length: 4 }, () => ({ s1: [start + minute, start] })),
  )
  // Our client is not told its own step again.
  const heard = ada.frames.flatMap((frame) => (frame.type === 'data' ? (updateIn(frame.message) ?? []) : []))
  expect(heard.flatMap((update) => Y.decodeUpdate(update).structs).map(({ id }) => id.client)).not.toContain(
    mine.clientID,
  )
  addStep(stock.doc, 's2', 'cy')
  await untilDocs([stock.doc, mine], () => [stock.doc, mine].every((doc) => doc.getMap('receipts').has('s2')))
})

test('[RECEIPT2] what may have been written before a connection began is from after the contact before that, all else from after what was heard on the socket', async () => {
  let now = start
  const known = new Map([['away', start - 20 * minute]])
  await using relay = await startRelay({
    guard: guarded(),
    wallClock: () => now,
    lastContact: (session) => known.get(session),
  })
  const doc = new Y.Doc()
  using ada = await createFrameClient(relay.url, { session: 'away', docs: new Map([[1, doc]]) })
  ada.open(1, work)
  await ada.untilFrame(isStep2)
  // Before it has answered what it has: whoever comes back says that at once.
  ada.update(1, addStep(doc, 's1'))
  await untilDocs([doc], () => doc.getMap('receipts').has('s1'))
  ada.step2(1, addStep(doc, 's2'))
  await untilDocs([doc], () => doc.getMap('receipts').has('s2'))
  // Until an answer to a ping was read between two edits.
  await expect
    .poll(async () => {
      now += 10 * minute
      const pinged = new Promise((resolve) => ada.socket.once('ping', resolve))
      relay.endpoint.tick()
      await pinged
      await delay(20)
      now += 1000
      const id = `live${now}`
      ada.update(1, addStep(doc, id))
      await untilDocs([doc], () => doc.getMap('receipts').has(id))
      const [received, lastContact] = doc.getMap('receipts').get(id) as [number, number]
      return received - lastContact
    })
    .toBe(1000)
  using fresh = await createFrameClient(relay.url, { account: 'bo', session: 'new', docs: new Map([[1, doc]]) })
  fresh.open(1, work)
  await fresh.untilFrame(isStep2)
  fresh.step2(1, addStep(doc, 's3', 'bo'))
  await untilDocs([doc], () => doc.getMap('receipts').has('s3'))
  expect(receiptsIn(doc)).toMatchObject({
    s1: [start, start - 20 * minute],
    s2: [start, start - 20 * minute],
    s3: [now],
  })
})

test('[RECEIPT3] what is given back after a loss keeps the receipt that comes with it, and gets one where none comes', async () => {
  const lost = new Y.Doc()
  addStep(lost, 's1', 'bo')
  Y.applyUpdate(lost, writeReceipts([{ of: 's1', received: start, lastContact: undefined }], 7, 0))
  addStep(lost, 's2', 'cy')
  await using relay = await startRelay({
    guard: createGuard({ logger: silent, isHealing: () => true }),
    wallClock: () => start + minute,
  })
  const doc = new Y.Doc()
  using ada = await createFrameClient(relay.url, { docs: new Map([[1, doc]]) })
  ada.open(1, work)
  ada.step2(1, Y.encodeStateAsUpdate(lost))
  await ada.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 1)
  expect(receiptsIn(await stored(relay.log))).toEqual({ s1: [start], s2: [start + minute] })
})

test('[RECEIPT3] the relay writes under another number each time the document is opened, and without a guard that reads steps it writes none', async () => {
  const log = createMemoryUpdateLog()
  const clients = async (): Promise<readonly number[]> => [
    ...Y.decodeStateVector(Y.encodeStateVector(await stored(log))).keys(),
  ]
  const doc = new Y.Doc()
  const keep = { ...log, close: async () => undefined }
  const say = async (id: string, guard?: ReturnType<typeof createGuard>): Promise<void> => {
    await using relay = await startRelay({ log: keep, ...(guard && { guard }) })
    using ada = await createFrameClient(relay.url, { docs: new Map([[1, doc]]) })
    ada.open(1, work, doc)
    await ada.untilFrame(isStep2)
    ada.step2(1, addStep(doc, id))
    await ada.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 1)
  }
  await say('s1', guarded())
  expect(await clients()).toHaveLength(2)
  await say('s2', guarded())
  expect(await clients()).toHaveLength(3)
  await say('s3')
  expect(await clients()).toHaveLength(3)
  expect(Object.keys((await stored(log)).getMap('receipts').toJSON())).toEqual(['s1', 's2'])
})

test('[RECEIPT1] receipts are written as Yjs writes them', () => {
  const written = new Y.Doc()
  written.clientID = 4_000_000_000
  written.transact(() => {
    written.getMap('receipts').set('s1', [start, start - 1])
    written.getMap('receipts').set('s2', [start])
  })
  const receipts = [
    { of: 's1', received: start, lastContact: start - 1 },
    { of: 's2', received: start, lastContact: undefined },
  ]
  expect(writeReceipts(receipts, 4_000_000_000, 0)).toEqual(Y.encodeStateAsUpdate(written))
  const state = Y.encodeStateVector(written)
  written.getMap('receipts').set('s3', [start, start])
  const later = writeReceipts([{ of: 's3', received: start, lastContact: start + 1 }], 4_000_000_000, 2)
  expect(later).toEqual(Y.encodeStateAsUpdate(written, state))
})
