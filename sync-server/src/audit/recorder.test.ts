import type { AuditEvent } from '@tongge/protocol/audit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryAuditLog, type MemoryAuditLog } from './memory-audit-log.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { takeInEvents, type KeptEvent } from './take-in.ts'

const error = vi.fn<(facts: object, message: string) => void>()
const logger = { info: () => undefined, warn: () => undefined, error }
let time: number
let audit: MemoryAuditLog
let recorder: Recorder
const now = (): number => time

beforeEach(() => {
  vi.useFakeTimers()
  error.mockClear()
  time = Date.parse('2026-11-23T01:00:00Z')
  audit = createMemoryAuditLog(now)
  recorder = createRecorder({ audit, now, logger })
})
afterEach(() => vi.useRealTimers())

const pass = async (ms: number): Promise<void> => {
  time += ms
  await vi.advanceTimersByTimeAsync(ms)
}
const told = async (): Promise<Record<string, unknown>[]> =>
  (await audit.entries(0, 1000)).map((text) => {
    const { at: _, ...event } = JSON.parse(text) as Record<string, unknown>
    return event
  })

describe('what is told to the audit log', () => {
  it('[AUDIT6] a session that opens documents is told of once a day, all it opens at once in one entry', async () => {
    for (const document of ['a', 'b', 'a']) recorder.opened('s1', 'ada', document)
    recorder.opened('s2', 'bob', 'a')
    await pass(300)
    recorder.opened('s1', 'ada', 'b')
    recorder.opened('s1', 'ada', 'c')
    await pass(300)
    expect(await told()).toEqual([
      { type: 'open', account: 'ada', documents: ['a', 'b'] },
      { type: 'open', account: 'bob', documents: ['a'] },
      { type: 'open', account: 'ada', documents: ['c'] },
    ])
    await pass(86_400_000)
    recorder.opened('s1', 'ada', 'a')
    await recorder.close()
    expect((await told()).at(-1)).toEqual({ type: 'open', account: 'ada', documents: ['a'] })
  })

  it('[AUDIT6] what is tried again and again is told at once, then once a minute with how often', async () => {
    const refusal = { code: 4405, reason: 'no right to write this document' }
    for (let times = 0; times < 500; times++) {
      recorder.signInRefused('tooManyTries', 'ada')
      recorder.refused('bob', 'd', refusal)
    }
    await pass(300)
    expect(await told()).toHaveLength(2)
    await pass(61_000)
    recorder.signInRefused('tooManyTries', 'ada')
    await pass(61_000)
    expect(await told()).toEqual([
      { type: 'refusal', account: 'bob', document: 'd', ...refusal },
      { type: 'signIn', outcome: 'tooManyTries', account: 'ada' },
      { type: 'refusal', account: 'bob', document: 'd', ...refusal, times: 499 },
      { type: 'signIn', outcome: 'tooManyTries', account: 'ada', times: 499 },
      { type: 'signIn', outcome: 'tooManyTries', account: 'ada' },
    ])
  })

  it('[AUDIT6] a log that cannot be written stops nobody', async () => {
    const full: Pick<MemoryAuditLog, 'append'> = { append: () => Promise.reject(new Error('disk full')) }
    const helpless = createRecorder({ audit: full, now, logger })
    await helpless.signedIn('ada')
    helpless.opened('s', 'ada', 'd')
    helpless.signInRefused('wrongPassword', undefined)
    await helpless.close()
    expect(error).toHaveBeenCalledTimes(3)
  })
})

describe('what happened to accounts', () => {
  const event = (id: number): KeptEvent => ({
    id,
    at: id * 10,
    event: { type: 'password', account: `a${id}`, by: 'x' },
  })
  const source = (events: readonly KeptEvent[]) => ({
    name: 'accounts/1',
    after: async (id: number, limit: number) => events.filter((one) => one.id > id).slice(0, limit),
  })

  it('[AUDIT7] is taken in once, in order and with its own time, and a restart goes on where the last one got', async () => {
    const events = [event(1), event(2)]
    const first = takeInEvents(source(events), audit, logger)
    await first.now()
    events.push(event(3))
    await pass(3000)
    await first.close()
    const second = takeInEvents(source([...events, event(4)]), audit, logger)
    await second.now()
    expect((await audit.entries(0, 9)).map((text) => JSON.parse(text) as AuditEvent & { at: number })).toEqual(
      [1, 2, 3, 4].map((id) => ({ type: 'password', at: id * 10, account: `a${id}`, by: 'x' })),
    )
    await second.close()
  })

  it('[AUDIT7] a store of accounts that began anew is taken in from its first event', async () => {
    await takeInEvents(source([event(1), event(2)]), audit, logger).close()
    await takeInEvents({ ...source([event(1)]), name: 'accounts/2' }, audit, logger).close()
    expect(await audit.size()).toBe(3)
    expect(error).not.toHaveBeenCalled()
  })
})
