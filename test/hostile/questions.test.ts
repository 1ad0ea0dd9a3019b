import { closeReasons } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeStep1 } from '../../sync-server/src/rooms/messages.ts'
import { createFrameClient, isStep2, type FrameClient } from '../relay/clients.ts'
import { startRelay, type Relay } from '../relay/relay.ts'

const document = 'meeting/m1'

/** A state vector of clients nobody has heard of. */
function stateOf(count: number, first = 1000, stated = count): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, stated)
  for (let index = 0; index < count; index++) {
    writeVarUint(encoder, first + index)
    writeVarUint(encoder, 1)
  }
  return toUint8Array(encoder)
}

function ask(client: FrameClient, state: Uint8Array, channel = 1): void {
  client.send({ type: 'data', channel, message: encodeStep1(state) })
}

async function give(relay: Relay, doc: Y.Doc): Promise<FrameClient> {
  const client = await createFrameClient(relay.url)
  client.open(1, document)
  client.update(1, Y.encodeStateAsUpdate(doc))
  await client.untilFrame(({ type }) => type === 'acknowledged')
  return client
}

test('[SOCK24] a reader that asks and asks and does not read has one answer on its way, and the last question is answered after it', async () => {
  await using relay = await startRelay()
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let index = 0; index < 120; index++) doc.getMap('m').set(`k${index}`, 'x'.repeat(100_000))
  })
  using honest = await give(relay, doc)
  const copy = new Y.Doc()
  using lazy = await createFrameClient(relay.url, { account: 'eve', docs: new Map([[1, copy]]) })
  lazy.send({ type: 'open', channel: 1, name: document })
  await lazy.untilFrame(({ type }) => type === 'opened')
  lazy.socket.pause()
  for (let index = 0; index < 1000; index++) ask(lazy, stateOf(1, 1000 + index))
  const mark = new Y.Doc()
  mark.getMap('n').set('asked', true)
  lazy.update(1, Y.encodeStateAsUpdate(mark))
  await honest.untilFrame((frame) => frame.type === 'data' && frame.message[0] === 0 && frame.message[1] === 2)
  lazy.socket.resume()
  await lazy.untilFrame(({ type }) => type === 'acknowledged')
  const again = new Y.Doc()
  using late = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, again]]) })
  late.open(1, document)
  await late.untilFrame(isStep2)
  expect(again.getMap('m').size).toBe(120)
  await lazy.untilFrame((frame) => isStep2(frame) && lazy.frames.filter(isStep2).length >= 2)
  expect(lazy.frames.filter(isStep2).length).toBeLessThanOrEqual(3)
  expect(copy.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
  expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null])
})

test('[SOCK25] a state of more clients than there can be closes the channel as malformed, whatever it says about its length', async () => {
  await using relay = await startRelay()
  using honest = await give(relay, new Y.Doc())
  using eve = await createFrameClient(relay.url, { account: 'eve' })
  const states = [
    stateOf(10_001, 1),
    stateOf(1_000_000, 300_000),
    stateOf(3, 1, 2 ** 40),
    stateOf(0, 1, 5),
    new Uint8Array(),
  ]
  for (const [index, state] of states.entries()) {
    eve.send({ type: 'open', channel: index + 1, name: document })
    ask(eve, state, index + 1)
    expect(await eve.untilFrame((frame) => frame.type === 'closed' && frame.channel === index + 1)).toMatchObject({
      code: closeReasons.malformed.code,
    })
  }
  eve.send({ type: 'open', channel: 9, name: document })
  ask(eve, stateOf(9000, 1), 9)
  await eve.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === 9)
  const doc = new Y.Doc()
  doc.getMap('m').set('still', 'here')
  honest.update(1, Y.encodeStateAsUpdate(doc))
  await honest.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
})
