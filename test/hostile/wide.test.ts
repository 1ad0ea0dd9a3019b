import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFrameClient, isStep2 } from '../relay/clients.ts'
import { startRelay } from '../relay/relay.ts'
import { defaultLimits } from '../../sync-server/src/sync.ts'

test('[SOCK22] one socket opens 200 documents, as the app does for a grid of a hundred buildings', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  for (let channel = 1; channel <= 200; channel++) client.open(channel, `meeting/m${channel}`)
  await client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === 200)
  expect(client.frames.filter(({ type }) => type === 'opened')).toHaveLength(200)
  expect(client.frames.filter(({ type }) => type === 'closed')).toEqual([])
})

test('[SOCK23] a client gives back a document of 12 MB at once to a relay that has lost it, and another gets all of it', async () => {
  const document = 'meeting/m1'
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let index = 0; index < 120; index++) doc.getMap('m').set(`k${index}`, 'x'.repeat(100_000))
  })
  await using relay = await startRelay()
  using giver = await createFrameClient(relay.url)
  giver.open(1, document)
  giver.step2(1, Y.encodeStateAsUpdate(doc))
  await giver.untilFrame(({ type }) => type === 'acknowledged')
  const copy = new Y.Doc()
  using late = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, copy]]) })
  late.open(1, document)
  await late.untilFrame(isStep2)
  expect(copy.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON())
})

test('[SOCK23] whatever a frame carries may be an update, and one byte more than a frame ends the socket with 1009', async () => {
  await using relay = await startRelay()
  using client = await createFrameClient(relay.url)
  client.open(1, 'meeting/m1')
  const doc = new Y.Doc()
  doc.getMap('m').set('k', 'x'.repeat(defaultLimits.frameBytes - 100))
  client.update(1, Y.encodeStateAsUpdate(doc))
  await client.untilFrame(({ type }) => type === 'acknowledged')
  client.socket.send(new Uint8Array(defaultLimits.frameBytes + 1))
  // The WebSocket itself refuses it before the relay sees it.
  expect(await client.closed).toBe(1009)
})
