import type { SessionAnswer } from '@tongge/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaseOver, noteTime, renewLease } from './lease.ts'

const hour = 3_600_000
const start = 1_790_000_000_000
const ada: SessionAnswer = { account: 'ada', name: '艾达', roles: [], grids: [], buildings: [], documents: [] }

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('[LEASE1] a device works for 72 hours without its relay, or for as long as that says, and for 7 days at most', () => {
  for (const [leaseHours, hours] of [
    [undefined, 72],
    [12, 12],
    [1000, 168],
    [0, 1],
  ] as const) {
    const answer = { ...ada, ...(leaseHours !== undefined && { leaseHours }) }
    renewLease(answer, start)
    expect(leaseOver(answer, start + hours * hour)).toBeUndefined()
    expect(leaseOver(answer, start + hours * hour + 1)).toBe(hours)
  }
})

test('[LEASE1] each answer of the relay begins the term anew; of an account of which nothing was noted it begins now', () => {
  expect(leaseOver(ada, start)).toBeUndefined()
  expect(leaseOver(ada, start + 73 * hour)).toBe(72)
  renewLease(ada, start + 73 * hour)
  expect(leaseOver(ada, start + 100 * hour)).toBeUndefined()
  expect(leaseOver({ ...ada, account: 'bob' }, start + 500 * hour)).toBeUndefined()
})

test('[LEASE2] a clock that is turned back neither unlocks nor stops the term while the app runs', () => {
  renewLease(ada, start)
  noteTime(start + 73 * hour, 0)
  expect(leaseOver(ada, start + hour)).toBe(72)
  renewLease(ada, start)
  for (let minute = 0; minute < 72 * 60; minute++) noteTime(start, 60_000)
  expect(leaseOver(ada, start)).toBeUndefined()
  noteTime(start, 60_000)
  expect(leaseOver(ada, start)).toBe(72)
})

test('[LEASE2] a clock that was wrong strands nobody: the next answer of the relay counts, whatever it says then', () => {
  renewLease(ada, start)
  noteTime(start + 10_000 * hour, 0)
  expect(leaseOver(ada, start)).toBe(72)
  renewLease(ada, start)
  expect(leaseOver(ada, start)).toBeUndefined()
  renewLease(ada, start + 10_000 * hour)
  expect(leaseOver(ada, start)).toBeUndefined()
})
