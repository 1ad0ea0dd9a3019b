import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { closeReasons, encodeFrame, mayRetry } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { encodeAwareness, encodeUpdateMessage, parseMessage } from '../../sync-server/src/rooms/messages.ts'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced, type FrameClient } from './clients.ts'
import { createDice } from './history.ts'
import { startRelay, type Relay } from './relay.ts'

const document = 'meeting/m1'

async function openChannel(client: FrameClient, channel = 1, name = document): Promise<void> {
  client.open(channel, name)
  await client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === channel)
}

function setOf(key: string, value: unknown): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('m').set(key, value)
  return Y.encodeStateAsUpdate(doc)
}

/** Opens a bare socket in the stock protocol, sends, and tells the close code. */
async function closeCodeAfter(
  relay: Relay,
  messages: readonly (Uint8Array | string)[],
  path = encodeURIComponent(document),
  query = '',
): Promise<number> {
  const socket = new WebSocket(`${relay.url}/${path}${query}`)
  socket.on('error', () => undefined)
  socket.on('open', () => {
    for (const message of messages) socket.send(message)
  })
  return new Promise((resolve) => socket.on('close', resolve))
}

test('[SOCK2] names that do not parse, documents one may not read, and one too many channels close only their channel', async () => {
  await using relay = await startRelay({ limits: { channelsPerSocket: 2 } })
  using client = await createFrameClient(relay.url)
  await openChannel(client, 1)
  for (const [index, name] of [
    '../../etc/passwd',
    'meeting/../m',
    'meeting/' + 'x'.repeat(5000),
    '__proto__',
    'meeting/m\0',
    '',
  ].entries()) {
    client.open(index + 2, name)
    expect(await client.untilFrame((frame) => frame.type === 'closed' && frame.channel === index + 2)).toMatchObject({
      code: closeReasons.unknownDocument.code,
    })
  }
  await openChannel(client, 20, 'meeting/m2')
  client.open(21, 'meeting/m3')
  expect(await client.untilFrame((frame) => frame.type === 'closed' && frame.channel === 21)).toMatchObject({
    ...closeReasons.tooManyChannels,
  })
  client.send({ type: 'close', channel: 20 })
  await openChannel(client, 22, 'meeting/m3')
  relay.strangers.add('bo')
  using bo = await createFrameClient(relay.url, { account: 'bo' })
  bo.open(1, document)
  expect(await bo.untilFrame(({ type }) => type === 'closed')).toMatchObject({ code: closeReasons.forbidden.code })
  client.update(1, setOf('a', 1))
  await client.untilFrame(({ type }) => type === 'acknowledged')
})

test('[SOCK3] malformed frames close with 4400, and nothing of them is stored', async () => {
  await using relay = await startRelay()
  const frames: (Uint8Array | string)[] = [
    'text',
    new Uint8Array(),
    Uint8Array.of(9),
    Uint8Array.of(0, 0, 5, 1),
    Uint8Array.of(0, 9, 0),
    encodeUpdateMessage(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
    encodeUpdateMessage(Uint8Array.of(1, 1, 7, 0, 9, 0)),
    encodeUpdateMessage(Y.encodeStateAsUpdateV2(new Y.Doc())),
    encodeAwareness(Uint8Array.of(3, 1)),
  ]
  for (const frame of frames)
    expect([frame, await closeCodeAfter(relay, [frame])]).toEqual([frame, closeReasons.malformed.code])
  for (const bytes of [
    Uint8Array.of(77),
    encodeFrame({ type: 'data', channel: 4, message: Uint8Array.of(0) }),
    encodeFrame({ type: 'alive' }),
  ]) {
    using client = await createFrameClient(relay.url)
    client.socket.send(bytes)
    expect(await client.closed).toBe(closeReasons.malformed.code)
  }
  expect(await relay.log.documents()).toEqual([])
})

test('[SOCK4] what is over a limit closes with its own code', async () => {
  await using relay = await startRelay({
    limits: {
      updateBytes: 5000,
      documentBytes: 6000,
      structs: 50,
      awarenessBytes: 100,
      frameBurst: 30,
      framesPerSecond: 1,
    },
  })
  expect(await closeCodeAfter(relay, [encodeUpdateMessage(setOf('a', 'x'.repeat(6000)))])).toBe(
    closeReasons.tooLarge.code,
  )
  const many = new Y.Doc()
  many.transact(() => {
    for (let index = 0; index < 60; index++) many.getMap('m').set(`k${index}`, 1)
  })
  expect(await closeCodeAfter(relay, [encodeUpdateMessage(Y.encodeStateAsUpdate(many))])).toBe(
    closeReasons.tooLarge.code,
  )
  expect(
    await closeCodeAfter(
      relay,
      [1, 2].map((key) => encodeUpdateMessage(setOf(`${key}`, 'x'.repeat(4000)))),
    ),
  ).toBe(closeReasons.tooLarge.code)
  expect(await closeCodeAfter(relay, [encodeAwareness(awarenessEntries([[5, 1, { note: 'x'.repeat(200) }]]))])).toBe(
    closeReasons.tooLarge.code,
  )
  expect(
    await closeCodeAfter(
      relay,
      Array.from({ length: 31 }, () => Uint8Array.of(3)),
    ),
  ).toBe(closeReasons.tooManyFrames.code)
  expect(mayRetry(closeReasons.tooManyFrames.code)).toBe(true)
})

test('[SOCK5] one account cannot take all sockets', async () => {
  await using relay = await startRelay({ limits: { socketsPerAccount: 2 } })
  using first = await createFrameClient(relay.url)
  using second = await createFrameClient(relay.url)
  using third = await createFrameClient(relay.url)
  expect(await third.closed).toBe(closeReasons.tooManySockets.code)
  using other = await createFrameClient(relay.url, { account: 'bo' })
  for (const client of [first, second, other]) await openChannel(client)
})

test('[SOCK6] a reader may answer with what is known, and is closed with 4405 when it writes', async () => {
  await using relay = await startRelay()
  using writer = createStockClient(relay.url, document)
  await untilSynced(writer)
  writer.doc.getMap('m').set('a', 1)
  relay.readers.add('bo')
  using reader = createStockClient(relay.url, document, { account: 'bo' })
  await untilSynced(reader)
  await untilDocs([reader.doc], () => reader.doc.getMap('m').get('a') === 1)
  reader.provider.disconnect()
  reader.provider.connect()
  await untilSynced(reader)
  const closed = new Promise<number | undefined>((resolve) =>
    reader.provider.on('connection-close', (event) => resolve(event?.code)),
  )
  reader.doc.getMap('m').set('b', 2)
  expect(await closed).toBe(closeReasons.readOnly.code)
  writer.doc.getMap('m').set('c', 3)
  using late = createStockClient(relay.url, document, { account: 'cy' })
  await untilDocs([late.doc], () => late.doc.getMap('m').get('c') === 3)
  expect(late.doc.getMap('m').has('b')).toBe(false)
})

test('[SOCK7] a revoked session is closed with 4401 at once, and only that one', async () => {
  await using relay = await startRelay()
  using first = await createFrameClient(relay.url, { session: 's1' })
  using second = await createFrameClient(relay.url, { session: 's2' })
  await Promise.all([openChannel(first), openChannel(second)])
  relay.endpoint.revoke('s1')
  first.update(1, setOf('late', 1))
  expect(await first.closed).toBe(closeReasons.signedOut.code)
  second.update(1, setOf('a', 1))
  await second.untilFrame(({ type }) => type === 'acknowledged')
  expect((await relay.log.read(document)).tail).toHaveLength(1)
})

test('[SOCK8] changed rights take effect on open documents: lost ones close for good, others ask to be opened again', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url, { session: 's' })
  await openChannel(client)
  relay.readers.add('ada')
  relay.endpoint.regrant('s')
  const changed = await client.untilFrame(({ type }) => type === 'closed')
  expect(changed).toMatchObject({ channel: 1, code: closeReasons.regranted.code })
  expect(mayRetry(closeReasons.regranted.code)).toBe(true)
  await openChannel(client, 2)
  expect(client.frames.filter(({ type }) => type === 'opened')).toEqual([
    { type: 'opened', channel: 1, write: true },
    { type: 'opened', channel: 2, write: false },
  ])
  relay.strangers.add('ada')
  relay.endpoint.regrant('s')
  expect(await client.untilFrame((frame) => frame.type === 'closed' && frame.channel === 2)).toMatchObject({
    code: closeReasons.forbidden.code,
  })
})

test('[SOCK9] a reader that does not read is closed and does not hold up the others', async () => {
  await using relay = await startRelay({
    limits: { waitingBytes: 200_000, highWaterBytes: 50_000, closeMs: 50, frameBurst: 100_000 },
  })
  using writer = await createFrameClient(relay.url)
  await openChannel(writer)
  using lazy = await createFrameClient(relay.url, { account: 'bo' })
  await openChannel(lazy)
  lazy.socket.pause()
  let acknowledged = 0
  for (; acknowledged < 2000 && relay.endpoint.stats().sockets === 2; acknowledged++) {
    writer.update(1, setOf('k', 'x'.repeat(20_000)))
    await writer.untilFrame((frame) => frame.type === 'acknowledged' && frame.count > acknowledged)
  }
  expect(relay.endpoint.stats().sockets).toBe(1)
  lazy.socket.resume()
  expect([1006, closeReasons.slowReader.code]).toContain(await lazy.closed)
  using again = await createFrameClient(relay.url, { account: 'bo' })
  await openChannel(again)
})

test('[SOCK10] a dead line is noticed, a living silent one is kept', async () => {
  await using relay = await startRelay({ limits: { aliveMs: 20, silenceMs: 200 } })
  using living = await createFrameClient(relay.url, { account: 'bo' })
  const dead = connect(relay.port, '127.0.0.1')
  dead.write(
    `GET /sync/${encodeURIComponent(document)} HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  const ended = new Promise<void>((resolve) => dead.on('close', () => resolve()))
  dead.on('error', () => undefined)
  dead.resume()
  await ended
  expect(living.frames.length).toBeGreaterThan(3)
  expect(living.frames.every(({ type }) => type === 'alive')).toBe(true)
  expect(relay.endpoint.stats().sockets).toBe(1)
})

test('[SOCK11] closing commits what came in and tells everyone to come back', async () => {
  const relay = await startRelay()
  using client = await createFrameClient(relay.url)
  await openChannel(client)
  client.update(1, setOf('a', 1))
  await client.untilFrame(({ type }) => type === 'acknowledged')
  await relay.endpoint.close()
  expect(await client.closed).toBe(closeReasons.restarting.code)
  using late = await createFrameClient(relay.url)
  expect(await late.closed).toBe(closeReasons.restarting.code)
  expect((await relay.log.read(document)).tail).toHaveLength(1)
  await relay.close()
})

test('[SOCK12] presence reaches everyone under the name the relay knows, one per connection, and goes with the connection', async () => {
  await using relay = await startRelay()
  using ada = createStockClient(relay.url, document)
  using bo = createStockClient(relay.url, document, { account: 'bo' })
  await Promise.all([untilSynced(ada), untilSynced(bo)])
  const seen = (): Record<string, unknown> | undefined => bo.provider.awareness.getStates().get(ada.doc.clientID)
  const untilSeen = async (check: () => boolean): Promise<void> => {
    while (!check()) await new Promise<void>((resolve) => bo.provider.awareness.once('change', () => resolve()))
  }
  ada.provider.awareness.setLocalState({ user: { name: '书记', account: 'root', colour: 'red' }, at: 'h1' })
  await untilSeen(() => seen()?.['at'] === 'h1')
  expect(seen()).toEqual({ user: { name: 'Name of ada', account: 'ada', colour: 'red' }, at: 'h1' })
  // What others sent cannot be overwritten.
  using eve = await createFrameClient(relay.url, { account: 'eve' })
  await openChannel(eve)
  eve.send({
    type: 'data',
    channel: 1,
    message: encodeAwareness(
      awarenessEntries([
        [ada.doc.clientID, 999, { at: 'forged' }],
        [12345, 1, { at: 'h2' }],
        [777, 1, { at: 'second' }],
      ]),
    ),
  })
  await untilSeen(() => bo.provider.awareness.getStates().has(12345))
  expect(seen()?.['at']).toBe('h1')
  expect(bo.provider.awareness.getStates().has(777)).toBe(false)
  ada.provider.disconnect()
  await untilSeen(() => seen() === undefined)
})

test('[SOCK13] a stock client hears something in every interval, even alone and without presence, and messages only relays send are dropped', async () => {
  await using relay = await startRelay({ limits: { aliveMs: 20 } })
  const socket = new WebSocket(`${relay.url}/${encodeURIComponent(document)}`)
  const heard: Buffer[] = []
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      heard.push(data)
      if (heard.length === 6) resolve()
    })
    socket.on('open', () => {
      socket.send(Uint8Array.of(2, 0, 0))
      socket.send(Uint8Array.of(3))
    })
  })
  socket.terminate()
  const awareness = new Awareness(new Y.Doc())
  for (const message of heard) {
    const parsed = parseMessage(message)
    expect(parsed).toBeDefined()
    if (parsed?.type === 'awareness') applyAwarenessUpdate(awareness, parsed.entries, 'relay')
  }
  expect(encodeAwarenessUpdate(awareness, [...awareness.getStates().keys()]).length).toBeGreaterThan(0)
  awareness.destroy()
})

test('[SOCK14] 20,000 hostile frames crash nothing and store nothing that a document cannot hold', async () => {
  const seed = Number(process.env['TONGGE_SEED'] ?? 7)
  const dice = createDice(seed)
  await using relay = await startRelay({ limits: { frameBurst: 1e9, socketsPerAccount: 1e9 } })
  const honest = createStockClient(relay.url, document)
  await untilSynced(honest)
  const samples = [
    encodeUpdateMessage(setOf('a', 1)),
    encodeAwareness(awarenessEntries([[5, 1, { at: 'x' }]])),
    Uint8Array.of(0, 0, 1, 0),
    encodeUpdateMessage(setOf('文', ['a', { b: null }])),
  ]
  let sent = 0
  while (sent < 20_000) {
    using client = await createFrameClient(relay.url, { account: `eve${dice(5)}` })
    client.open(1, document)
    for (let index = 0; index < 60; index++, sent++) {
      const message = Uint8Array.from(samples[dice(samples.length)] ?? [])
      for (let times = dice(4); times > 0; times--) message[dice(message.length)] = dice(256)
      if (dice(20) === 0) client.socket.send(message)
      else client.send({ type: 'data', channel: 1 + dice(2) * index, message })
      if (dice(6) === 0) client.open(index + 2, document)
    }
    client.socket.close()
    await client.closed
  }
  honest.doc.getMap('honest').set('still', 'here')
  using late = createStockClient(relay.url, document, { account: 'late' })
  await untilDocs([late.doc], () => late.doc.getMap('honest').get('still') === 'here')
  for (const { doc } of [late, honest])
    expect([seed, doc.store.pendingStructs, doc.store.pendingDs]).toEqual([seed, null, null])
  honest.provider.destroy()
  while (relay.endpoint.stats().sockets > 1) await delay(5)
})

function awarenessEntries(entries: readonly (readonly [client: number, clock: number, state: object])[]): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, entries.length)
  for (const [client, clock, state] of entries) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, clock)
    writeVarString(encoder, JSON.stringify(state))
  }
  return toUint8Array(encoder)
}
