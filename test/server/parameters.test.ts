/** What communities set for themselves, over HTTP, and what becomes of it in the directory and the audit log. */
import { readDirectory } from '@tongge/crdt'
import { createTimetable, type CommunityParameters, type StreetCode } from '@tongge/model'
import type { HttpRefusal, ParametersAnswer } from '@tongge/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRegister } from '../../sync-server/src/access/register.ts'
import { directoryEntries } from '../../sync-server/src/directory/entries.ts'
import { createTestApp, firstGrid, origin, start, type TestApp } from './fixtures.ts'
import { openRosterStage } from './roster-stage.ts'

const address = '/api/communities/990101001001/parameters'
const times: CommunityParameters = {
  ticketTimes: { 'facility.repair': { onSite: { count: 2, unit: 'hours' } } },
  workdays: { '2026-12-12': 'work' },
}

let test: TestApp
beforeEach(async () => {
  test = await createTestApp()
})
afterEach(() => test.close())

const put = (cookie: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json', cookie, origin, ...headers },
  body: JSON.stringify(body),
})
const cookieOf = async (account: string): Promise<string> => (await test.signIn(account)).cookie
const ask = async <T>(cookie: string, init: RequestInit = { headers: { cookie } }, at = address) => {
  const response = await test.app.request(at, init)
  return { status: response.status, body: (await response.json()) as T }
}

describe('the parameters of a community', () => {
  it.each(['community01', 'street01'])(
    '[PARAM6] %s sets them and reads them back, and knows by whom they are',
    async (who) => {
      const cookie = await cookieOf(who)
      expect(await ask(cookie)).toEqual({ status: 200, body: { parameters: {}, version: 0 } })
      const set = await ask<ParametersAnswer>(cookie, put(cookie, { parameters: times, version: 0 }))
      expect(set).toMatchObject({ status: 200, body: { parameters: times, changedBy: who, changedAt: start } })
      expect(await ask(cookie)).toEqual({ status: 200, body: set.body })
      expect(test.published()).toBe(1)
    },
  )

  it.each(['leader01', 'member01', 'volunteer01', 'police01', 'admin01', 'auditor01', 'resident01'])(
    '[PARAM6] %s neither sets nor reads them here',
    async (who) => {
      const cookie = await cookieOf(who)
      for (const init of [undefined, put(cookie, { parameters: times, version: 0 })])
        expect(await ask<HttpRefusal>(cookie, init)).toMatchObject({ status: 403, body: { reason: 'forbidden' } })
    },
  )

  it('[PARAM6] nobody sets them without a session, from another page, of a place that is not there, or of another community', async () => {
    const cookie = await cookieOf('community01')
    const body = { parameters: times, version: 0 }
    expect((await ask('', put('', body))).status).toBe(401)
    expect((await ask(cookie, put(cookie, body, { origin: 'http://evil.example' }))).status).toBe(403)
    for (const code of ['990101001077', '99', 'x'])
      expect((await ask(cookie, put(cookie, body), `/api/communities/${code}/parameters`)).status).toBe(404)
    await test.addCommunity('990101001002')
    expect((await ask(cookie, put(cookie, body), '/api/communities/990101001002/parameters')).status).toBe(403)
    expect((await ask(await cookieOf('street01'), undefined, '/api/communities/990101001002/parameters')).status).toBe(
      200,
    )
    expect((await ask(cookie, { method: 'DELETE', headers: { cookie, origin } })).status).toBe(405)
    expect(test.published()).toBe(0)
  })

  it('[PARAM6] what does not hold together is refused with its field, and nothing is set', async () => {
    const cookie = await cookieOf('community01')
    const wrong = { ticketTimes: { 'facility.repair': { onSite: { count: 0, unit: 'hours' } } } }
    expect(await ask<HttpRefusal>(cookie, put(cookie, { parameters: wrong, version: 0 }))).toMatchObject({
      status: 422,
      body: { reason: 'invalid', field: 'ticketTimes/facility.repair/onSite' },
    })
    for (const body of [{}, { parameters: {} }, { parameters: {}, version: 'x' }, 7])
      expect((await ask(cookie, put(cookie, body))).status).toBe(400)
    expect(await ask(cookie)).toMatchObject({ body: { version: 0 } })
  })

  it('[PARAM8] a code that was added once cannot be taken away, only retired', async () => {
    const cookie = await cookieOf('community01')
    const lists = { HAZARD: [{ code: 'x-a1', zh: '高空抛物' }] }
    const set = await ask<ParametersAnswer>(cookie, put(cookie, { parameters: { lists }, version: 0 }))
    expect(set.status).toBe(200)
    const { version } = set.body
    expect(await ask<HttpRefusal>(cookie, put(cookie, { parameters: {}, version }))).toMatchObject({
      status: 422,
      body: { field: 'lists/HAZARD/x-a1' },
    })
    const retired = { HAZARD: [{ code: 'x-a1', zh: '高空抛物', retired: true }] }
    expect(await ask(cookie, put(cookie, { parameters: { lists: retired }, version }))).toMatchObject({ status: 200 })
  })

  it('[PARAM6] of two who change the same settings the second is told, and overwrites nothing', async () => {
    const [office, street] = [await cookieOf('community01'), await cookieOf('street01')]
    const first = await ask<ParametersAnswer>(office, put(office, { parameters: times, version: 0 }))
    const second = put(street, { parameters: { workdays: {} }, version: 0 })
    expect(await ask<HttpRefusal>(street, second)).toMatchObject({ status: 409, body: { reason: 'conflict' } })
    expect(await ask(street)).toEqual({ status: 200, body: first.body })
    const again = put(street, { parameters: {}, version: first.body.version })
    expect(await ask(street, again)).toMatchObject({ status: 200, body: { parameters: {} } })
  })

  it('[PARAM7] who changed what stands among the events of the audit log, and saving the same tells nothing', async () => {
    const cookie = await cookieOf('community01')
    const set = await ask<ParametersAnswer>(cookie, put(cookie, { parameters: times, version: 0 }))
    await ask(cookie, put(cookie, { parameters: times, version: set.body.version }))
    const events = (await test.accounts.events(0, 1000)).filter(({ event }) => event.type === 'parameters')
    expect(events).toMatchObject([
      {
        at: start,
        event: {
          community: '990101001001',
          by: 'community01',
          changes: ['ticketTimes/facility.repair/onSite 2 hours', 'workdays/2026-12-12 work'],
        },
      },
    ])
  })

  it('[PARAM5] the directory tells what holds, and until when other times held', async () => {
    const cookie = await cookieOf('community01')
    const first = await ask<ParametersAnswer>(cookie, put(cookie, { parameters: times, version: 0 }))
    test.pass(1000)
    const days = { ...times, workdays: {} }
    const second = await ask<ParametersAnswer>(cookie, put(cookie, { parameters: days, version: first.body.version }))
    test.pass(1000)
    await ask(cookie, put(cookie, { parameters: {}, version: second.body.version }))
    const register = await readRegister(test.accounts)
    const entries = directoryEntries('990101001' as StreetCode, register, await test.accounts.all(), new Map())
    expect(entries.get('community/990101001001')).toMatchObject({
      parameters: {},
      earlierTimes: [
        { until: start, ticketTimes: {} },
        { until: start + 2000, ticketTimes: times.ticketTimes },
      ],
    })
  })
})

describe('a relay', () => {
  it('[PARAM5] every device of the community reads what was set from the directory, within seconds', async () => {
    const stage = await openRosterStage()
    try {
      const helper = await stage.signIn('volunteer')
      const directory = await helper.open('org/990101001')
      const office = await stage.signIn('office')
      const answer = await office.request(address, put('', { parameters: times, version: 0 }, { origin: '' }))
      expect(answer.status).toBe(200)
      await expect
        .poll(() => readDirectory(directory).get('community/990101001001'), { timeout: 15_000, interval: 50 })
        .toMatchObject({ parameters: times, earlierTimes: [{ ticketTimes: {} }] })
      const { parameters, earlierTimes } = readDirectory(directory).get('community/990101001001') ?? {}
      const timetable = createTimetable(parameters, earlierTimes)
      expect(timetable.isWorkday('2026-12-12')).toBe(true)
      expect(timetable.timesOf?.('facility.repair', Date.now() + 1000)).toEqual({ onSite: { count: 2, unit: 'hours' } })
      expect(timetable.timesOf?.('facility.repair', 0)).toEqual({})
      expect(firstGrid).toContain('990101001001')
    } finally {
      await stage.close()
    }
  })
})
