/** What a relay tells the machines that watch over it, and how it takes its leave. */
import { encodeFrame, subprotocol } from '@tongge/protocol'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { createHindrance } from '../../sync-server/src/hindrance.ts'
import { newKeyLine } from '../../sync-server/src/seal/keyring.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import { createTestApp, firstGrid, password, post, silent, start, temporaryFolder, type TestApp } from './fixtures.ts'

const ledger = `grid/${firstGrid}/ledger`

describe('a relay that is watched', () => {
  const folder = temporaryFolder()
  const keys = join(folder.path, 'keys')
  let relay: Relay
  let url = ''
  beforeAll(async () => {
    writeFileSync(keys, newKeyLine())
    relay = await startRelay(
      {
        port: 0,
        host: '127.0.0.1',
        data: join(folder.path, 'data'),
        keys: { file: keys },
        demo: 'community',
        origins: [],
        logLevel: 'silent',
        app: '/nowhere',
      },
      { logger: silent, now: () => start },
    )
    url = `http://127.0.0.1:${relay.port}`
  })
  afterAll(async () => {
    await relay.close()
    folder.dispose()
  })

  const signIn = async (account: string): Promise<string> => {
    const response = await fetch(`${url}/api/session`, post({ account, password }))
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const open = async (account: string): Promise<WebSocket> => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`, [subprotocol], {
      headers: { cookie: await signIn(account) },
    })
    await once(socket, 'open')
    socket.send(encodeFrame({ type: 'open', channel: 1, name: ledger }))
    return socket
  }
  /** A sync message with an update. */
  const edit = (update: Uint8Array): Uint8Array =>
    encodeFrame({ type: 'data', channel: 1, message: Uint8Array.from([0, 2, update.length, ...update]) })
  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text()
  const valueOf = (text: string, name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length + 1) ?? Number.NaN,
    )

  it('[HTTP13] counts sockets, edits taken and refused by reason, how long they waited, and the log', async () => {
    const before = await metrics()
    const socket = await open('member01')
    socket.send(edit(new Uint8Array([0, 0])))
    await expect
      .poll(async () => valueOf(await metrics(), 'tongge_edits_accepted_total'))
      .toBe(valueOf(before, 'tongge_edits_accepted_total') + 1)
    const doc = new Doc()
    doc.getMap('nothing is kept here').set('林晓燕', 'member01')
    socket.send(edit(encodeStateAsUpdate(doc)))
    await expect.poll(metrics).toContain('tongge_edits_refused_total{reason="unknownPlace"} 1')
    const after = await metrics()
    expect(after).toContain('tongge_closings_total{reason="refused"} 1')
    expect(valueOf(after, 'tongge_sockets')).toBe(1)
    expect(valueOf(after, 'tongge_ack_seconds_count')).toBe(valueOf(before, 'tongge_ack_seconds_count') + 1)
    expect(valueOf(after, 'tongge_log_rows_total')).toBeGreaterThan(0)
    expect(valueOf(after, 'tongge_log_waiting_rows')).toBe(0)
    expect(valueOf(after, 'tongge_log_lag_seconds')).toBe(0)
    expect(valueOf(after, 'process_resident_memory_bytes')).toBeGreaterThan(1e7)
    socket.close()
  })

  it('[HTTP13] says nothing of persons, documents or addresses, and its labels come from closed lists', async () => {
    const text = await metrics()
    expect(text).not.toMatch(/member01|林晓燕|990101|grid\/|127\.0\.0\.1/)
    const labels = new Set([...text.matchAll(/^tongge_\w+\{([^}]*)\}/gm)].map(([, label = '']) => label.split('=')[0]))
    expect([...labels].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(['le', 'reason'])
  })

  it('[HTTP14] tells its metrics to programs on its own machine that ask it directly', async () => {
    expect((await fetch(`${url}/metrics`)).status).toBe(200)
    for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'])
      expect((await fetch(`${url}/metrics`, { headers: { [name]: '127.0.0.1' } })).status).toBe(403)
  })

  it('[HTTP6] is no longer ready when the keys of its log are gone, and lives', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    rmSync(keys)
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.json()).toMatchObject({
      reason: 'unavailable',
      message: 'the keys of the log cannot be read',
    })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('[HTTP12] answers what was begun before it closes, sends others away for now, and lives until the end', async () => {
    const socket = await open('member02')
    const begun = await halfSent(relay.port)
    const closed = relay.close()
    const sentAway = await fetch(`${url}/api/relay`)
    expect([sentAway.status, sentAway.headers.get('retry-after')]).toEqual([503, '5'])
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const late = new WebSocket(`${url.replace('http', 'ws')}/sync`, [subprotocol])
    const [, refusal] = (await once(late, 'unexpected-response')) as [unknown, { statusCode: number; headers: object }]
    expect(refusal).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } })
    const gone = once(socket, 'close')
    expect(await begun.finish()).toMatch(/^HTTP\/1\.1 401 /)
    await closed
    expect((await gone)[0]).toBe(1013)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
  })
})

it('[HTTP12] does not wait for a request that never ends', async () => {
  const folder = temporaryFolder()
  const relay = await startRelay(
    {
      port: 0,
      host: '127.0.0.1',
      data: folder.path,
      keys: undefined,
      demo: 'none',
      origins: [],
      logLevel: 'silent',
      app: '/nowhere',
    },
    { logger: silent },
  )
  const begun = await halfSent(relay.port)
  await relay.close()
  begun.socket.destroy()
  folder.dispose()
})

describe('readiness', () => {
  it('[HTTP6] is lost while the store cannot be written, also for a while after the log refused something', async () => {
    const accounts = openSqliteAccounts(':memory:')
    let now = 0
    const log: { failedAt: number | undefined } = { failedAt: undefined }
    const hindrance = createHindrance({ accounts, log, keys: undefined, monotonic: () => now })
    expect(await hindrance()).toBeUndefined()
    log.failedAt = now += 6000
    expect(await hindrance()).toBe('the store cannot be written')
    now += 31_000
    expect(await hindrance()).toBeUndefined()
    await accounts.close()
    now += 6000
    expect(await hindrance()).toBe('the store cannot be written')
  })
})

describe('metrics with a token', () => {
  const token = 'a-token-of-the-watch'
  let test: TestApp
  beforeAll(async () => {
    test = await createTestApp({ metricsToken: token })
  })
  afterAll(() => test.close())
  const ask = async (headers: Record<string, string>, peer: string): Promise<number> =>
    (await test.app.request('/metrics', { headers }, { incoming: { socket: { remoteAddress: peer } } })).status

  it.each([
    [200, { authorization: `Bearer ${token}` }, '192.0.2.5'],
    [200, { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.9' }, '127.0.0.1'],
    [403, {}, '127.0.0.1'],
    [403, { authorization: `Bearer ${token}x` }, '127.0.0.1'],
    [403, { authorization: token }, '127.0.0.1'],
  ] as const)('[HTTP14] are answered with %s to %o from %s', async (status, headers, peer) => {
    expect(await ask({ host: '127.0.0.1:8080', ...headers }, peer)).toBe(status)
  })
})

describe('metrics without a token', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await createTestApp()
  })
  afterAll(() => test.close())

  it.each([
    [200, 'localhost:8080', '::ffff:127.0.0.1'],
    [200, '[::1]:8080', '::1'],
    [403, '127.0.0.1:8080', '192.0.2.5'],
    [403, 'leads-here.example:8080', '127.0.0.1'],
    [403, '127.0.0.1.example', '127.0.0.1'],
  ])('[HTTP14] are answered with %s to a request for %s from %s', async (status, host, peer) => {
    const from = { incoming: { socket: { remoteAddress: peer } } }
    expect((await test.app.request('/metrics', { headers: { host } }, from)).status).toBe(status)
  })
})

/** A request of which the body is still on its way. */
async function halfSent(port: number): Promise<{ readonly socket: Socket; finish(): Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const body = JSON.stringify({ account: 'nobody', password: 'of no account' })
  const lines = ['POST /api/session HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json']
  socket.write(`${[...lines, `Content-Length: ${body.length}`, 'Expect: 100-continue'].join('\r\n')}\r\n\r\n`)
  // The relay says that it has begun with it.
  await once(socket, 'data')
  socket.write(body.slice(0, 10))
  return {
    socket,
    async finish() {
      const answer = once(socket, 'data')
      socket.write(body.slice(10))
      return String((await answer)[0])
    },
  }
}
