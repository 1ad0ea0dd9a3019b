/** The audit log over HTTP: who may ask what, and what is told of sign-ins and sessions. */
import type { AuditEntriesAnswer, AuditProofAnswer } from '@tongge/protocol'
import {
  decodeHash,
  isConsistent,
  isIncluded,
  leafHash,
  parseHead,
  treeHead,
  type SignedHead,
} from '@tongge/protocol/audit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAccounts } from '../../sync-server/src/demo/index.ts'
import { isSigned } from '../../sync-server/src/audit/signing-key.ts'
import { createTestApp, post, type TestApp } from './fixtures.ts'

let test: TestApp
const cookies = new Map<string, string>()

beforeAll(async () => {
  test = await createTestApp()
  for (const { account } of demoAccounts) cookies.set(account, (await test.signIn(account)).cookie)
  await test.heads.sign()
})
afterAll(() => test.close())

const get = async (path: string, account?: string): Promise<Response> =>
  test.app.request(`/api/audit/${path}`, { headers: { cookie: cookies.get(account ?? '') ?? '' } })
const json = async <T>(response: Response): Promise<T> => (await response.json()) as T
const untimed = (entry: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'at'))
const headFor = async (account: string): Promise<SignedHead> =>
  parseHead(await (await get('head', account)).json()) ?? expect.fail('no head')
const proof = async (path: string, account: string): Promise<Uint8Array[]> =>
  (await json<AuditProofAnswer>(await get(`proof/${path}`, account))).proof.map(decodeHash)

describe('who may ask', () => {
  it('[AUDIT8] the key is public; a head and its consistency are for everybody signed in, entries and inclusion for auditors alone', async () => {
    expect((await get('key')).status).toBe(200)
    for (const { account, role } of demoAccounts) {
      const isAuditor = role === 'auditor' || account === 'auditor01'
      expect((await get('head', account)).status).toBe(200)
      expect((await get('proof/consistency?earlier=1&later=2', account)).status).toBe(200)
      for (const path of ['entries?from=0&limit=10', 'proof/inclusion?index=0&size=1'])
        expect([account, (await get(path, account)).status]).toEqual([account, isAuditor ? 200 : 403])
    }
    for (const path of ['head', 'proof/consistency?earlier=1&later=2', 'entries?from=0&limit=1'])
      expect((await get(path)).status).toBe(401)
  })

  it.each([
    ['proof/consistency?earlier=3&later=2', 'not two sizes'],
    ['proof/consistency?earlier=1&later=999999', 'not two sizes'],
    ['proof/consistency?earlier=1', 'Expected "later"'],
    ['proof/consistency?earlier=-1&later=2', '"earlier" is not a whole number'],
    ['proof/inclusion?index=5&size=5', 'not of an entry'],
    ['proof/inclusion?index=0&size=999999', 'not of an entry'],
    ['entries?from=0&limit=1001', '"limit" is not from 1 to 1000'],
    ['entries?from=0&limit=0', '"limit" is not from 1 to 1000'],
    ['entries?from=x&limit=1', '"from" is not a whole number'],
  ])('[AUDIT8] %s is refused with what is wrong', async (path, message) => {
    const response = await get(path, 'auditor01')
    expect(response.status).toBe(400)
    expect((await json<{ message: string }>(response)).message).toContain(message)
  })

  it.each([
    ['PUT', 'head', 'GET'],
    ['POST', 'entries', 'GET'],
    ['DELETE', 'entries', 'GET'],
    ['PATCH', 'key', 'GET'],
    ['POST', 'proof/inclusion', 'GET'],
    ['DELETE', 'proof/consistency', 'GET'],
  ])('[AUDIT8] nothing is written over HTTP: %s %s is answered with 405', async (method, path, allowed) => {
    const before = (await test.audited()).length
    const headers = { cookie: cookies.get('auditor01') ?? '' }
    const response = await test.app.request(`/api/audit/${path}`, { method, headers })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed])
    expect((await test.audited()).length).toBe(before)
  })

  it('[AUDIT8] an auditor verifies every entry against the signed head with what the relay answers', async () => {
    const head = await headFor('auditor01')
    expect(isSigned(head)).toBe(true)
    expect(await json<object>(await get('key'))).toEqual({ log: head.log, key: head.key })
    const { size, entries } = await json<AuditEntriesAnswer>(await get(`entries?from=0&limit=1000`, 'auditor01'))
    expect(size).toBeGreaterThanOrEqual(head.size)
    for (const [index, text] of entries.slice(0, head.size).entries()) {
      const path = await proof(`inclusion?index=${index}&size=${head.size}`, 'auditor01')
      expect(isIncluded(leafHash(new TextEncoder().encode(text)), index, treeHead(head), path)).toBe(true)
    }
    await test.signIn('member02')
    await test.heads.sign()
    const later = await headFor('volunteer01')
    expect(later.size).toBeGreaterThan(head.size)
    const between = await proof(`consistency?earlier=${head.size}&later=${later.size}`, 'volunteer01')
    expect(isConsistent(treeHead(head), treeHead(later), between)).toBe(true)
  })

  it('[AUDIT8] whoever reads the log stands in it, once a day', async () => {
    const alone = await createTestApp()
    const { cookie } = await alone.signIn('auditor01')
    const from = (await alone.audited()).length
    for (let times = 0; times < 3; times++)
      await alone.app.request('/api/audit/entries?from=0&limit=9', { headers: { cookie } })
    expect((await alone.audited(from)).map(untimed)).toEqual([
      { type: 'open', account: 'auditor01', documents: ['audit'] },
    ])
    await alone.close()
  })

  it('[AUDIT8] a device that looks at heads by itself does not keep its session alive', async () => {
    const alone = await createTestApp()
    const { cookie } = await alone.signIn('member01')
    for (let hours = 0; hours < 13; hours++) {
      await alone.app.request('/api/audit/head', { headers: { cookie } })
      alone.pass(3_600_000)
    }
    expect((await alone.app.request('/api/audit/head', { headers: { cookie } })).status).toBe(401)
    await alone.close()
  })
})

describe('sign-ins', () => {
  it('[AUDIT6] good ones, wrong passwords, throttled tries and sign-outs are told of; a name that is nobody’s is not', async () => {
    const alone = await createTestApp()
    const from = (await alone.audited()).length
    const { cookie } = await alone.signIn('member01')
    await alone.signIn('member01', 'wrong password')
    await alone.signIn('my-secret-password', 'wrong password')
    for (let tries = 0; tries < 6; tries++) await alone.signIn('member02', 'wrong password')
    await alone.app.request('/api/session', { method: 'DELETE', headers: { cookie } })
    const told = (await alone.audited(from)).map(untimed)
    // Tries are told of a moment later, whatever happens meanwhile.
    expect(told).toHaveLength(6)
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'signIn', outcome: 'ok', account: 'member01' },
        { type: 'signOut', account: 'member01' },
        { type: 'signIn', outcome: 'wrongPassword', account: 'member01' },
        { type: 'signIn', outcome: 'wrongPassword' },
        { type: 'signIn', outcome: 'wrongPassword', account: 'member02' },
        { type: 'signIn', outcome: 'tooManyTries', account: 'member02' },
      ]),
    )
    expect(JSON.stringify(told)).not.toContain('secret')
    await alone.close()
  })

  it('[AUDIT7] changed passwords, roles and accounts are kept as events with who did it, without any name of a person', async () => {
    const alone = await createTestApp()
    const [last] = (await alone.accounts.events(0, 10_000)).slice(-1)
    const since = async () => (await alone.accounts.events(last?.id ?? 0, 100)).map(({ event }) => event)
    const { cookie } = await alone.signIn('member01')
    const change = { password: 'tongge-demo', newPassword: 'another-long-one' }
    expect((await alone.app.request('/api/password', post(change, { cookie }))).status).toBe(204)
    const account = (await alone.accounts.find('member02')) ?? expect.fail('no member02')
    const held = await alone.accounts.assignments('member02')
    await alone.accounts.save([{ ...account, name: '陈志刚' }], held, 'import-staff')
    await alone.accounts.save([{ ...account, name: '陈志刚', disabled: true }], [], 'import-staff')
    await alone.accounts.save(
      [{ ...account, account: 'fresh' }],
      held.map((one) => ({ ...one, account: 'fresh' })),
    )
    const roles = held.map(({ role, scope }) => `${role} ${scope.level === 'grid' ? scope.grid : ''}`)
    const events = await since()
    expect(events).toEqual([
      { type: 'password', account: 'member01', by: 'member01' },
      { type: 'account', account: 'member02', change: 'renamed', by: 'import-staff' },
      { type: 'account', account: 'member02', change: 'disabled', by: 'import-staff' },
      { type: 'roles', account: 'member02', roles: [], by: 'import-staff' },
      { type: 'account', account: 'fresh', change: 'created', by: 'relay' },
      { type: 'roles', account: 'fresh', roles, by: 'relay' },
    ])
    expect(JSON.stringify(events)).not.toMatch(/陈|argon/)
    await alone.close()
  })
})
