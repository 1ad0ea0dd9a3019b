import { describe, expect, it } from 'vitest'
import { changeCount, termsInForce, typedFrom, withDay, withTyped, wrongTerms } from './edit-times.ts'

const repair = 'facility.repair'
const usual = typedFrom(termsInForce(repair, {}))

describe('times as they are typed', () => {
  it('[SETAPP1] what is typed as the app has it, or not at all, is not set', () => {
    expect(usual).toEqual({
      respond: { count: '', unit: 'hours' },
      onSite: { count: '3', unit: 'hours' },
      resolve: { count: '3', unit: 'days' },
    })
    expect(withTyped({}, repair, usual)).toEqual({})
    expect(withTyped({}, repair, { ...usual, resolve: { count: '72', unit: 'hours' } })).toEqual({})
    const set = withTyped({}, repair, { ...usual, onSite: { count: '2', unit: 'hours' } })
    expect(set).toEqual({ ticketTimes: { [repair]: { onSite: { count: 2, unit: 'hours' } } } })
    expect(
      termsInForce(repair, set)
        .filter(({ isSet }) => isSet)
        .map(({ term }) => term),
    ).toEqual(['onSite'])
    expect(withTyped(set, repair, usual)).toEqual({})
    expect([changeCount({}, set), changeCount(set, set), changeCount(set, {})]).toEqual([1, 0, 1])
  })

  it('[SETAPP1] a number that cannot be taken is named by its term', () => {
    for (const count of ['0', '-1', '1.5', 'x', '99999'])
      expect(wrongTerms(repair, { ...usual, onSite: { count, unit: 'hours' } })).toEqual(['onSite'])
    expect(wrongTerms(repair, usual)).toEqual([])
  })

  it('[SETAPP1] days are set one by one, and the last one leaves nothing behind', () => {
    const one = withDay({}, '2026-12-12', 'work')
    expect(one).toEqual({ workdays: { '2026-12-12': 'work' } })
    expect(withDay(one, '2026-12-12', undefined)).toEqual({})
  })
})
