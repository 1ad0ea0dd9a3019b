/** What every way of telling other relays does, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFanOutHub } from '../../sync-server/src/fan-out/memory-fan-out.ts'
import { createRedisFanOut } from '../../sync-server/src/fan-out/redis-fan-out.ts'
import { readNotice } from '../../sync-server/src/fan-out/notice-text.ts'
import type { FanOut, Logger, Notice } from '../../sync-server/src/ports.ts'
import { startRedis, type RedisServer } from '../support/redis-server.ts'

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const moved: Notice = { type: 'moved', document: 'meeting/m1', sequence: 7 }
const presence: Notice = { type: 'presence', document: 'meeting/m1', entries: Uint8Array.of(1, 2, 255) }

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const atRedis = (channel: string): FanOut => createRedisFanOut({ url: redis.url, channel, logger: silent })

/** Tells until the other has heard something. */
async function untilHeard(from: FanOut, heard: readonly Notice[], notice = moved): Promise<void> {
  await expect
    .poll(
      () => {
        from.tell(notice)
        return heard.length
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(0)
}

function listening(fanOut: FanOut): Notice[] {
  const heard: Notice[] = []
  fanOut.listen((notice) => heard.push(plain(notice)))
  return heard
}

/** Buffers and plain arrays hold the same. */
const plain = (notice: Notice): Notice =>
  notice.type === 'presence' ? { ...notice, entries: Uint8Array.from(notice.entries) } : notice

describe.each([
  ['memory', () => createFanOutHub().join],
  ['redis', () => () => atRedis('contract')],
] as const)('fan-out through %s', (_name, meet) => {
  test('[SHARE8] what a relay tells reaches every other one as it was, and not itself', async () => {
    const join = meet()
    const relays = [join(), join(), join()] as const
    const [own, second, third] = relays.map(listening) as [Notice[], Notice[], Notice[]]
    await Promise.all([untilHeard(relays[0], second), untilHeard(relays[0], third)])
    second.length = third.length = 0
    relays[0].tell(presence)
    await expect.poll(() => [second.at(-1), third.at(-1)]).toEqual([presence, presence])
    expect(own).toEqual([])
    for (const relay of relays) await relay.close()
    relays[0].tell(moved)
  })
})

test('[SHARE8] relays of another log hear nothing, and nobody takes for a notice what is none', async () => {
  const [first, second, other] = [atRedis('a'), atRedis('a'), atRedis('b')]
  const [heard, strange] = [listening(second), listening(other)]
  await untilHeard(first, heard)
  expect(strange).toEqual([])
  for (const relay of [first, second, other]) await relay.close()
  for (const text of [
    '',
    'null',
    '7',
    '{"from":"x"}',
    '{"from":"x","document":"d"}',
    '{"from":1,"document":"d","sequence":1}',
  ])
    expect(readNotice(text)).toBeUndefined()
})

test('[SHARE8] while Redis is away nothing is told and nobody is held up; once it is back relays are told again', async () => {
  const [first, second] = [atRedis('away'), atRedis('away')]
  const heard = listening(second)
  await untilHeard(first, heard)
  await redis.kill()
  heard.length = 0
  for (let tell = 0; tell < 5; tell++) first.tell(moved)
  await redis.start()
  await untilHeard(first, heard)
  for (const relay of [first, second]) await relay.close()
})
