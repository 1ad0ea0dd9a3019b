// @vitest-environment happy-dom
import { dayLength, type PlanContext } from '@tongge/model'
import { beforeEach, expect, test } from 'vitest'
import { createLooked } from './looked.ts'

let now = Date.parse('2026-11-23T01:00:00Z')
const session = {
  account: 'member01',
  grid: '990101001001001',
  context: () => ({ now }) as PlanContext,
} as unknown as Parameters<typeof createLooked>[0]

beforeEach(() => {
  localStorage.clear()
  now = Date.parse('2026-11-23T01:00:00Z')
})

test('[APP14] without a mark, changes since yesterday morning count', () => {
  expect(createLooked(session).since()).toBe(Date.parse('2026-11-21T16:00:00Z'))
})

test('[APP14] a mark holds over a restart, for at most a week', () => {
  const looked = createLooked(session)
  looked.markSeen()
  expect(looked.since()).toBe(now)
  now += 2 * dayLength
  expect(createLooked(session).since()).toBe(now - 2 * dayLength)
  now += 30 * dayLength
  expect(createLooked(session).since()).toBe(now - 7 * dayLength)
})

test('[APP14] a mark from the future, left by a wrong clock, is ignored', () => {
  createLooked(session).markSeen()
  now -= 10 * dayLength
  expect(createLooked(session).since()).toBeLessThan(now)
})
