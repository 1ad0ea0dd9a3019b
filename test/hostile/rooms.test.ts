import { closeReasons } from '@tongge/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFrameClient, isStep2 } from '../relay/clients.ts'
import { startRelay } from '../relay/relay.ts'

test('[ROOM14] documents opened and left make way for others at the cap, and what was written to them is kept', async () => {
  await using relay = await startRelay({ limits: { documents: 20 } })
  using client = await createFrameClient(relay.url)
  const doc = new Y.Doc()
  doc.getMap('m').set('kept', 1)
  for (let channel = 1; channel <= 100; channel++) {
    client.open(channel, `meeting/ghost${channel}`)
    client.update(channel, Y.encodeStateAsUpdate(doc))
    await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.channel === channel)
    client.send({ type: 'close', channel })
  }
  expect(relay.endpoint.stats().documents).toBeLessThanOrEqual(20)
  const copy = new Y.Doc()
  using late = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, copy]]) })
  late.open(1, 'meeting/ghost1')
  await late.untilFrame(isStep2)
  expect(copy.getMap('m').get('kept')).toBe(1)
})

test('[ROOM14] when people are in every document one more is refused for now', async () => {
  await using relay = await startRelay({ limits: { documents: 3 } })
  using client = await createFrameClient(relay.url)
  for (let channel = 1; channel <= 4; channel++) client.open(channel, `meeting/m${channel}`)
  expect(await client.untilFrame(({ type }) => type === 'closed')).toMatchObject({
    channel: 4,
    ...closeReasons.tooManyDocuments,
  })
  client.send({ type: 'close', channel: 1 })
  client.open(5, 'meeting/m5')
  await client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === 5)
})
