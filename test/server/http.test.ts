/** What the relay answers beside sessions: the app's files, headers, refusals. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withdrawnNote } from '../../sync-server/src/http/withdrawn-worker.ts'
import { createTestApp, temporaryFolder, type TestApp } from './fixtures.ts'

const folder = temporaryFolder()
let test: TestApp

beforeAll(async () => {
  mkdirSync(join(folder.path, 'assets'))
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html><title>同格</title>')
  writeFileSync(join(folder.path, 'sw.js'), 'self.x = 1')
  writeFileSync(join(folder.path, 'manifest.webmanifest'), '{}')
  writeFileSync(join(folder.path, 'assets/app-1a2b.js'), `export const text = '${'x'.repeat(5000)}'`)
  test = await createTestApp({ app: folder.path })
})
afterAll(async () => {
  await test.close()
  folder.dispose()
})

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  test.app.request(path, { headers })

describe('the app’s files', () => {
  it.each(['/', '/index.html', '/sw.js', '/manifest.webmanifest'])(
    '[HTTP2] %s is revalidated each time',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      const again = await get(path, { 'if-none-match': response.headers.get('etag') ?? '' })
      expect(again.status).toBe(304)
    },
  )

  it('[PWA11] the worker is one that goes while the app is withdrawn, at the same address', async () => {
    await test.accounts.setNote(withdrawnNote, 'yes')
    const gone = await get('/sw.js')
    expect(gone.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(gone.headers.get('cache-control')).toBe('no-cache')
    const text = await gone.text()
    expect(text).toContain('registration.unregister()')
    expect(text).not.toMatch(/indexedDB|localStorage|importScripts/)
    await test.accounts.setNote(withdrawnNote, 'no')
    expect(await (await get('/sw.js')).text()).toBe('self.x = 1')
  })

  it('[HTTP2] hashed files are kept for ever, and sent compressed to those who take it', async () => {
    const response = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/)
  })

  it('[HTTP3] a deep link gets the shell', async () => {
    for (const headers of [{ 'sec-fetch-mode': 'navigate' }, { accept: 'text/html,*/*' }]) {
      const response = await get('/ledger/household/u0-1', headers)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('同格')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
  })

  it.each(['/assets/gone-9f.js', '/api/nothing'])(
    '[HTTP3] what is missing is missing, also to a navigation: %s',
    async (path) => {
      expect((await get(path, { 'sec-fetch-mode': 'navigate' })).status).toBe(404)
    },
  )

  it.each(['/../fixtures.ts', '/%2e%2e/fixtures.ts', '/..%2ffixtures.ts', '/assets/..%2f..%2fsecret', '/%00'])(
    '[HTTP3] nothing outside the folder is served: %s',
    async (path) => {
      expect((await get(path)).status).toBeGreaterThanOrEqual(400)
    },
  )

  it('[HTTP3] says so when the app was not built', async () => {
    const bare = await createTestApp()
    const response = await bare.app.request('/', { headers: { 'sec-fetch-mode': 'navigate' } })
    expect(response.status).toBe(503)
    await bare.close()
  })
})

describe('every answer', () => {
  it.each(['/', '/api/relay', '/api/nothing', '/healthz', '/sync/x'])(
    '[HTTP4] %s carries the security headers',
    async (path) => {
      const { headers } = await get(path, { host: '127.0.0.1:8080' })
      expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'")
      expect(headers.get('content-security-policy')).toMatch(/connect-src 'self' ws:\/\/127\.0\.0\.1:8080$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('content-security-policy')).toContain(
        "require-trusted-types-for 'script'; trusted-types default templates",
      )
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('permissions-policy')).toContain('clipboard-read=()')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    },
  )

  it('[HTTP4] echoes no host it does not know, and asks for https only behind an https origin', async () => {
    const strange = await get('/', { host: 'evil.example' })
    expect(strange.headers.get('content-security-policy')).not.toContain('evil')
    expect(strange.headers.get('strict-transport-security')).toBeNull()
    const secure = await createTestApp({ secure: true })
    const answer = await secure.app.request('/', { headers: { host: 'grid.example.cn' } })
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=63072000')
    expect(answer.headers.get('content-security-policy')).toMatch(/wss:\/\/grid\.example\.cn$/)
    await secure.close()
  })

  it('[HTTP5] of the interface is never stored', async () => {
    for (const path of ['/api/relay', '/api/session', '/api/nothing'])
      expect((await get(path)).headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['PUT', '/api/session', 'GET, POST, DELETE'],
    ['GET', '/api/password', 'POST'],
    ['POST', '/api/relay', 'GET'],
    ['POST', '/healthz', 'GET'],
    ['POST', '/sync/x', 'GET'],
    ['DELETE', '/', 'GET, HEAD'],
  ])('[HTTP5] %s %s is answered with 405 and what is allowed', async (method, path, allowed) => {
    const response = await test.app.request(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allowed)
  })

  it('[HTTP6] tells that the relay lives, and that it is not ready when its store cannot be written', async () => {
    const ill = await createTestApp({ hindrance: 'the store cannot be written' })
    expect((await ill.app.request('/readyz')).status).toBe(503)
    expect((await ill.app.request('/healthz')).status).toBe(200)
    await ill.close()
    for (const path of ['/healthz', '/readyz']) {
      expect((await get(path)).status).toBe(200)
      expect(await (await get(path)).json()).toEqual({ ok: true })
    }
  })
})
