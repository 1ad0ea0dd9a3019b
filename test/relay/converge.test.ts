import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced } from './clients.ts'
import { startRelay } from './relay.ts'

const document = 'meeting/m1'

test('[SOCK1] two stock y-websocket clients converge, edits made offline included', async () => {
  await using relay = await startRelay()
  using first = createStockClient(relay.url, document)
  using second = createStockClient(relay.url, document, { account: 'bo' })
  await Promise.all([untilSynced(first), untilSynced(second)])
  first.doc.getMap('m').set('a', 1)
  await untilDocs([second.doc], () => second.doc.getMap('m').get('a') === 1)

  first.provider.disconnect()
  first.doc.getText('t').insert(0, 'offline')
  first.doc.getMap('m').delete('a')
  second.doc.getText('t').insert(0, 'online ')
  first.provider.connect()
  await untilDocs([first.doc, second.doc], () =>
    [first, second].every(({ doc }) => doc.getText('t').length === 14 && !doc.getMap('m').has('a')),
  )
  expect(first.doc.getText('t').toJSON()).toBe(second.doc.getText('t').toJSON())
  expect(Y.equalSnapshots(Y.snapshot(first.doc), Y.snapshot(second.doc))).toBe(true)
})

test('[ACK1] a client of our frames gets its updates acknowledged and those of others delivered, but not its own', async () => {
  await using relay = await startRelay()
  const doc = new Y.Doc()
  using client = await createFrameClient(relay.url, { docs: new Map([[1, doc]]) })
  using stock = createStockClient(relay.url, document, { account: 'bo' })
  await untilSynced(stock)
  client.open(1, document)
  await client.untilFrame(isStep2)
  doc.on('update', (update, origin) => origin !== client.socket && client.update(1, update))
  doc.getMap('m').set('a', 1)
  doc.getMap('m').set('a', 2)
  await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 2)
  await untilDocs([stock.doc], () => stock.doc.getMap('m').get('a') === 2)
  const before = client.frames.length
  stock.doc.getMap('m').set('b', 3)
  await untilDocs([doc], () => doc.getMap('m').get('b') === 3)
  expect(client.frames.slice(before).map(({ type }) => type)).toEqual(['data'])
  expect((await relay.log.read(document)).tail.length).toBeGreaterThan(0)
})
