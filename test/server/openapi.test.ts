/** The interface and its description, held against each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { createApp } from '../../sync-server/src/http/app.ts'
import { readDescription, type Description } from './described.ts'
import { createTestApp, password, post, type TestApp } from './fixtures.ts'

let test: TestApp
let description: Description
beforeAll(async () => {
  test = await createTestApp()
  description = (await (await test.app.request('/api/openapi.json')).json()) as Description
})
afterAll(() => test.close())

const community = '/api/communities/990101001001/parameters'

describe('the description of the interface', () => {
  it('[HTTP15] lists every route that is answered, and no other', () => {
    const found = [...new Set(routesOf(test.app))].toSorted((a, b) => a.localeCompare(b))
    const listed = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect(listed.toSorted((a, b) => a.localeCompare(b))).toEqual(found)
    expect(description.openapi).toBe('3.1.1')
  })

  it('[HTTP15] describes each answer that real requests get, and each of its good answers can be had', async () => {
    const reader = readDescription(description)
    const cookieOf = new Map<string, string>()
    for (const account of ['member01', 'leader01', 'auditor01', 'community01', 'street01'])
      cookieOf.set(account, (await test.signIn(account)).cookie)
    await test.heads.sign()
    const size = (await test.audited()).length
    const ask = async (who: string | undefined, path: string, init: RequestInit = {}): Promise<number> => {
      const headers = new Headers(init.headers)
      const cookie = who === undefined ? undefined : cookieOf.get(who)
      if (cookie !== undefined) headers.set('cookie', cookie)
      headers.set('host', '127.0.0.1:8080')
      const from = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
      const answer = await test.app.request(path, { ...init, headers }, from)
      expect(await reader.problemOf(init.method ?? 'GET', path.split('?')[0] ?? '', answer.clone())).toBeUndefined()
      return answer.status
    }
    const put = (body: unknown): RequestInit => ({ ...post(body), method: 'PUT' })
    for (const [status, who, path, init] of [
      [200, undefined, '/healthz'],
      [200, undefined, '/readyz'],
      [200, undefined, '/metrics'],
      [200, undefined, '/api/openapi.json'],
      [200, undefined, '/api/relay'],
      [200, undefined, '/api/audit/key'],
      [401, undefined, '/api/audit/head'],
      [200, 'member01', '/api/audit/head'],
      [200, 'member01', `/api/audit/proof/consistency?earlier=1&later=${size}`],
      [400, 'member01', '/api/audit/proof/consistency?earlier=1'],
      [403, 'member01', `/api/audit/proof/inclusion?index=0&size=${size}`],
      [200, 'auditor01', `/api/audit/proof/inclusion?index=0&size=${size}`],
      [200, 'auditor01', '/api/audit/entries?from=0&limit=10'],
      [400, 'auditor01', '/api/audit/entries?from=0&limit=x'],
      [403, 'member01', community],
      [404, 'community01', '/api/communities/990101001099/parameters'],
      [200, 'community01', community],
      [200, 'community01', community, put({ parameters: { workdays: { '2026-12-05': 'work' } }, version: 0 })],
      [409, 'street01', community, put({ parameters: {}, version: 0 })],
      [422, 'street01', community, put({ parameters: { workdays: { x: 'work' } }, version: 1 })],
      [400, 'street01', community, put({})],
      [200, 'street01', community],
      [200, 'member01', '/api/handovers', post(handed('h1'))],
      [200, 'member01', '/api/handovers', post(handed('h2'))],
      [400, 'member01', '/api/handovers', post({ ...handed('h3'), lines: [] })],
      [422, 'member01', '/api/handovers', post({ ...handed('h3'), document: 'org/990101001' })],
      [409, 'leader01', '/api/handovers', post(handed('h1'))],
      [200, 'leader01', '/api/grids/990101001001001/handovers'],
      [403, 'member01', '/api/grids/990101001001001/handovers'],
      [200, 'leader01', '/api/handovers/h1/adopted', { method: 'POST' }],
      [200, 'leader01', '/api/handovers/h2/discarded', { method: 'POST' }],
      [409, 'leader01', '/api/handovers/h2/adopted', { method: 'POST' }],
      [200, 'member01', '/api/handovers'],
      [426, undefined, '/sync'],
      [426, 'member01', '/sync/grid/990101001001001/ledger'],
      [401, undefined, '/api/session', post({ account: 'member01', password: 'wrong' })],
      [415, undefined, '/api/session', { method: 'POST', body: 'x' }],
      [413, undefined, '/api/session', post({ account: 'x'.repeat(1_000_001), password })],
      [200, undefined, '/api/session', post({ account: 'member01', password })],
      [200, 'member01', '/api/session'],
      [405, 'member01', '/api/session', { method: 'PUT' }],
      [401, 'member01', '/api/password', post({ password: 'wrong', newPassword: 'a new one of these' })],
      [204, 'member01', '/api/password', post({ password, newPassword: 'a new one of these' })],
      [401, 'member01', '/api/session'],
      [204, 'auditor01', '/api/session', { method: 'DELETE' }],
    ] as const)
      expect([path, await ask(who, path, init)]).toEqual([path, status])
    const missed = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.keys(responses)
          .filter((status) => status.startsWith('2') && !reader.seen.get(`${method} ${path}`)?.has(Number(status)))
          .map((status) => `${method} ${path} ${status}`),
      ),
    )
    expect(missed).toEqual([])
  })

  it('[HTTP15] asks for what the relay asks for', async () => {
    const { requestBody } = description.paths['/api/session']?.['post'] ?? {}
    expect(requestBody?.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: {
        account: { type: 'string', minLength: 1, maxLength: 100 },
        password: { type: 'string', minLength: 1, maxLength: 512 },
      },
      required: ['account', 'password'],
    })
    expect(description.paths['/api/audit/entries']?.['get']?.parameters).toEqual(
      ['from', 'limit'].map((name) => ({
        name,
        in: 'query',
        required: true,
        schema: { type: 'string', pattern: '^\\d{1,15}$' },
      })),
    )
  })

  it('[HTTP15] finds an answer that it does not know, and a part that nobody described', async () => {
    const reader = readDescription(description)
    const answer = (status: number, body: object): Response => Response.json(body, { status })
    expect(await reader.problemOf('GET', '/api/relay', answer(418, {}))).toContain('418 is not described')
    expect(await reader.problemOf('GET', '/healthz', answer(200, { ok: true, more: 1 }))).toContain('additional')
    expect(await reader.problemOf('GET', '/healthz', answer(200, { ok: 'yes' }))).toContain('ok')
    expect(await reader.problemOf('DELETE', '/healthz', answer(200, {}))).toContain('is not described')
  })
})

/** An edit that was not taken, as a device hands it over. */
function handed(id: string): object {
  const line = { id: 'u1', kind: 'household', action: 'changed', field: 'phone', before: '13800000001', after: ['x'] }
  const step = {
    id: 't1',
    kind: 'ticket',
    action: 'step',
    step: { ticket: 't1', action: 'accept', from: 'a', to: 'b' },
  }
  const document = 'grid/990101001001001/ledger'
  return { id, document, at: 1_795_000_000_000, device: 'phone', reason: 'notAllowed', lines: [line, step] }
}

/** As `get /api/communities/{code}/parameters`; not what answers every method, and not the files of the app. */
function routesOf(app: ReturnType<typeof createApp>): string[] {
  return app.routes
    .filter(({ method, path }) => method !== 'ALL' && path !== '/*' && path !== '*')
    .map(
      ({ method, path }) =>
        `${method.toLowerCase()} ${path.replace('/sync/*', '/sync/{document}').replaceAll(/:(\w+)/g, '{$1}')}`,
    )
}
