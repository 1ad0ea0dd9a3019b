/** Several relays over one log, with a document open at all of them. */
import { applyEdits } from '@tongge/crdt'
import type { AccountId, Quarter, RecordId } from '@tongge/model'
import { closeReasons } from '@tongge/protocol'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFanOutHub, type FanOutHub } from '../../sync-server/src/fan-out/memory-fan-out.ts'
import { createFolding } from '../../sync-server/src/generations/folding.ts'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import type { Guard, Logger, Notice, SharedLog, UpdateLog } from '../../sync-server/src/ports.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/sync.ts'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced, type FrameClient } from './clients.ts'
import { createDice } from './history.ts'
import { startRelay, type Relay, type RelayOptions } from './relay.ts'

const meeting = 'meeting/m1'
const work = 'grid/990101001001001/work/2026q4'
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const opened: { [Symbol.dispose](): void }[] = []
const relays: Relay[] = []
let log: SharedLog
let hub: FanOutHub

beforeEach(() => {
  log = createMemoryUpdateLog()
  hub = createFanOutHub()
})
afterEach(async () => {
  for (const one of opened.splice(0)) one[Symbol.dispose]()
  for (const relay of relays.splice(0)) await relay.close()
})

interface Options extends RelayOptions {
  readonly lookEveryMs?: number
}

async function relay({ lookEveryMs = 20, ...options }: Options = {}): Promise<Relay> {
  const one = await startRelay({ log, ...options, sharing: { log, fanOut: hub.join(), lookEveryMs } })
  relays.push(one)
  return one
}

interface Hand {
  readonly doc: Y.Doc
  readonly client: FrameClient
  /** Everything sent so far is acknowledged. */
  acknowledged(): Promise<unknown>
}

async function handAt({ url }: Relay, document: string, account = 'ada', doc = new Y.Doc()): Promise<Hand> {
  const client = await createFrameClient(url, { account, docs: new Map([[1, doc]]) })
  opened.push(client)
  client.open(1, document, doc)
  await client.untilFrame(isStep2)
  let sent = 1
  client.step2(1, Y.encodeStateAsUpdate(doc))
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === client.socket) return
    sent++
    client.update(1, update)
  })
  return {
    doc,
    client,
    acknowledged: () => client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count >= sent),
  }
}

async function stored(document: string): Promise<Y.Doc> {
  const { snapshot, tail } = await log.read(document)
  const doc = new Y.Doc()
  for (const update of [...(snapshot ? [snapshot] : []), ...tail]) Y.applyUpdate(doc, update)
  return doc
}

const closedWith = (hand: Hand): Promise<unknown> => hand.client.untilFrame((frame) => frame.type === 'closed')
const equal = (...docs: readonly Y.Doc[]): boolean =>
  docs.every((doc) => docs[0] && Y.equalSnapshots(Y.snapshot(docs[0]), Y.snapshot(doc)))

/** The same log, whose next append waits until it is let through. */
function heldUp(): { readonly log: UpdateLog; readonly arrived: Promise<void>; letThrough(): void } {
  const arrived = Promise.withResolvers<void>()
  const passed = Promise.withResolvers<void>()
  return {
    arrived: arrived.promise,
    letThrough: passed.resolve,
    log: {
      ...log,
      async append(rows, at) {
        arrived.resolve()
        await passed.promise
        return log.append(rows, at)
      },
    },
  }
}

/** Remembers in which order it heard of what. */
function hearing(): { readonly guard: Guard; readonly heard: string[] } {
  const heard: string[] = []
  const keys = (update: Uint8Array): string =>
    Y.decodeUpdate(update)
      .structs.flatMap((struct) => ('parentSub' in struct && struct.parentSub ? [struct.parentSub] : []))
      .join()
  const note = (what: string, updates: readonly Uint8Array[]): void =>
    void heard.push(`${what} ${updates.map(keys).join()}`)
  return {
    heard,
    guard: {
      judge(_document, update) {
        note('judge', [update])
        return { allowed: true }
      },
      opened: (_document, content) => note('opened', content),
      admitted: (_document, update) => note('admitted', [update]),
    },
  }
}

test('[SHARE1] what one relay has committed is shown at the others, where stock clients and ours are in the same document', async () => {
  const [first, second, third] = [await relay(), await relay(), await relay()]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  const stock = createStockClient(third.url, meeting, { account: 'cy' })
  opened.push(stock)
  await untilSynced(stock)
  const docs = [ada.doc, bo.doc, stock.doc]
  ada.doc.getMap('m').set('a', 1)
  bo.doc.getMap('m').set('b', 2)
  stock.doc.getText('t').insert(0, 'text')
  await untilDocs(docs, () => docs.every((doc) => doc.getMap('m').size === 2 && doc.getText('t').length === 4))
  ada.doc.getMap('m').delete('b')
  await untilDocs(docs, () => docs.every((doc) => doc.getMap('m').size === 1))
  expect(equal(...docs, await stored(meeting))).toBe(true)
})

test('[SHARE1] nothing is shown at another relay before it is committed', async () => {
  const slow = heldUp()
  const [first, second] = [await relay({ log: slow.log }), await relay()]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  ada.doc.getMap('m').set('a', 1)
  await slow.arrived
  await delay(100)
  expect(bo.doc.getMap('m').size).toBe(0)
  slow.letThrough()
  await untilDocs([bo.doc], () => bo.doc.getMap('m').size === 1)
})

test('[SHARE2] of two relays that commit to a document at once the later one judges again, on top of what the other stored', async () => {
  const slow = heldUp()
  const { guard, heard } = hearing()
  const [first, second] = [await relay({ log: slow.log, guard, lookEveryMs: 1e6 }), await relay()]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  heard.length = 0
  ada.doc.getMap('m').set('mine', 1)
  await slow.arrived
  bo.doc.getMap('m').set('theirs', 2)
  await bo.acknowledged()
  slow.letThrough()
  await ada.acknowledged()
  expect(heard).toEqual(['judge mine', 'admitted mine', 'opened ', 'admitted theirs', 'judge mine', 'admitted mine'])
  const docs = [ada.doc, bo.doc]
  await untilDocs(docs, () => docs.every((doc) => doc.getMap('m').size === 2))
  expect((await log.read(meeting)).tail).toHaveLength(2)
})

test('[SHARE2] what is sent to two relays is stored once and acknowledged by both', async () => {
  const slow = heldUp()
  const [first, second] = [await relay({ log: slow.log }), await relay()]
  const source = new Y.Doc()
  source.getMap('m').set('a', 1)
  const update = Y.encodeStateAsUpdate(source)
  const [ada, again] = [await handAt(first, meeting), await handAt(second, meeting)]
  ada.client.update(1, update)
  await slow.arrived
  again.client.update(1, update)
  await again.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  slow.letThrough()
  await ada.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  expect((await log.read(meeting)).tail).toHaveLength(1)
})

test('[SHARE2] two replicas that use one client at two relays do not both get their way: the later one is refused', async () => {
  const slow = heldUp()
  const guarded = (): Guard => createGuard({ logger: silent })
  const [first, second] = [await relay({ log: slow.log, guard: guarded() }), await relay({ guard: guarded() })]
  const [ada, copy] = [await handAt(first, work), await handAt(second, work)]
  ada.client.update(1, stepUpdate('s1', 77))
  await slow.arrived
  copy.client.update(1, stepUpdate('s2', 77))
  await copy.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  slow.letThrough()
  expect(await closedWith(ada)).toMatchObject({ code: closeReasons.refused.code, reason: 'equivocation' })
  expect([...(await stored(work)).getMap('receipts').keys()]).toEqual(['s2'])
})

test('[SHARE3] a notice that is lost costs a moment: what was committed is found in the log', async () => {
  hub = createFanOutHub(() => true)
  const [first, second] = [await relay(), await relay()]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  for (let edit = 0; edit < 5; edit++) {
    ada.doc.getMap('m').set(`a${edit}`, edit)
    bo.doc.getMap('m').set(`b${edit}`, edit)
    await untilDocs([ada.doc, bo.doc], () => [ada, bo].every(({ doc }) => doc.getMap('m').size === 2 * edit + 2))
  }
  expect(equal(ada.doc, bo.doc, await stored(meeting))).toBe(true)
})

test('[SHARE3] a relay that hears nothing and has not looked yet finds out when it commits', async () => {
  hub = createFanOutHub(() => true)
  const [first, second] = [await relay({ lookEveryMs: 1e6 }), await relay({ lookEveryMs: 1e6 })]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  ada.doc.getMap('m').set('a', 1)
  await ada.acknowledged()
  bo.doc.getMap('m').set('b', 2)
  await bo.acknowledged()
  expect(bo.doc.getMap('m').toJSON()).toEqual({ a: 1, b: 2 })
})

test('[SHARE1] many writers at three relays, with notices lost at random, end equal with the log, everything acknowledged', async () => {
  const dice = createDice(20_261_128)
  hub = createFanOutHub((_notice: Notice) => dice(3) === 0)
  const all = [await relay(), await relay(), await relay()]
  const hands = await Promise.all(
    Array.from({ length: 9 }, async (_, index) => handAt(all[index % 3] as Relay, meeting, `w${index}`)),
  )
  for (let turn = 0; turn < 40; turn++) {
    for (const [index, { doc }] of hands.entries()) {
      if (dice(3) === 0) doc.getMap('m').set(`k${dice(30)}`, `${index}/${turn}`)
      if (dice(4) === 0) doc.getText('t').insert(dice(doc.getText('t').length + 1), `${turn}`)
      if (dice(5) === 0 && doc.getText('t').length > 3) doc.getText('t').delete(dice(doc.getText('t').length - 2), 2)
    }
    await delay(dice(6))
  }
  await Promise.all(hands.map((hand) => hand.acknowledged()))
  const end = await stored(meeting)
  const docs = hands.map(({ doc }) => doc)
  await untilDocs(docs, () => equal(end, ...docs))
  expect(docs.map((doc) => doc.getText('t').toJSON())).toEqual(docs.map(() => end.getText('t').toJSON()))
})

test('[SHARE4] a relay that lags behind a compaction begins again from the snapshot, and nothing is lost', async () => {
  hub = createFanOutHub(() => true)
  const [first, second] = [await relay(), await relay({ lookEveryMs: 1e6 })]
  const [ada, bo] = [await handAt(first, meeting), await handAt(second, meeting, 'bo')]
  ada.doc.getMap('m').set('a', 1)
  await ada.acknowledged()
  const { through } = await log.read(meeting)
  await log.compact(meeting, Y.encodeStateAsUpdate(await stored(meeting)), through)
  bo.doc.getMap('m').set('b', 2)
  expect(await closedWith(bo)).toMatchObject({ code: closeReasons.restarting.code })
  const back = await handAt(second, meeting, 'bo', bo.doc)
  await back.acknowledged()
  expect(back.doc.getMap('m').toJSON()).toEqual({ a: 1, b: 2 })
  expect((await stored(meeting)).getMap('m').toJSON()).toEqual({ a: 1, b: 2 })
})

test('[SHARE5] a document begins anew at one relay: those at the other are sent over, and what comes late there arrives in the new generation', async () => {
  const ledger = 'grid/990101001001001/ledger'
  const quick = { renewBytes: 0, renewShare: Infinity, quietMs: 0, aliveMs: 1e6 }
  const [first, second] = [
    await relay({ folding: createFolding(), limits: quick }),
    await relay({ folding: createFolding() }),
  ]
  const [ada, bo] = [await handAt(first, ledger), await handAt(second, ledger, 'bo')]
  setField(ada.doc, 'ada', 'create')
  await ada.acknowledged()
  await untilDocs([bo.doc], () => bo.doc.getMap('blobs').size > 0)
  first.endpoint.tick()
  expect(await closedWith(ada)).toMatchObject({ code: closeReasons.superseded.code })
  expect(await closedWith(bo)).toMatchObject({ code: closeReasons.superseded.code })
  const late = await handAt(second, ledger, 'bo', bo.doc)
  setField(late.doc, 'bo', 'remark')
  await late.acknowledged()
  const next = await handAt(first, `${ledger}/g2`)
  await untilDocs([next.doc], () => JSON.stringify(next.doc.getMap('s').toJSON()).includes('remark by bo'))
})

/** A ledger that the first relay has let begin anew, without the second having heard of it. */
async function begunUnheard(): Promise<{
  readonly second: Relay
  readonly ada: Hand
  readonly bo: Hand
  readonly ledger: string
}> {
  const ledger = 'grid/990101001001001/ledger'
  const notices = { areLost: false }
  hub = createFanOutHub(() => notices.areLost)
  const limits = { renewBytes: 0, renewShare: Infinity, quietMs: 0, aliveMs: 1e6, idleMs: 0 }
  const options = (): Options => ({ folding: createFolding(), limits, lookEveryMs: 1e6 })
  const [first, second] = [await relay(options()), await relay(options())]
  const [ada, bo] = [await handAt(first, ledger), await handAt(second, ledger, 'bo')]
  setField(ada.doc, 'ada', 'create')
  await untilDocs([bo.doc], () => bo.doc.getMap('blobs').size > 0)
  notices.areLost = true
  first.endpoint.tick()
  await closedWith(ada)
  return { second, ada, bo, ledger }
}

test('[SHARE5] a relay that has not heard of the next generation does not write in the old one as in the newest', async () => {
  const { second, bo, ledger } = await begunUnheard()
  setField(bo.doc, 'bo', 'other')
  expect(await closedWith(bo)).toMatchObject({ code: closeReasons.superseded.code })
  const late = await handAt(second, ledger, 'bo', bo.doc)
  await late.acknowledged()
  expect(JSON.stringify((await stored(`${ledger}/g2`)).getMap('blobs').toJSON())).toContain('other')
})

test('[SHARE5] nor does a relay that opens the old one only now', async () => {
  const { second, ada, bo, ledger } = await begunUnheard()
  // The document leaves its memory.
  bo.client[Symbol.dispose]()
  while (second.endpoint.stats().documents > 0) {
    second.endpoint.tick()
    await delay(10)
  }
  const early = await createFrameClient(second.url)
  opened.push(early)
  early.open(1, ledger)
  expect(await early.untilFrame((frame) => frame.type === 'closed')).toMatchObject({
    code: closeReasons.superseded.code,
  })
  const late = await handAt(second, ledger, 'ada', ada.doc)
  setField(late.doc, 'bo', 'other')
  await late.acknowledged()
  expect(JSON.stringify((await stored(`${ledger}/g2`)).getMap('blobs').toJSON())).toContain('other')
})

test('[SHARE5] nor does it begin another one', async () => {
  const { second, ledger } = await begunUnheard()
  second.endpoint.tick()
  await delay(300)
  expect((await log.documents()).filter((document) => document.startsWith(ledger))).toEqual([ledger, `${ledger}/g2`])
  expect((await log.read(`${ledger}/g2`)).tail).toHaveLength(1)
})

test('[SHARE5] what comes late arrives also while the other relay goes on writing in the new one and notices are lost', async () => {
  const { second, bo, ledger } = await begunUnheard()
  const next = await handAt(relays[0] as Relay, `${ledger}/g2`)
  setField(bo.doc, 'bo', 'other')
  await closedWith(bo)
  const state = { isOver: false }
  const writing = (async () => {
    for (let edit = 0; !state.isOver; edit++) {
      next.doc.getMap('blobs').set(`x${edit}`, 'more')
      await delay(10)
    }
  })()
  const late = await handAt(second, ledger, 'bo', bo.doc)
  setField(late.doc, 'bo', 'remark')
  await late.acknowledged()
  state.isOver = true
  await writing
  await next.acknowledged()
  expect(JSON.stringify((await stored(`${ledger}/g2`)).getMap('s').toJSON())).toContain('remark by bo')
})

test('[SHARE6] who is in a document at another relay is shown, also to one who comes later, and no longer once they have left', async () => {
  const [first, second] = [await relay(), await relay()]
  const ada = createStockClient(first.url, meeting)
  const bo = createStockClient(second.url, meeting, { account: 'bo' })
  opened.push(ada, bo)
  await Promise.all([untilSynced(ada), untilSynced(bo)])
  const names = ({ provider }: typeof ada): readonly unknown[] =>
    [...provider.awareness.getStates().values()].map((state) => (state['user'] as { name?: string } | undefined)?.name)
  ada.provider.awareness.setLocalStateField('cursor', 3)
  await expect.poll(() => names(bo)).toContain('Name of ada')
  const cy = createStockClient(second.url, meeting, { account: 'cy' })
  opened.push(cy)
  await expect.poll(() => names(cy)).toContain('Name of ada')
  ada.provider.disconnect()
  await expect.poll(() => [...names(bo), ...names(cy)]).not.toContain('Name of ada')
})

test('[SHARE7] a step that is sent to two relays at once has one receipt', async () => {
  const slow = heldUp()
  const guarded = (): Guard => createGuard({ logger: silent })
  const [first, second] = [await relay({ log: slow.log, guard: guarded() }), await relay({ guard: guarded() })]
  const [ada, again] = [await handAt(first, work), await handAt(second, work)]
  const update = stepUpdate('s1', 78)
  ada.client.update(1, update)
  await slow.arrived
  again.client.update(1, update)
  await again.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  slow.letThrough()
  await ada.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  const doc = await stored(work)
  expect([...doc.getMap('receipts').keys()]).toEqual(['s1'])
  const clients = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()]
  expect(clients).toHaveLength(2)
})

function setField(ledger: Y.Doc, by: string, what: 'create' | 'remark' | 'other'): void {
  const one = { kind: 'person', id: (what === 'other' ? 'other' : 'p1') as RecordId } as const
  applyEdits(
    { ledger, sensitive: undefined, work: new Map(), notes: new Map() },
    [
      what === 'remark'
        ? { op: 'set', ...one, field: 'remark', value: `remark by ${by}` }
        : { op: 'create', ...one, fields: { name: '王某' } },
    ],
    { slot: `s${by}`, account: by as AccountId, device: 'd', now: () => 1_800_000_000_000 },
  )
}

function stepUpdate(id: string, client: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  const at = Date.parse('2026-11-23T10:00:00+08:00')
  applyEdits(
    { ledger: undefined, sensitive: undefined, work: new Map([['2026q4' as Quarter, doc]]), notes: new Map() },
    [
      {
        op: 'step',
        step: {
          id: id as RecordId,
          ticket: `t${id}` as RecordId,
          action: 'submit',
          from: 'draft',
          to: 'submitted',
          actor: 'ada' as AccountId,
          role: 'gridMember',
          device: 'phone',
          at,
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
        },
      },
    ],
    { slot: 'slotada', account: 'ada' as AccountId, device: 'phone', now: () => at },
  )
  return Y.encodeStateAsUpdate(doc)
}
