/** Signing in and out over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signInLimits } from '../../sync-server/src/accounts/sign-in.ts'
import { createTestApp, firstGrid, origin, password, post, type TestApp } from './fixtures.ts'

const hour = 3_600_000
let test: TestApp

beforeEach(async () => {
  test = await createTestApp()
})
afterEach(() => test.close())

const whoAmI = async (cookie: string): Promise<number> =>
  (await test.app.request('/api/session', { headers: { cookie } })).status

describe('a session', () => {
  it('[AUTH1] begins with account and password and answers with cookie, roles, grids and documents', async () => {
    const { status, answer, setCookie } = await test.signIn('member01')
    expect(status).toBe(200)
    expect(answer).toMatchObject({ account: 'member01', name: '林晓燕', roles: ['gridMember'], grids: [firstGrid] })
    expect(answer.documents).toContainEqual({ name: `grid/${firstGrid}/ledger`, write: true })
    expect(setCookie).toMatch(/^tongge_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  it('[AUTH1] has a Secure cookie with the __Host- prefix behind an https origin', async () => {
    const secure = await createTestApp({ secure: true })
    expect((await secure.signIn('member01')).setCookie).toMatch(
      /^__Host-tongge_session=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    await secure.close()
  })

  it('[AUTH2] is told again by GET with the same answer, and ends with DELETE together with its sockets', async () => {
    const { cookie, answer } = await test.signIn('member01')
    expect(await (await test.app.request('/api/session', { headers: { cookie } })).json()).toEqual(answer)
    const ended = await test.app.request('/api/session', { method: 'DELETE', headers: { cookie } })
    expect(ended.status).toBe(204)
    expect(ended.headers.get('set-cookie')).toMatch(/^tongge_session=; Max-Age=0/)
    expect(test.expelled).toHaveLength(1)
    expect(await whoAmI(cookie)).toBe(401)
  })

  it('[AUTH3] ends after 12 hours without use', async () => {
    const { cookie } = await test.signIn('member01')
    test.pass(11 * hour)
    expect(await whoAmI(cookie)).toBe(200)
    test.pass(11 * hour)
    expect(await whoAmI(cookie)).toBe(200)
    test.pass(12 * hour + 1)
    expect(await whoAmI(cookie)).toBe(401)
  })

  it('[AUTH3] ends after 7 days of use', async () => {
    const { cookie } = await test.signIn('member01')
    for (let passed = 0; passed + 10 < 7 * 24; passed += 10) {
      expect(await whoAmI(cookie)).toBe(200)
      test.pass(10 * hour)
    }
    test.pass(10 * hour)
    expect(await whoAmI(cookie)).toBe(401)
  })

  it('[AUTH4] gets another token at each sign-in, and the earlier one ends', async () => {
    const first = await test.signIn('member01')
    const again = await test.app.request(
      '/api/session',
      post({ account: 'member01', password }, { cookie: first.cookie }),
    )
    expect(again.headers.get('set-cookie')?.split(';')[0]).not.toBe(first.cookie)
    expect(await whoAmI(first.cookie)).toBe(401)
  })

  it('[AUTH4] of somebody who signed in before ends with its sockets when another person signs in', async () => {
    const first = await test.signIn('member01')
    const other = await test.app.request(
      '/api/session',
      post({ account: 'volunteer01', password }, { cookie: first.cookie }),
    )
    expect(other.status).toBe(200)
    expect(test.expelled).toEqual([{ token: first.cookie.split('=')[1] }])
  })

  it('[AUTH4] does not run for a made-up token', async () => {
    expect(await whoAmI(`tongge_session=${'A'.repeat(43)}`)).toBe(401)
    expect(await whoAmI('tongge_session=short')).toBe(401)
  })

  it('[AUTH8] of a disabled account is over at once, and it cannot begin another', async () => {
    const { cookie } = await test.signIn('member01')
    const account = await test.accounts.find('member01')
    if (!account) throw new Error('no account')
    await test.accounts.save([{ ...account, disabled: true }], [])
    expect(await whoAmI(cookie)).toBe(401)
    expect((await test.signIn('member01')).status).toBe(401)
  })
})

describe('a refused sign-in', () => {
  it('[AUTH5] answers the same for an unknown account and a wrong password', async () => {
    const wrong = await test.app.request('/api/session', post({ account: 'member01', password: 'not the password' }))
    const unknown = await test.app.request('/api/session', post({ account: 'nobody', password: 'not the password' }))
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
    expect(wrong.headers.get('set-cookie')).toBeNull()
  })

  it('[AUTH6] leads to a wait after five wrong tries, also with the right password, for that account alone', async () => {
    for (let nth = 0; nth < signInLimits.failures; nth += 1)
      expect((await test.signIn('member01', 'not the password')).status).toBe(401)
    const refused = await test.app.request('/api/session', post({ account: 'member01', password }))
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ reason: 'tooManyTries', retryAfter: signInLimits.wait })
    expect(refused.headers.get('retry-after')).toBe(String(signInLimits.wait))
    expect((await test.signIn('member02')).status).toBe(200)
  })

  it('[AUTH6] counts tries that come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => test.signIn('member01', 'not the password')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(signInLimits.failures)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - signInLimits.failures)
  })

  it('[AUTH6] throttles unknown accounts in the same way, and success forgets the count', async () => {
    for (let nth = 0; nth < signInLimits.failures; nth += 1) await test.signIn('nobody', 'not the password')
    expect((await test.signIn('nobody', 'not the password')).status).toBe(429)
    for (let nth = 0; nth < signInLimits.failures - 1; nth += 1) await test.signIn('member02', 'not the password')
    expect((await test.signIn('member02')).status).toBe(200)
    expect((await test.signIn('member02', 'not the password')).status).toBe(401)
  })

  it('[AUTH10] behind a proxy is counted for its own visitor, so that one does not make everybody wait', async () => {
    const proxied = await createTestApp({ secure: true })
    const from = async (visitor: string, account: string, given: string): Promise<number> => {
      const request = post({ account, password: given }, { 'x-forwarded-for': `192.0.2.1, ${visitor}` })
      return (
        await proxied.app.request('/api/session', request, { incoming: { socket: { remoteAddress: '127.0.0.1' } } })
      ).status
    }
    await Promise.all(
      Array.from({ length: signInLimits.failuresPerAddress }, (_, nth) =>
        from('203.0.113.7', `nobody${nth}`, 'not the password'),
      ),
    )
    expect(await from('203.0.113.7', 'member01', password)).toBe(429)
    expect(await from('203.0.113.8', 'member01', password)).toBe(200)
    await proxied.close()
  })

  it.each([
    [{}, 'account'],
    [{ account: 'member01' }, 'password'],
    [{ account: 7, password }, '"account" must be text'],
    [{ account: '', password }, '"account" is empty'],
    [{ account: 'a'.repeat(101), password }, 'longer than 100'],
    [[], 'account'],
    [{ account: 'x' }, '"password" is missing'],
    [{}, '"account" is missing; "password" is missing'],
  ])('[AUTH7] names what is wrong with the body %j', async (body, message) => {
    const response = await test.app.request('/api/session', post(body))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      reason: 'badRequest',
      message: expect.stringContaining(message) as string,
    })
  })

  it('[AUTH7] takes JSON only, up to 1 MB', async () => {
    const form = await test.app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'account=a&password=b',
    })
    expect(form.status).toBe(415)
    const broken = await test.app.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect(broken.status).toBe(400)
    const large = await test.app.request('/api/session', post({ account: 'a', password: 'x'.repeat(1_100_000) }))
    expect(large.status).toBe(413)
  })
})

describe('one’s own password', () => {
  const change = (cookie: string, body: object): Promise<Response> =>
    Promise.resolve(test.app.request('/api/password', post(body, { cookie })))

  it('[AUTH9] is changed with the present one; every other session of the account ends', async () => {
    const other = await test.signIn('member01')
    const { cookie } = await test.signIn('member01')
    const response = await change(cookie, { password, newPassword: 'another good one' })
    expect(response.status).toBe(204)
    expect(await whoAmI(other.cookie)).toBe(401)
    expect(await whoAmI(response.headers.get('set-cookie')?.split(';')[0] ?? '')).toBe(200)
    expect((await test.signIn('member01')).status).toBe(401)
    expect((await test.signIn('member01', 'another good one')).status).toBe(200)
  })

  it('[AUTH9] stays when the present one is wrong, or the new one is short or holds the account', async () => {
    const { cookie } = await test.signIn('member01')
    expect((await change(cookie, { password: 'wrong', newPassword: 'another good one' })).status).toBe(401)
    for (const newPassword of ['short', 'xx-member01-xx']) {
      const refused = await change(cookie, { password, newPassword })
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ message: expect.stringContaining('newPassword') as string })
    }
    expect((await change('', { password, newPassword: 'another good one' })).status).toBe(401)
    expect((await test.signIn('member01')).status).toBe(200)
  })
})

describe('a write from another page', () => {
  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin }, 403],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://grid.example.cn' }, 403],
    [{ origin, 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'https://grid.example.cn' }, 200],
    [{}, 200],
  ])(
    '[HTTP1] is refused unless it comes from an allowed origin: %j',
    async (headers: Record<string, string>, status) => {
      expect((await test.app.request('/api/session', post({ account: 'member01', password }, headers))).status).toBe(
        status,
      )
    },
  )
})
