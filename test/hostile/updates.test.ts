import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { DeleteSet, mergeRanges } from '../../sync-server/src/rooms/delete-set.ts'
import { createFrameClient, isStep2, updateIn } from '../relay/clients.ts'
import { createDice } from '../relay/history.ts'
import { startRelay } from '../relay/relay.ts'
import { hostileUpdates } from './updates.ts'

const document = 'meeting/m1'

test('[ROOM12] each hostile update gets its own refusal, and who else is in the room goes on undisturbed with content every reader can take', async () => {
  await using relay = await startRelay({ limits: { frameBurst: 1e6 } })
  using honest = await createFrameClient(relay.url)
  honest.open(1, document)
  const seen = new Y.Doc()
  using reader = await createFrameClient(relay.url, { account: 'bo', docs: new Map([[1, seen]]) })
  reader.open(1, document)
  await reader.untilFrame(isStep2)
  using eve = await createFrameClient(relay.url, { account: 'eve' })
  const edits = new Y.Doc()
  for (const [index, { name, update, code }] of hostileUpdates.entries()) {
    const channel = index + 1
    eve.open(channel, document)
    eve.update(channel, update)
    const answer = await eve.untilFrame(
      (frame) => (frame.type === 'closed' || frame.type === 'acknowledged') && frame.channel === channel,
    )
    expect([name, answer.type === 'closed' ? answer.code : undefined]).toEqual([name, code])
    if (answer.type !== 'closed') eve.send({ type: 'close', channel })
    const state = Y.encodeStateVector(edits)
    edits.getMap('honest').set(`after ${index}`, name)
    honest.update(1, Y.encodeStateAsUpdate(edits, state))
    await honest.untilFrame((frame) => frame.type === 'acknowledged' && frame.count === index + 1)
  }
  expect(honest.frames.filter(({ type }) => type === 'closed')).toEqual([])
  await reader.untilFrame(
    (frame) => frame.type === 'data' && textOf(updateIn(frame.message)).includes(`after ${hostileUpdates.length - 1}`),
  )
  expect(seen.getMap('honest').size).toBe(hostileUpdates.length)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(seen))
  copy.getMap('z').toJSON()
  copy.transact(() => copy.getMap('z').delete('k'))
})

test('[ROOM13] deletions in any order and over one another are known exactly', () => {
  const first = Number(process.env['TONGGE_SEED'] ?? 1)
  for (let seed = first; seed < first + Number(process.env['TONGGE_SEEDS'] ?? 100); seed++) {
    const dice = createDice(seed)
    const set = new DeleteSet()
    const truth = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const flat: number[] = []
      for (let ranges = 1 + dice(8); ranges > 0; ranges--) {
        const from = dice(80)
        flat.push(7, from, from + 1 + dice(6))
      }
      const merged = mergeRanges(flat)
      expect([seed, clocksOf(set.missing(merged))]).toEqual([
        seed,
        clocksOf(merged).filter((clock) => !truth.has(clock)),
      ])
      if (dice(2) === 0) set.add(merged)
      else set.add(flat)
      for (const clock of clocksOf(merged)) truth.add(clock)
      expect([seed, clocksOf(set.entries())]).toEqual([seed, [...truth].toSorted((a, b) => a - b)])
      // Never touching: each range is as long as it can be.
      const ranges = set.entries()
      for (let at = 3; at < ranges.length; at += 3) expect(ranges[at + 1]).toBeGreaterThan(ranges[at - 1] ?? 0)
    }
  }
})

function clocksOf(flat: readonly number[]): number[] {
  const clocks: number[] = []
  for (let at = 0; at < flat.length; at += 3)
    for (let clock = flat[at + 1] ?? 0; clock < (flat[at + 2] ?? 0); clock++) clocks.push(clock)
  return clocks
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}
