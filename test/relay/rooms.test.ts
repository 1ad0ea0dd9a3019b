import { setTimeout as delay } from 'node:timers/promises'
import { closeReasons } from '@tongge/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { UpdateLog } from '../../sync-server/src/ports.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/sync.ts'
import {
  createFrameClient,
  createStockClient,
  isStep2,
  untilDocs,
  untilSynced,
  updateIn,
  type FrameClient,
} from './clients.ts'
import { startRelay } from './relay.ts'

const document = 'meeting/m1'

/** The updates of edits to a document, one for each. */
function edits(doc: Y.Doc, count: number): Uint8Array[] {
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let index = 0; index < count; index++) doc.getMap('m').set(`k${index}`, index)
  return updates
}

async function openChannel(client: FrameClient, channel = 1, name = document, doc = new Y.Doc()): Promise<void> {
  client.open(channel, name, doc)
  await client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === channel)
}

function closedWith(
  reason: { readonly code: number },
  channel = 1,
): (frame: { type: string; code?: number; channel?: number }) => boolean {
  return (frame) => frame.type === 'closed' && frame.code === reason.code && frame.channel === channel
}

/** A log whose appends wait until they are let through, or fail. */
function createHeldLog(): { readonly log: UpdateLog; readonly appended: Promise<void>; release(error?: Error): void } {
  const memory = createMemoryUpdateLog()
  const gate = Promise.withResolvers<void>()
  const appended = Promise.withResolvers<void>()
  const log: UpdateLog = {
    ...memory,
    async append(rows) {
      appended.resolve()
      await gate.promise
      return memory.append(rows)
    },
  }
  return { log, appended: appended.promise, release: (error) => (error ? gate.reject(error) : gate.resolve()) }
}

test('[ACK2] nothing is acknowledged or shown before it is committed', async () => {
  const held = createHeldLog()
  await using relay = await startRelay({ log: held.log })
  using writer = await createFrameClient(relay.url)
  using reader = await createFrameClient(relay.url, { account: 'bo' })
  await Promise.all([openChannel(writer), openChannel(reader)])
  const [update = new Uint8Array()] = edits(new Y.Doc(), 1)
  writer.update(1, update)
  await held.appended
  writer.update(1, update)
  // An answer to a later question proves that the relay had every chance to speak.
  using late = await createFrameClient(relay.url, { account: 'cy' })
  await openChannel(late)
  expect(late.frames.filter(isStep2).map((frame) => frame.type === 'data' && updateIn(frame.message)?.length)).toEqual([
    2,
  ])
  const silent = (client: FrameClient): boolean =>
    client.frames.every((frame) => frame.type !== 'acknowledged' && (frame.type !== 'data' || frame.message[1] !== 2))
  expect([writer, reader, late].every(silent)).toBe(true)
  held.release()
  expect(await writer.untilFrame((frame) => frame.type === 'acknowledged')).toMatchObject({ count: 2 })
  for (const client of [reader, late])
    await client.untilFrame((frame) => frame.type === 'data' && frame.message[0] === 0 && frame.message[1] === 2)
})

test('[ACK2] a deletion that is not committed is not told to who joins meanwhile', async () => {
  const memory = createMemoryUpdateLog()
  const held = createHeldLog()
  let isHeld = false
  const log: UpdateLog = { ...memory, append: (rows) => (isHeld ? held.log.append(rows) : memory.append(rows)) }
  await using relay = await startRelay({ log })
  using writer = await createFrameClient(relay.url)
  await openChannel(writer)
  const doc = new Y.Doc()
  const updates = edits(doc, 1)
  doc.getMap('m').delete('k0')
  const [insertion = new Uint8Array(), deletion = new Uint8Array()] = updates
  writer.update(1, insertion)
  await writer.untilFrame((frame) => frame.type === 'acknowledged')
  isHeld = true
  writer.update(1, deletion)
  await held.appended
  using late = await createFrameClient(relay.url, { account: 'cy' })
  await openChannel(late)
  const seen = new Y.Doc()
  for (const frame of late.frames)
    if (frame.type === 'data' && frame.message[0] === 0 && frame.message[1] !== 0)
      Y.applyUpdate(seen, updateIn(frame.message) ?? new Uint8Array([0, 0]))
  expect(seen.getMap('m').toJSON()).toEqual({ k0: 0 })
  held.release()
})

test('[ACK3] when the store fails nothing is shown or acknowledged, the document closes with 4507, and what comes next starts from the store', async () => {
  const held = createHeldLog()
  await using relay = await startRelay({ log: held.log })
  using writer = await createFrameClient(relay.url)
  using reader = await createFrameClient(relay.url, { account: 'bo' })
  await Promise.all([openChannel(writer), openChannel(reader)])
  writer.update(1, edits(new Y.Doc(), 1)[0] ?? new Uint8Array())
  await held.appended
  held.release(new Error('disk full'))
  await Promise.all([
    writer.untilFrame(closedWith(closeReasons.storage)),
    reader.untilFrame(closedWith(closeReasons.storage)),
  ])
  expect(writer.frames.some(({ type }) => type === 'acknowledged')).toBe(false)
  await openChannel(writer, 2)
  const answer = await writer.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === 2)
  expect(answer.type === 'data' && updateIn(answer.message)).toEqual(Uint8Array.of(0, 0))
})

test('[ACK4] what brings nothing is acknowledged at once and not stored', async () => {
  await using relay = await startRelay()
  const doc = new Y.Doc()
  const updates = edits(doc, 3)
  using client = await createFrameClient(relay.url)
  await openChannel(client)
  for (const update of updates) client.update(1, update)
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 3)
  const { through } = await relay.log.read(document)
  client.step2(1, Y.encodeStateAsUpdate(doc))
  client.step2(1, Uint8Array.of(0, 0))
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 5)
  expect((await relay.log.read(document)).through).toBe(through)
})

test('[ACK5] deletions are counted and stored like everything else', async () => {
  await using relay = await startRelay()
  const doc = new Y.Doc()
  using client = await createFrameClient(relay.url)
  await openChannel(client)
  let sent = 0
  doc.on('update', (update: Uint8Array) => {
    sent++
    client.update(1, update)
  })
  doc.getMap('m').set('a', 1)
  doc.getMap('m').delete('a')
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === sent)
  using late = createStockClient(relay.url, document, { account: 'bo' })
  await untilSynced(late)
  expect(late.doc.getMap('m').has('a')).toBe(false)
  expect(Y.equalSnapshots(Y.snapshot(late.doc), Y.snapshot(doc))).toBe(true)
})

test('[ROOM5] an update with a gap closes the channel with 4509, stores nothing, and a resync heals it', async () => {
  await using relay = await startRelay()
  const doc = new Y.Doc()
  const updates = edits(doc, 3)
  using client = await createFrameClient(relay.url)
  await openChannel(client)
  client.update(1, updates[2] ?? new Uint8Array())
  await client.untilFrame(closedWith(closeReasons.gap))
  expect((await relay.log.read(document)).through).toBe(0)
  await openChannel(client, 2, document, doc)
  client.step2(2, Y.encodeStateAsUpdate(doc))
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.channel === 2)
  using other = createStockClient(relay.url, document)
  await untilSynced(other)
  expect(other.doc.getMap('m').toJSON()).toEqual({ k0: 0, k1: 1, k2: 2 })
})

test('[ROOM6] a deletion of what is still to come is a gap, not a trap for later typing', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  await openChannel(client)
  client.update(1, Uint8Array.of(0, 1, 7, 1, 0, 100))
  await client.untilFrame(closedWith(closeReasons.gap))
  expect((await relay.log.read(document)).through).toBe(0)
})

test('[ROOM7] a document nobody is in leaves memory and comes back whole', async () => {
  await using relay = await startRelay({ limits: { idleMs: 0, aliveMs: 10, unloadRows: 2 } })
  const doc = new Y.Doc()
  {
    using client = await createFrameClient(relay.url)
    await openChannel(client)
    const updates = edits(doc, 10)
    for (const update of updates) {
      client.update(1, update)
      await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === updates.indexOf(update) + 1)
    }
    expect(relay.endpoint.stats().documents).toBe(1)
  }
  while (relay.endpoint.stats().documents > 0) await delay(5)
  const stored = await relay.log.read(document)
  expect(stored.snapshot).toBeDefined()
  expect(stored.tail).toHaveLength(0)
  using late = createStockClient(relay.url, document)
  await untilSynced(late)
  expect(late.doc.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
})

test('[ROOM8] a growing tail is folded into a snapshot while people go on writing, and nobody notices', async () => {
  const errors: unknown[] = []
  const logger = { info: () => undefined, warn: () => undefined, error: (facts: object) => void errors.push(facts) }
  await using relay = await startRelay({ logger, limits: { foldRows: 20, foldEveryMs: 0 } })
  using first = createStockClient(relay.url, document)
  using second = createStockClient(relay.url, document, { account: 'bo' })
  await Promise.all([untilSynced(first), untilSynced(second)])
  const text = first.doc.getText('t')
  for (let round = 0; !(await relay.log.read(document)).snapshot; round++) {
    text.insert(text.length, `${round} `)
    if (round % 3 === 0) text.delete(0, 1)
    await untilDocs([second.doc], () => second.doc.getText('t').toJSON() === text.toJSON())
  }
  text.insert(0, 'after')
  await untilDocs([second.doc], () => second.doc.getText('t').toJSON() === text.toJSON())
  using late = createStockClient(relay.url, document, { account: 'cy' })
  await untilSynced(late)
  expect(late.doc.getText('t').toJSON()).toBe(text.toJSON())
  expect(Y.equalSnapshots(Y.snapshot(late.doc), Y.snapshot(first.doc))).toBe(true)
  expect(errors).toEqual([])
})

test('[ROOM9] a large document comes in parts of bounded size, the small SyncStep2 last, and a cut-off client resumes from what it has', async () => {
  await using relay = await startRelay({ limits: { partBytes: 8192 } })
  const doc = new Y.Doc()
  for (let index = 0; index < 3000; index++)
    doc.getMap('m').set(`household ${index}`, { door: index, head: '张三', note: 'x'.repeat(20) })
  using writer = await createFrameClient(relay.url)
  await openChannel(writer)
  writer.step2(1, Y.encodeStateAsUpdate(doc))
  await writer.untilFrame((frame) => frame.type === 'acknowledged')
  using first = await createFrameClient(relay.url, { account: 'bo' })
  await openChannel(first)
  const messages = first.frames.flatMap((frame) =>
    frame.type === 'data' && frame.message[0] === 0 && frame.message[1] !== 0 ? [frame.message] : [],
  )
  expect(messages.length).toBeGreaterThan(10)
  expect(Math.max(...messages.map(({ length }) => length))).toBeLessThan(8300)
  expect(messages.at(-1)?.length).toBeLessThan(100)

  const half = new Y.Doc()
  for (const message of messages.slice(0, messages.length >> 1))
    Y.applyUpdate(half, updateIn(message) ?? new Uint8Array())
  expect(half.getMap('m').size).toBeGreaterThan(1000)
  const docs = new Map([[1, half]])
  using second = await createFrameClient(relay.url, { account: 'bo', docs })
  await openChannel(second, 1, document, half)
  expect(half.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
  const resumed = second.frames.filter(
    (frame) => frame.type === 'data' && frame.message[0] === 0 && frame.message[1] !== 0,
  )
  expect(resumed.length).toBeLessThan(messages.length * 0.6)
})

test('[ROOM10] stored rows that depend on a damaged one are left out, never folded away, and healed by the next client that has them', async () => {
  const memory = createMemoryUpdateLog()
  const doc = new Y.Doc()
  const updates = edits(doc, 4)
  await memory.append(updates.map((update) => ({ document, update, account: 'ada' })))
  const log: UpdateLog = {
    ...memory,
    async read(name) {
      const stored = await memory.read(name)
      return { ...stored, tail: stored.tail.filter((_, index) => index !== 1), damaged: 1 }
    },
  }
  const errors: object[] = []
  const logger = { info: () => undefined, warn: () => undefined, error: (facts: object) => void errors.push(facts) }
  await using relay = await startRelay({ log, logger, limits: { idleMs: 0, aliveMs: 10, unloadRows: 0 } })
  {
    using reader = createStockClient(relay.url, document)
    await untilSynced(reader)
    expect(reader.doc.getMap('m').toJSON()).toEqual({ k0: 0 })
    expect(reader.doc.store.pendingStructs).toBe(null)
  }
  expect(errors).toEqual([{ document, leftOut: 3 }])
  while (relay.endpoint.stats().documents > 0) await delay(5)
  expect((await memory.read(document)).tail).toHaveLength(4)
  {
    using healer = createStockClient(relay.url, document, { doc })
    await untilSynced(healer)
    while ((await memory.read(document)).tail.length === 4) await delay(5)
  }
  while (relay.endpoint.stats().documents > 0) await delay(5)
  using again = createStockClient(relay.url, document)
  await untilSynced(again)
  expect(again.doc.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
})

test('[ROOM11] the guard judges every update that brings something, and a refusal closes with 4422 and stores nothing', async () => {
  const judged: string[] = []
  const guard = {
    judge(name: string, update: Uint8Array, author: { account: string }) {
      judged.push(`${name} ${author.account} ${update.length > 0}`)
      return author.account === 'eve'
        ? ({ allowed: false, reason: 'may not set 户' } as const)
        : ({ allowed: true } as const)
    },
  }
  await using relay = await startRelay({ guard })
  using eve = await createFrameClient(relay.url, { account: 'eve' })
  await openChannel(eve)
  eve.step2(1, Uint8Array.of(0, 0))
  eve.update(1, edits(new Y.Doc(), 1)[0] ?? new Uint8Array())
  expect(await eve.untilFrame(({ type }) => type === 'closed')).toMatchObject({
    code: closeReasons.refused.code,
    reason: 'may not set ?',
  })
  using ada = await createFrameClient(relay.url)
  await openChannel(ada)
  ada.update(1, edits(new Y.Doc(), 1)[0] ?? new Uint8Array())
  await ada.untilFrame(({ type }) => type === 'acknowledged')
  expect(judged).toEqual([`${document} eve true`, `${document} ada true`])
  expect((await relay.log.read(document)).tail).toHaveLength(1)
})
