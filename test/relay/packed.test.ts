import { decodeRelayFrame, encodeFrame, subprotocol } from '@tongge/protocol'
import { createRelayLink, streamInflate, webSocketOpener } from '@tongge/sync'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { encodeStep1 } from '../../sync-server/src/rooms/messages.ts'
import { createPacker } from '../../sync-server/src/sockets/packer.ts'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced } from './clients.ts'
import { createDice } from './history.ts'
import { startRelay, type Relay } from './relay.ts'

const document = 'meeting/m1'
const realTimer = (callback: () => void, milliseconds: number): (() => void) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/** A document of many parts: `{ household 0: …, … }`. */
async function fill(relay: Relay, count = 8000): Promise<Y.Doc> {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let index = 0; index < count; index++) doc.getMap('m').set(`household ${index}`, index * 7)
  })
  using client = await createFrameClient(relay.url)
  client.open(1, document)
  client.update(1, Y.encodeStateAsUpdate(doc))
  await client.untilFrame(({ type }) => type === 'acknowledged')
  return doc
}

/** Bytes of all frames of a first sync. */
async function firstSync(relay: Relay, unpacks: boolean): Promise<{ bytes: number; types: Set<string> }> {
  using client = await createFrameClient(relay.url)
  let bytes = 0
  client.socket.on('message', (data: Buffer) => (bytes += data.length))
  client.send({ type: 'open', channel: 1, name: document, ...(unpacks && { unpacks: true }) })
  client.send({ type: 'data', channel: 1, message: encodeStep1(Uint8Array.of(0)) })
  await client.untilFrame(isStep2)
  return { bytes, types: new Set(client.frames.map(({ type }) => type)) }
}

function openLink(
  relay: Relay,
  name: string,
  unpacks = true,
): { doc: Y.Doc; link: ReturnType<typeof createRelayLink> } {
  const doc = new Y.Doc()
  const link = createRelayLink({
    url: `${relay.url}?account=${name}`,
    createSocket: webSocketOpener(WebSocket as unknown as typeof globalThis.WebSocket),
    random: Math.random,
    now: () => performance.now(),
    setTimer: realTimer,
    inflate: unpacks ? streamInflate(DecompressionStream) : undefined,
  })
  link.connect()
  return { doc, link }
}

test('[SOCK19] only a client that says it can unpack gets packed messages, and fewer bytes', async () => {
  await using relay = await startRelay()
  const doc = await fill(relay)
  const plain = await firstSync(relay, false)
  const packed = await firstSync(relay, true)
  expect(plain.types.has('packed')).toBe(false)
  expect(packed.types.has('packed')).toBe(true)
  expect(plain.bytes).toBeGreaterThan(Y.encodeStateAsUpdate(doc).length)
  expect(packed.bytes).toBeLessThan(plain.bytes * 0.35)
})

test('[SOCK19] clients that unpack, that do not, and stock ones converge while all of them write and join', async () => {
  await using relay = await startRelay()
  await fill(relay)
  const writer = openLink(relay, 'writer')
  await writer.link.attach(document, writer.doc).ready
  const joining = [openLink(relay, 'a'), openLink(relay, 'b'), openLink(relay, 'c', false)]
  const providers = joining.map(({ link, doc }) => link.attach(document, doc))
  using stock = createStockClient(relay.url, document)
  for (let index = 0; index < 200; index++) writer.doc.getMap('m').set(`live ${index}`, index)
  await Promise.all([...providers.map(({ ready }) => ready), untilSynced(stock)])
  for (const [index, { doc }] of joining.entries()) doc.getMap('m').set(`by ${index}`, index)
  const docs = [writer.doc, stock.doc, ...joining.map(({ doc }) => doc)]
  await untilDocs(docs, () => docs.every((doc) => doc.getMap('m').size === 8000 + 200 + 3))
  for (const doc of docs) expect(doc.getMap('m').toJSON()).toEqual(writer.doc.getMap('m').toJSON())
  await Promise.all([writer, ...joining].map(({ link }) => link.close()))
})

test('[SOCK20] a live update sent while content is being packed comes after it, on every channel in its order', async () => {
  await using relay = await startRelay()
  await fill(relay)
  using writer = await createFrameClient(relay.url, { account: 'writer' })
  writer.open(1, document)
  await writer.untilFrame(isStep2)
  const live = new Y.Doc()
  live.getMap('m').set('live', true)
  const socket = new WebSocket(`${relay.url}?account=bo`, subprotocol)
  const kinds: string[] = []
  const done = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = decodeRelayFrame(data)
      if (frame?.type !== 'data' && frame?.type !== 'packed') return
      if (frame.type === 'packed') return void kinds.push('packed')
      if (frame.message[0] !== 0 || frame.message[1] === 0) return
      kinds.push(isStep2(frame) ? 'step2' : 'live')
      if (kinds.at(-1) === 'live') resolve()
    })
  })
  await new Promise((resolve) => socket.on('open', resolve))
  socket.send(encodeFrame({ type: 'open', channel: 1, name: document, unpacks: true }))
  socket.send(encodeFrame({ type: 'data', channel: 1, message: encodeStep1(Uint8Array.of(0)) }))
  // Goes out in the same turn as the question, so that the relay shows it while the parts are in zlib's threads.
  writer.update(1, Y.encodeStateAsUpdate(live))
  await done
  socket.terminate()
  expect([kinds[0], ...kinds.slice(-2)]).toEqual(['packed', 'step2', 'live'])
})

test('[SOCK20] a channel closed while its content is being packed leaves the others as they are', async () => {
  await using relay = await startRelay()
  await fill(relay)
  using client = await createFrameClient(relay.url)
  for (const channel of [1, 2, 3]) {
    client.send({ type: 'open', channel, name: document, unpacks: true })
    client.send({ type: 'data', channel, message: encodeStep1(Uint8Array.of(0)) })
    if (channel === 1) client.send({ type: 'close', channel })
  }
  for (const channel of [2, 3])
    await client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === channel)
  const partsOf = (channel: number): number =>
    client.frames.filter((frame) => frame.type === 'packed' && frame.channel === channel).length
  expect(partsOf(2)).toBeGreaterThan(1)
  expect(partsOf(3)).toBe(partsOf(2))
})

test('[SOCK21] a message is packed once for all who ask, and only where it pays', async () => {
  const packer = createPacker()
  const dice = createDice(7)
  const noise = Uint8Array.from({ length: 5000 }, () => dice(256))
  const even = new Uint8Array(5000)
  expect(packer.pack(new Uint8Array(1024))).toBeUndefined()
  const [first, second] = [packer.pack(even), packer.pack(even)]
  expect(first).toBeInstanceOf(Promise)
  expect(second).toBe(first)
  await Promise.all([first, packer.pack(noise)])
  const packed = packer.pack(even)
  expect(packed).toBeInstanceOf(Uint8Array)
  expect(packer.pack(even)).toBe(packed)
  expect(packer.pack(noise)).toBeUndefined()
})
