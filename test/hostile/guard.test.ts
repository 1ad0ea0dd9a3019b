import { applyEdits, type GridDocuments } from '@tongge/crdt'
import type { AccountId, Edit, RecordId } from '@tongge/model'
import { closeReasons } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import type { Logger } from '../../sync-server/src/ports.ts'
import { createFrameClient, isStep2, type FrameClient } from '../relay/clients.ts'
import { startRelay, type Relay } from '../relay/relay.ts'
import { attacksOn, eve, type Victims } from './corpus.ts'

const ledger = 'grid/990101001001001/ledger'
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const h1 = 'h1' as RecordId

/** Ada, who writes in a ledger, over a socket of her own. */
async function adaIn(relay: Relay) {
  const doc = new Y.Doc()
  doc.clientID = 1_001
  const client = await createFrameClient(relay.url, { docs: new Map([[1, doc]]) })
  client.open(1, ledger)
  await client.untilFrame(isStep2)
  let count = 0
  let now = 1_790_000_000_000
  const writer = { slot: 'slotada', account: 'ada' as AccountId, device: 'phone', now: () => (now += 1000) }
  const documents: GridDocuments = { ledger: doc, sensitive: undefined, work: new Map(), notes: new Map() }
  return {
    doc,
    client,
    edit: async (...edits: readonly Edit[]) => {
      const state = Y.encodeStateVector(doc)
      applyEdits(documents, edits, writer)
      client.update(1, Y.encodeStateAsUpdate(doc, state))
      count++
      await client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === count)
    },
  }
}

function victimsIn(doc: Y.Doc): Victims {
  const idAt = (root: string, key: string): readonly [number, number] => {
    // oxlint-disable-next-line no-underscore-dangle -- there is no public way to the id of a value
    const item = doc.getMap(root)._map.get(key)
    return [item?.id.client ?? 0, item?.id.clock ?? 0]
  }
  const next = Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0
  return {
    blob: idAt('blobs', 'h1'),
    slot: idAt('s', 'h1/ph/slotada'),
    text: idAt('texts', 'h1/zz/slotada'),
    honest: { client: doc.clientID, next },
  }
}

async function stored(relay: Relay): Promise<number> {
  return (await relay.log.read(ledger)).through
}

async function closedOn(client: FrameClient, channel: number): Promise<{ code: number; reason: string }> {
  const frame = await client.until(
    (one): one is Extract<typeof one, { type: 'closed' }> => one.type === 'closed' && one.channel === channel,
  )
  return { code: frame.code, reason: frame.reason }
}

test('[GUARD9] each of the known attacks on a ledger gets a refusal of its own, is not stored, and disturbs nobody', async () => {
  await using relay = await startRelay({ guard: createGuard({ logger: silent }), limits: { frameBurst: 1e6 } })
  const ada = await adaIn(relay)
  await ada.edit(
    { op: 'create', kind: 'household', id: h1, fields: { phone: '13800000001' } },
    { op: 'create', kind: 'person', id: 'p1' as RecordId, fields: { name: '王小明' } },
  )
  await ada.edit({ op: 'set', kind: 'household', id: h1, field: 'phone', value: '13800000002' })
  const state = Y.encodeStateVector(ada.doc)
  // Of a field that a later version knows.
  ada.doc.getMap('texts').set('h1/zz/slotada', new Y.Text('民情'))
  ada.client.update(1, Y.encodeStateAsUpdate(ada.doc, state))
  await ada.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 3)
  const seen = new Y.Doc()
  using reader = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, seen]]) })
  reader.open(1, ledger)
  await reader.untilFrame(isStep2)

  using attacker = await createFrameClient(relay.url, { account: eve })
  const attacks = attacksOn(victimsIn(ada.doc))
  for (const [index, { name, update, code, reason }] of attacks.entries()) {
    const channel = index + 1
    const before = await stored(relay)
    attacker.open(channel, ledger)
    attacker.update(channel, update)
    expect([name, await closedOn(attacker, channel)]).toEqual([name, { code, reason }])
    expect([name, await stored(relay)]).toEqual([name, before])
  }
  const next = Y.encodeStateVector(ada.doc)
  ada.doc.getMap('meta').set('schema/7', true)
  ada.client.update(1, Y.encodeStateAsUpdate(ada.doc, next))
  await ada.client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === 4)
  for (const { frames } of [ada.client, reader]) expect(frames.filter(({ type }) => type === 'closed')).toEqual([])
  await expect.poll(() => seen.getMap('meta').has('schema/7')).toBe(true)
  expect(Y.encodeStateAsUpdate(seen)).toEqual(Y.encodeStateAsUpdate(ada.doc))
  expect(seen.share.has('evil')).toBe(false)
  ada.client.socket.terminate()
})

test('[GUARD9] 2,000 orphans in as many messages cost one channel', async () => {
  await using relay = await startRelay({ guard: createGuard({ logger: silent }), limits: { frameBurst: 1e6 } })
  using attacker = await createFrameClient(relay.url, { account: eve })
  attacker.open(1, ledger)
  await attacker.untilFrame(isStep2)
  const doc = new Y.Doc()
  doc.clientID = 7
  doc.getMap('s').set('lost', 1)
  for (let left = 2000; left > 0; left--) {
    const state = Y.encodeStateVector(doc)
    doc.getMap('s').set('lost', left)
    attacker.update(1, Y.encodeStateAsUpdate(doc, state))
  }
  expect(await closedOn(attacker, 1)).toEqual(closeReasons.gap)
  expect(await stored(relay)).toBe(0)
  const ada = await adaIn(relay)
  await ada.edit({ op: 'create', kind: 'household', id: h1, fields: {} })
  ada.client.socket.terminate()
})

test('[GUARD9] presence of 600 kB closes its channel, and 5,000 false people are one, under the name the relay knows', async () => {
  await using relay = await startRelay({ guard: createGuard({ logger: silent }) })
  const ada = await adaIn(relay)
  using attacker = await createFrameClient(relay.url, { account: eve })
  const big = JSON.stringify({ user: 'x'.repeat(600_000) })
  attacker.open(1, ledger)
  attacker.send({ type: 'data', channel: 1, message: awareness([[1, big]]) })
  expect((await closedOn(attacker, 1)).code).toBe(closeReasons.tooLarge.code)
  attacker.open(2, ledger)
  const crowd = Array.from({ length: 5000 }, (_, client) => [client, '{"user":{"name":"书记"}}'] as const)
  attacker.send({ type: 'data', channel: 2, message: awareness(crowd) })
  const told = await ada.client.untilFrame((frame) => frame.type === 'data' && frame.message[0] === 1)
  const text = told.type === 'data' ? new TextDecoder().decode(told.message) : ''
  expect(text).toContain('Name of eve')
  expect(text).not.toContain('书记')
  expect(text.length).toBeLessThan(1000)
  ada.client.socket.terminate()
})

function awareness(entries: readonly (readonly [client: number, state: string])[]): Uint8Array {
  const body = createEncoder()
  writeVarUint(body, entries.length)
  for (const [client, state] of entries) {
    writeVarUint(body, client)
    writeVarUint(body, 1)
    writeVarString(body, state)
  }
  const encoder = createEncoder()
  writeVarUint(encoder, 1)
  writeVarUint8Array(encoder, toUint8Array(body))
  return toUint8Array(encoder)
}
