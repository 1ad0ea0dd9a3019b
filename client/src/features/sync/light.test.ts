import { describe, expect, test } from 'vitest'
import type { SyncLight } from '../../session/session.ts'
import { zh } from '../../i18n/zh/index.ts'
import { lightShort, lightTone, problemText, waitingText } from './light.ts'
import { summaryText } from './summary-text.ts'

const none = { households: 0, people: 0, tickets: 0, photos: 0, others: 0 }
const light = (change: Partial<SyncLight>): SyncLight => ({
  light: 'synced',
  connection: 'online',
  waiting: none,
  ...change,
})
const { short } = zh.sync

describe('the sync light', () => {
  test.each([
    [light({}), short.synced, 'calm'],
    [light({ connection: 'offline', light: 'saved' }), short.offline, 'calm'],
    [light({ connection: 'stopped', light: 'saved', problem: 'signedOut' }), short.offline, 'notice'],
    [light({ connection: 'connecting', light: 'saved' }), short.connecting, 'calm'],
    [light({ light: 'saved', waiting: { ...none, households: 2, tickets: 1 } }), short.waiting(3), 'notice'],
    [light({ light: 'unsaved', waiting: { ...none, people: 1 } }), short.unsaved, 'danger'],
    [light({ problem: 'corrupt' }), short.synced, 'notice'],
  ] as const)('[APP3] %j reads %s and is %s', (state, words, tone) => {
    expect([lightShort(state), lightTone(state)]).toEqual([words, tone])
  })

  test('[APP3] what waits is told in human units, leaving out what does not', () => {
    const { unit } = zh.sync
    expect(waitingText(light({ waiting: { ...none, households: 3, tickets: 1 } }))).toBe(
      unit.households(3) + unit.separator + unit.tickets(1),
    )
    expect(waitingText(light({}))).toBe('')
  })

  test('[APP4] every failure says what to do', () => {
    const reasons = Object.keys(zh.sync.problem) as (keyof typeof zh.sync.problem)[]
    for (const reason of reasons) expect(problemText(reason).length).toBeGreaterThan(10)
  })
})

describe('the summary of a sync', () => {
  const entries = { y1: { kind: 'household' }, p1: { kind: 'person' } } as unknown as Parameters<
    typeof summaryText
  >[1]['entries']
  const summary = (change: object) =>
    ({ at: 0, added: [], changed: [], removed: [], tickets: [], conflicts: 0, ...change }) as Parameters<
      typeof summaryText
    >[0]
  const words = zh.sync.summary

  test('[APP15] counts households apart from other records and leaves out what did not happen', () => {
    const text = summaryText(summary({ added: ['y1', 'p1'], changed: ['p1'], conflicts: 1 }), { entries })
    const parts = [words.households(1), words.added(1), words.changed(1), words.conflicts(1)]
    expect(text).toBe(words.line(parts.join(words.separator)))
  })

  test('[APP15] says so when a sync brought nothing', () => {
    expect(summaryText(summary({}), { entries })).toBe(words.line(words.nothing))
  })
})
