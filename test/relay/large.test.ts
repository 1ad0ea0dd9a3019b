/** More than fits into one frame: one edit, a whole document after a loss, and what is too large for any relay. */
import { closeReasons } from '@tongge/protocol'
import { createRelayLink, webSocketOpener, type RelayLink, type RelayProvider } from '@tongge/sync'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { realTimer } from '../support/fake-timers.ts'
import { encodeUpdateMessage } from '../../sync-server/src/rooms/messages.ts'
import { defaultLimits } from '../../sync-server/src/sync.ts'
import { createFrameClient, isStep2, untilDocs, type FrameClient } from './clients.ts'
import { startRelay } from './relay.ts'

const large = 'meeting/large'
const small = 'meeting/small'
const megabyte = 1024 * 1024

function openLink(url: string): RelayLink & AsyncDisposable & { readonly sockets: () => number } {
  const open = webSocketOpener(WebSocket as unknown as typeof globalThis.WebSocket)
  let sockets = 0
  const link = createRelayLink({
    url: `${url}?account=writer`,
    createSocket: (...given) => {
      sockets++
      return open(...given)
    },
    random: Math.random,
    now: () => performance.now(),
    setTimer: realTimer,
  })
  link.connect()
  return { ...link, sockets: () => sockets, [Symbol.asyncDispose]: () => link.close() }
}

function fill(doc: Y.Doc, bytes: number, rowBytes = 100_000): void {
  const row = 'x'.repeat(rowBytes)
  doc.transact(() => {
    for (let index = 0; index * row.length < bytes; index++) doc.getMap('m').set(`row ${index}`, row)
  })
}

async function until(provider: RelayProvider, state: 'current' | 'failed'): Promise<void> {
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (provider.status().state !== state) return
      undo()
      resolve()
    }
    const undo = provider.onStatus(check)
    check()
  })
}

async function rowsAt(url: string, document: string): Promise<number> {
  const doc = new Y.Doc()
  using reader = await createFrameClient(url, { account: 'reader', docs: new Map([[1, doc]]) })
  reader.open(1, document)
  await reader.untilFrame(isStep2)
  return doc.getMap('m').size
}

test('[SYNC17] one edit of more than a frame reaches the relay, acknowledged as one, over the same socket as everything else', async () => {
  await using relay = await startRelay()
  await using link = openLink(relay.url)
  const [doc, other] = [new Y.Doc(), new Y.Doc()]
  const [provider, beside] = [link.attach(large, doc), link.attach(small, other)]
  await Promise.all([provider.ready, beside.ready])
  fill(doc, 17 * megabyte)
  other.getMap('m').set('typed meanwhile', true)
  expect(provider.status()).toEqual({ state: 'behind', pending: 1 })
  await until(beside, 'current')
  expect(provider.status()).toEqual({ state: 'behind', pending: 1 })
  await until(provider, 'current')
  expect(link.sockets()).toBe(1)
  expect(await rowsAt(relay.url, large)).toBe(doc.getMap('m').size)
})

test('[SYNC17] a relay that has lost documents of several frames gets them back', async () => {
  await using relay = await startRelay()
  const docs = [new Y.Doc(), new Y.Doc()]
  for (const doc of docs) fill(doc, 17 * megabyte)
  await using link = openLink(relay.url)
  const providers = docs.map((doc, index) => link.attach(`${large}${index}`, doc))
  await Promise.all(providers.map((provider) => until(provider, 'current')))
  expect(link.sockets()).toBe(1)
  for (const [index, doc] of docs.entries())
    expect(await rowsAt(relay.url, `${large}${index}`)).toBe(doc.getMap('m').size)
})

test('[SYNC18] a document that is larger than the relay takes fails by itself, and the others go on over the same socket', async () => {
  await using relay = await startRelay({ limits: { documentBytes: 18 * megabyte, messageBytes: 19 * megabyte } })
  await using link = openLink(relay.url)
  const [doc, huge, other] = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  fill(doc, 18.5 * megabyte)
  fill(huge, 20 * megabyte)
  const providers = [link.attach(large, doc), link.attach(`${large}2`, huge)]
  const beside = link.attach(small, other)
  for (const provider of providers) provider.ready.catch(() => undefined)
  await Promise.all(providers.map((provider) => until(provider, 'failed')))
  for (const provider of providers) expect(provider.status()).toMatchObject({ state: 'failed', reason: 'tooLarge' })
  other.getMap('m').set('typed later', true)
  await until(beside, 'current')
  expect(link.sockets()).toBe(1)
})

/** The message of an edit, in two halves. */
function halves(): [Uint8Array, Uint8Array] {
  const doc = new Y.Doc()
  fill(doc, 200_000)
  const message = encodeUpdateMessage(Y.encodeStateAsUpdate(doc))
  return [message.subarray(0, 100_000), message.subarray(100_000)]
}

test('[SOCK26] pieces count as one message once the last has come, whatever comes between them', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  const [[first, last], edit] = [halves(), new Y.Doc()]
  edit.getMap('m').set('typed meanwhile', true)
  client.open(1, large)
  client.open(2, small)
  for (const channel of [1, 2]) client.send({ type: 'piece', channel, left: last.length, bytes: first })
  client.update(1, Y.encodeStateAsUpdate(edit))
  expect(await client.untilFrame(({ type }) => type === 'acknowledged')).toMatchObject({ channel: 1, count: 1 })
  expect(await rowsAt(relay.url, small)).toBe(0)
  client.send({ type: 'piece', channel: 2, left: 0, bytes: last })
  client.send({ type: 'piece', channel: 1, left: 0, bytes: last })
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.channel === 1 && frame.count === 2)
  expect(await rowsAt(relay.url, small)).toBe(2)
  expect(await rowsAt(relay.url, large)).toBe(3)
})

test.each([
  ['leave more than was announced', 1],
  ['leave less than was announced', -1],
])('[SOCK26] pieces that %s close the socket as malformed', async (_, wrong) => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  const [first, last] = halves()
  client.open(1, large)
  client.send({ type: 'piece', channel: 1, left: last.length, bytes: first })
  client.send({ type: 'piece', channel: 1, left: 1 + wrong, bytes: last.subarray(1) })
  expect(await client.closed).toBe(closeReasons.malformed.code)
  expect(await rowsAt(relay.url, large)).toBe(0)
})

test('[SOCK26] a message over the limit closes its channel with its first piece', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  client.open(1, large)
  client.send({ type: 'piece', channel: 1, left: defaultLimits.messageBytes, bytes: Uint8Array.of(0) })
  expect(await client.untilFrame(({ type }) => type === 'closed')).toMatchObject({ code: closeReasons.tooLarge.code })
  client.send({ type: 'piece', channel: 1, left: 1, bytes: Uint8Array.of(0) })
  client.open(2, small)
  await client.untilFrame(isStep2)
})

test('[SOCK26] what one account leaves unfinished is bounded over all its sockets, and free again when a channel closes', async () => {
  await using relay = await startRelay({ limits: { heldBytes: 250_000 } })
  using one = await createFrameClient(relay.url)
  using two = await createFrameClient(relay.url)
  using stranger = await createFrameClient(relay.url, { account: 'bo' })
  const begin = (client: FrameClient, channel: number): void =>
    client.send({ type: 'piece', channel, left: 1, bytes: new Uint8Array(100_000) })
  const opened = (client: FrameClient, channel: number): Promise<unknown> =>
    client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === channel)
  const isRefused = async (client: FrameClient, channel: number): Promise<unknown> =>
    client.untilFrame((frame) => frame.type === 'closed' && frame.channel === channel)
  for (const client of [one, two, stranger]) {
    client.open(1, large)
    client.open(2, small)
    begin(client, 1)
    await opened(client, 2)
  }
  begin(two, 2)
  expect(await isRefused(two, 2)).toMatchObject({ code: closeReasons.tooMuchUnfinished.code })
  one.send({ type: 'close', channel: 1 })
  one.open(3, small)
  await opened(one, 3)
  two.open(3, small)
  begin(two, 3)
  two.send({ type: 'piece', channel: 3, left: 0, bytes: Uint8Array.of(0) })
  expect(await isRefused(two, 3)).toMatchObject({ code: closeReasons.malformed.code })
})

test('[ROOM15] a large update is shown in parts that never leave anything pending, its deletions too, and what follows comes after', async () => {
  await using relay = await startRelay()
  const writer = new Y.Doc()
  writer.getMap('m').set('old', true)
  const before = Y.encodeStateAsUpdate(writer)
  const held = Y.encodeStateVector(writer)
  const reader = new Y.Doc()
  using reading = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, reader]]) })
  using writing = await createFrameClient(relay.url)
  writing.open(1, large)
  writing.update(1, before)
  await writing.untilFrame(({ type }) => type === 'acknowledged')
  reading.open(1, large)
  await reading.untilFrame(isStep2)
  const seen = reading.frames.length
  let pending = 0
  reader.on('update', () => {
    if (reader.store.pendingStructs ?? reader.store.pendingDs) pending++
  })
  writer.getMap('m').delete('old')
  fill(writer, 2 * megabyte, 10_000)
  writing.update(1, Y.encodeStateAsUpdate(writer, held))
  const stateOf = Y.encodeStateVector(writer)
  writer.getMap('m').set('after', true)
  writing.update(1, Y.encodeStateAsUpdate(writer, stateOf))
  await untilDocs([reader], () => reader.getMap('m').has('after'))
  expect(reader.getMap('m').toJSON()).toEqual(writer.getMap('m').toJSON())
  expect(reader.getMap('m').has('old')).toBe(false)
  expect(pending).toBe(0)
  const sizes = reading.frames.slice(seen).map((frame) => (frame.type === 'data' ? frame.message.length : 0))
  expect(Math.max(...sizes)).toBeLessThan(2 * defaultLimits.partBytes)
})
