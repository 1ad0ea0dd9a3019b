import { describe, expect, it } from 'vitest'
import { hour, member, now, stepOf } from '../testing/fixture.ts'
import { categoryOf, taxonomy } from '../tickets/taxonomy.ts'
import { dueOf } from '../tickets/due.ts'
import { foldTicket } from '../tickets/fold.ts'
import {
  checkParameters,
  createTimetable,
  defaultTimes,
  isSameTerm,
  parameterChanges,
  soundEarlierTimes,
  soundParameters,
  termsOfKind,
  type CommunityParameters,
  type TicketTimesByKind,
} from './index.ts'

const minute = 60_000
const at = { discoveredAt: now - 5 * minute, submittedAt: now }
const due = (category: string, ticketTimes: TicketTimesByKind, more: object = {}) =>
  dueOf(category, { ...at, calendar: createTimetable({ ticketTimes }), ...more })
const sound: CommunityParameters = {
  ticketTimes: {
    'facility.repair': { onSite: { count: 90, unit: 'minutes' }, resolve: { count: 2, unit: 'workdays' } },
    safety: { resolveM: { count: 3, unit: 'days' } },
  },
  workdays: { '2026-11-21': 'work', '2026-11-23': 'rest' },
}

describe('what a community sets', () => {
  it('[PARAM1] is taken where every part of it is a known kind and term with a number in its unit, or a day', () => {
    expect(checkParameters({})).toEqual([])
    expect(checkParameters(sound)).toEqual([])
    for (const { code, categories } of taxonomy)
      for (const kind of [code, ...categories.map((one) => one.code)])
        expect(termsOfKind(kind)?.length).toBeGreaterThan(2)
  })

  it.each([
    [7, 'parameters wrongType'],
    [{ colour: {} }, 'colour unknownField'],
    [{ ticketTimes: [] }, 'ticketTimes wrongType'],
    [{ ticketTimes: { 'safety.ghosts': {} } }, 'ticketTimes/safety.ghosts unknownKind'],
    [{ ticketTimes: { safety: 3 } }, 'ticketTimes/safety wrongType'],
    [{ ticketTimes: { safety: { wait: {} } } }, 'ticketTimes/safety/wait unknownTerm'],
    [
      { ticketTimes: { 'facility.repair': { resolveH: { count: 1, unit: 'days' } } } },
      'ticketTimes/facility.repair/resolveH unknownTerm',
    ],
    [{ ticketTimes: { safety: { respond: { count: 1 } } } }, 'ticketTimes/safety/respond badUnit'],
    [
      { ticketTimes: { safety: { respond: { count: 1, unit: 'days', more: 1 } } } },
      'ticketTimes/safety/respond wrongType',
    ],
    [{ ticketTimes: { safety: { respond: { count: 0, unit: 'days' } } } }, 'ticketTimes/safety/respond badCount'],
    [{ ticketTimes: { safety: { respond: { count: 1.5, unit: 'hours' } } } }, 'ticketTimes/safety/respond badCount'],
    [{ ticketTimes: { safety: { respond: { count: 126, unit: 'workdays' } } } }, 'ticketTimes/safety/respond badCount'],
    [{ workdays: { '2026-02-30': 'rest' } }, 'workdays/2026-02-30 badDate'],
    [{ workdays: { '2026-02-27': 'holiday' } }, 'workdays/2026-02-27 wrongType'],
  ])('[PARAM1] %j is refused as %s', (value, expected) => {
    expect(checkParameters(value).map(({ field, problem }) => `${field} ${problem}`)).toEqual([expected])
  })

  it('[PARAM2] is read whatever stands there: what does not hold together is left out, the rest counts', () => {
    const damaged = { ...sound, ticketTimes: { ...sound.ticketTimes, 'safety.ghosts': {} }, lists: 7, more: [] }
    expect(soundParameters(damaged)).toEqual(sound)
    for (const value of [undefined, null, 7, 'x', [], { workdays: 3 }]) expect(soundParameters(value)).toEqual({})
    expect(soundEarlierTimes([{ until: 5, ticketTimes: 'x' }, { until: 'x' }, null, 7])).toEqual([
      { until: 5, ticketTimes: {} },
    ])
    expect(soundEarlierTimes('x')).toEqual([])
  })

  it('[PARAM7] is told as paths with what holds from now on', () => {
    expect(parameterChanges({}, sound)).toEqual([
      'ticketTimes/facility.repair/onSite 90 minutes',
      'ticketTimes/facility.repair/resolve 2 workdays',
      'ticketTimes/safety/resolveM 3 days',
      'workdays/2026-11-21 work',
      'workdays/2026-11-23 rest',
    ])
    expect(parameterChanges(sound, { workdays: { '2026-11-21': 'work', '2026-11-23': 'work' } })).toEqual([
      'ticketTimes/facility.repair/onSite default',
      'ticketTimes/facility.repair/resolve default',
      'ticketTimes/safety/resolveM default',
      'workdays/2026-11-23 work',
    ])
  })
})

describe('the lists of a community', () => {
  const code = { code: 'x-a1', zh: '高空抛物' }
  const lists = { HAZARD: [code, { code: 'x-b2', zh: '充电', en: 'Charging', retired: true }] }

  it.each([
    [{ SEX: [code] }, 'lists/SEX unknownList'],
    [{ HAZARD: {} }, 'lists/HAZARD wrongType'],
    [{ HAZARD: [{ ...code, code: 'fire' }] }, 'lists/HAZARD/fire badCode'],
    [{ HAZARD: [{ ...code, zh: ' ' }] }, 'lists/HAZARD/x-a1 badLabel'],
    [{ HAZARD: [{ ...code, en: 'x'.repeat(41) }] }, 'lists/HAZARD/x-a1 badLabel'],
    [{ HAZARD: [{ ...code, retired: 1 }] }, 'lists/HAZARD/x-a1 wrongType'],
    [{ HAZARD: [code, { ...code, zh: '别的' }] }, 'lists/HAZARD/x-a1 twice'],
    [{ HAZARD: [{ ...code, zh: '消防' }] }, 'lists/HAZARD/x-a1 twice'],
    [{ HAZARD: [7] }, 'lists/HAZARD/0 badCode'],
  ])('[PARAM8] %j is refused as %s', (value, expected) => {
    expect(checkParameters({ lists: value }).map(({ field, problem }) => `${field} ${problem}`)).toEqual([expected])
  })

  it('[PARAM8] a code that was set may be renamed, retired and brought back, and is never taken away', () => {
    expect(checkParameters({ lists }, {})).toEqual([])
    const renamed = {
      HAZARD: [
        { ...code, zh: '高空坠物', retired: true },
        { code: 'x-b2', zh: '充电' },
      ],
    }
    expect(checkParameters({ lists: renamed }, { lists })).toEqual([])
    for (const left of [{}, { HAZARD: [code] }, { HAZARD: [code, { code: 'x-c3', zh: '充电' }] }])
      expect(checkParameters({ lists: left }, { lists })).toContainEqual({
        field: 'lists/HAZARD/x-b2',
        problem: 'codeRemoved',
      })
    expect(parameterChanges({ lists }, { lists: renamed })).toEqual([
      'lists/HAZARD/x-a1 高空坠物 (retired)',
      'lists/HAZARD/x-b2 充电',
    ])
  })
})

describe('the times of a community', () => {
  it('[PARAM3] take the place of the app’s own, a category’s before its group’s, and leave the others', () => {
    const times = { facility: { onSite: { count: 1, unit: 'hours' }, respond: { count: 5, unit: 'minutes' } } } as const
    expect(due('facility.repair', times)).toEqual({
      respond: now + 5 * minute,
      onSite: now + hour,
      resolve: now + 72 * hour,
    })
    expect(
      due('facility.repair', { ...times, 'facility.repair': { onSite: { count: 2, unit: 'hours' } } }).onSite,
    ).toBe(now + 2 * hour)
    expect(due('facility.repair', { safety: times.facility })).toEqual(due('facility.repair', {}))
    expect(due('emergency.fire', { emergency: { respond: { count: 20, unit: 'minutes' } } }).respond).toBe(
      now + 15 * minute,
    )
  })

  it('[PARAM3] a graded hazard has the time that was set for its risk', () => {
    const times = {
      'safety.fire': { resolveM: { count: 3, unit: 'days' }, resolve: { count: 4, unit: 'hours' } },
    } as const
    expect(['H', 'M', undefined].map((risk) => due('safety.fire', times, { risk }).resolve)).toEqual([
      now + 24 * hour,
      now + 72 * hour,
      now + 4 * hour,
    ])
  })

  it('[PARAM4] days that the community works or rests count for terms in working days', () => {
    const times = { 'facility.repair': { resolve: { count: 1, unit: 'workdays' } } } as const
    // Reported on a Friday.
    const until = (workdays: CommunityParameters['workdays'] = {}): string =>
      new Date(
        dueOf('facility.repair', { ...at, calendar: createTimetable({ ticketTimes: times, workdays }) }).resolve ?? 0,
      ).toISOString()
    expect(until()).toBe('2026-11-23T15:59:59.999Z')
    expect(until({ '2026-11-21': 'work' })).toBe('2026-11-21T15:59:59.999Z')
    expect(until({ '2026-11-23': 'rest' })).toBe('2026-11-24T15:59:59.999Z')
  })

  it('[PARAM5] a ticket keeps the times that held when it was reported, however often they change afterwards', () => {
    const set = (count: number) => ({ 'facility.repair': { onSite: { count, unit: 'hours' } } }) as const
    const timetable = createTimetable({ ticketTimes: set(9) }, [
      { until: now + hour, ticketTimes: set(2) },
      { until: now, ticketTimes: {} },
    ])
    const onSite = (submittedAt: number) =>
      ((dueOf('facility.repair', { ...at, submittedAt, calendar: timetable }).onSite ?? 0) - submittedAt) / hour
    expect([now - 1, now, now + hour - 1, now + hour].map(onSite)).toEqual([3, 2, 2, 9])
    expect(foldTicket([stepOf('s0', 'submit', 'draft', member, 0)], timetable)?.due.onSite).toBe(now + 2 * hour)
  })

  it('[PARAM3] what the app gives is shown in the largest unit, and a day is the same as 24 hours', () => {
    const repair = categoryOf('facility.repair')
    expect(repair && defaultTimes(repair)).toEqual({
      onSite: { count: 3, unit: 'hours' },
      resolve: { count: 3, unit: 'days' },
    })
    expect(isSameTerm({ count: 24, unit: 'hours' }, { count: 1, unit: 'days' })).toBe(true)
    expect(isSameTerm({ count: 1, unit: 'workdays' }, { count: 1, unit: 'days' })).toBe(false)
    expect(isSameTerm(undefined, { count: 1, unit: 'days' })).toBe(false)
  })
})
