import { describe, expect, it } from 'vitest'
import { isCode } from '../codes/index.ts'
import { calendar, hour } from '../testing/fixture.ts'
import { workdayOverrides } from '../tables/workdays.ts'
import { isDay } from '../time.ts'
import { createCalendar } from './calendar.ts'
import { dueOf } from './due.ts'
import { categoryOf, taxonomy } from './taxonomy.ts'

const at = (text: string): number => Date.parse(`${text}+08:00`)
const minute = 60_000
const discoveredAt = at('2026-09-29T09:00:00')
const submittedAt = at('2026-09-29T09:05:00')
const due = (category: string, more: object = {}) => dueOf(category, { discoveredAt, submittedAt, calendar, ...more })

describe('working days', () => {
  it('[DUE1] holidays and shifted weekends are those published for China', () => {
    expect(
      ['2026-10-01', '2026-02-16', '2026-02-14', '2025-09-28', '2026-11-20', '2026-11-21'].map((day) =>
        calendar.isWorkday(day),
      ),
    ).toEqual([false, false, true, true, true, false])
    expect(calendar.addWorkdays('2026-09-30', 1)).toBe('2026-10-08')
    expect(calendar.workdaysBetween('2026-09-30', '2026-10-09')).toBe(2)
    expect([calendar.addWorkdays('2026-09-30', 0), calendar.workdaysBetween('2026-10-09', '2026-09-30')]).toEqual([
      '2026-09-30',
      0,
    ])
  })
  it('[DUE2] an override beats what is published, and beyond the last known year Monday to Friday count', () => {
    const local = createCalendar({ '2026-11-20': 'rest', '2027-10-01': 'rest' })
    expect([
      local.isWorkday('2026-11-20'),
      local.isWorkday('2026-11-19'),
      local.isWorkday('2027-10-01'),
      local.isWorkday('2028-10-02'),
    ]).toEqual([false, true, false, true])
    expect(calendar.lastKnownYear).toBeGreaterThanOrEqual(2026)
    expect(local.lastKnownYear).toBe(Math.max(2027, calendar.lastKnownYear))
    const next = calendar.lastKnownYear + 1
    expect(createCalendar({ [`${next}-03-05`]: 'rest', [`${next + 1}-10-01`]: 'rest' }).lastKnownYear).toBe(next - 1)
  })
  it('[DUE2] the table that the app passes in holds days and moves no published holiday', () => {
    expect(Object.keys(workdayOverrides).every(isDay)).toBe(true)
    expect(createCalendar(workdayOverrides).isWorkday('2026-10-01')).toBe(false)
  })
})

describe('due times', () => {
  it('[DUE3] an emergency is to be reported 10 minutes after discovery and reached in 30', () => {
    expect(due('emergency.fire')).toMatchObject({
      respond: discoveredAt + 10 * minute,
      onSite: submittedAt + 30 * minute,
    })
  })
  it('[DUE3] a repair is looked at within 3 hours and done within 72', () => {
    expect(due('facility.repair')).toEqual({ onSite: submittedAt + 3 * hour, resolve: submittedAt + 72 * hour })
  })
  it.each([
    ['emergency.crowd', 24],
    ['emergency.person', 2],
    ['emergency.lift', 2],
    ['property.parking', 360],
    ['service.agent', 360],
    ['service.policy', 360],
    ['service.registration', 360],
    ['dispute.family', 360],
    ['dispute.noise', 360],
    ['dispute.petition', 360],
    ['culture.event', 360],
    ['other.other', 360],
  ])('[DUE9] %s, to which the sources give no time of its own, is resolved within %i hours', (category, hours) => {
    expect(due(category).resolve).toBe(submittedAt + hours * hour)
  })
  it('[DUE9] every category has a time to be resolved and one to be answered or reached', () => {
    for (const { code } of taxonomy.flatMap(({ categories }) => categories)) {
      const { respond, onSite, resolve } = due(code)
      expect(resolve, code).toBeDefined()
      // A reminder of arrears is itself the answer.
      if (code !== 'property.arrears') expect(respond ?? onSite, code).toBeDefined()
    }
  })
  it('[DUE4] a graded hazard follows its risk, one not graded yet the strictest', () => {
    expect(due('safety.fire').resolve).toBe(submittedAt + 2 * hour)
    expect(due('safety.fire', { risk: 'M' }).resolve).toBe(submittedAt + 7 * 24 * hour)
    expect(due('safety.food').resolve).toBe(submittedAt + 24 * hour)
    expect(due('safety.food', { risk: 'L' }).resolve).toBe(submittedAt + 30 * 24 * hour)
    expect(due('safety.food', { risk: 'toString' }).resolve).toBe(submittedAt + 24 * hour)
  })
  it('[DUE5] working days end with the day and skip the National Day week', () => {
    expect(due('safety.security').respond).toBe(at('2026-09-30T23:59:59.999'))
    expect(due('service.housing').resolve).toBe(at(`${calendar.addWorkdays('2026-09-29', 15)}T23:59:59.999`))
    expect(calendar.addWorkdays('2026-09-29', 15)).toBe('2026-10-26')
  })
  it('[DUE6] while suspended the clock stands still, afterwards it goes on', () => {
    const from = submittedAt + hour
    expect(due('facility.repair', { suspensions: [{ from }] }).resolve).toBeUndefined()
    expect(
      due('facility.repair', {
        suspensions: [
          { from, to: from + 5 * hour },
          { from: from + 10 * hour, to: from + 11 * hour },
        ],
      }).resolve,
    ).toBe(submittedAt + 78 * hour)
    expect(due('facility.repair', { suspensions: [{ from: submittedAt + 100 * hour }] }).resolve).toBe(
      submittedAt + 72 * hour,
    )
    const paused = due('service.housing', {
      suspensions: [{ from: at('2026-10-09T09:00:00'), to: at('2026-10-13T09:00:00') }],
    }).resolve
    expect(paused).toBe(
      at(`${calendar.addWorkdays('2026-10-26', calendar.workdaysBetween('2026-10-09', '2026-10-13'))}T23:59:59.999`),
    )
  })
  it('[DUE8] a term in working days beyond the last known year is an estimate; one in hours or before it is not', () => {
    const unknown = calendar.lastKnownYear + 1
    const late = at(`${calendar.lastKnownYear}-12-28T09:00:00`)
    const times = { discoveredAt: late, submittedAt: late }
    expect(due('service.housing', times)).toMatchObject({ estimated: ['resolve'] })
    expect(due('safety.fire', { ...times, risk: 'L' }).estimated).toBeUndefined()
    expect(due('service.housing').estimated).toBeUndefined()
    const national = [1, 2, 3, 4, 5].map((date) => [`${unknown}-10-0${date}`, 'rest'] as const)
    const known = createCalendar(Object.fromEntries(national))
    expect(due('service.housing', { ...times, calendar: known }).estimated).toBeUndefined()
  })
  it('[DUE7] an unknown category has no times', () => {
    expect(due('nothing.here')).toEqual({})
  })
  it('[DUE7] every category is named in both languages, begins with its group and is found by its code', () => {
    for (const group of taxonomy) {
      for (const category of group.categories) {
        expect(category.code.startsWith(`${group.code}.`) && category.zh !== '' && category.en !== '').toBe(true)
        expect(categoryOf(category.code)).toBe(category)
        for (const risk of Object.keys(category.resolveByRisk ?? {})) expect(isCode('RISK', risk)).toBe(true)
      }
    }
  })
})
