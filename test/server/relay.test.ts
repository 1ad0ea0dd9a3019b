/** A whole relay: started as a process or in this one, over real sockets and files. */
import { applyEdits } from '@tongge/crdt'
import type { AccountId, Edit, RecordId } from '@tongge/model'
import { readDirectory } from '@tongge/crdt'
import {
  closeReasons,
  decodeRelayFrame,
  encodeFrame,
  mayRetry,
  subprotocol,
  type RelayFrame,
  type SessionAnswer,
} from '@tongge/protocol'
import { createRelayLink, webSocketOpener } from '@tongge/sync'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import type { Config } from '../../sync-server/src/config.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { firstGrid, password, post, silent, start, temporaryFolder } from './fixtures.ts'

const ledger = `grid/${firstGrid}/ledger`
const config = (data: string, more: Partial<Config> = {}): Config => ({
  port: 0,
  host: '127.0.0.1',
  data,
  keys: undefined,
  demo: 'community',
  origins: [],
  logLevel: 'silent',
  app: '/nowhere',
  ...more,
})

describe('a relay with the demo', () => {
  const folder = temporaryFolder()
  const sockets: WebSocket[] = []
  let now = start
  let relay: Relay
  beforeAll(async () => {
    relay = await startRelay(config(folder.path), { logger: silent, now: () => now })
  })
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate()
  })
  afterAll(async () => {
    await relay.close()
    folder.dispose()
  })

  const signIn = async (account: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${relay.port}/api/session`, post({ account, password }))
    expect(response.status).toBe(200)
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const dial = (path: string, headers: Record<string, string>, protocols: readonly string[] = []): WebSocket => {
    const socket = new WebSocket(`ws://127.0.0.1:${relay.port}${path}`, [...protocols], { headers })
    sockets.push(socket)
    return socket
  }
  /** The status of the refusal, or 101. */
  const answerTo = async (
    path: string,
    headers: Record<string, string>,
    protocols?: readonly string[],
  ): Promise<number> => {
    const socket = dial(path, headers, protocols)
    return new Promise((resolve) => {
      socket.once('open', () => resolve(101))
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('error', () => undefined)
    })
  }
  /** What a stock client dials with, bearing the cookie that a browser would add. */
  const signedSocket = (cookie: string): never =>
    class extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols, { headers: { cookie } })
      }
    } as never
  const encoded = (name: string): string => `/sync/${encodeURIComponent(name)}`

  it('[HTTP7] lets a socket in at the encoded and at the plain name of a document', async () => {
    const cookie = await signIn('member01')
    expect(await answerTo(encoded(ledger), { cookie })).toBe(101)
    expect(await answerTo(`/sync/${ledger}`, { cookie })).toBe(101)
  })

  it('[HTTP7] refuses before the upgrade: 401 without a session, 403 without the right, 404 without the document', async () => {
    const cookie = await signIn('member01')
    expect(await answerTo(encoded(ledger), {})).toBe(401)
    expect(await answerTo(encoded(ledger), { cookie: `tongge_session=${'x'.repeat(43)}` })).toBe(401)
    expect(await answerTo(encoded('grid/990101001001002/ledger'), { cookie })).toBe(403)
    expect(await answerTo(encoded(ledger), { cookie: await signIn('volunteer01') })).toBe(403)
    const diary = encoded(`grid/${firstGrid}/diary`)
    for (const account of ['police01', 'community01'])
      expect(await answerTo(diary, { cookie: await signIn(account) })).toBe(403)
    expect(await answerTo(diary, { cookie })).toBe(101)
    expect(await answerTo(encoded('grid/990101009001001/ledger'), { cookie })).toBe(404)
    const strange = [
      '/sync/%zz',
      '/sync/nothing',
      '/sync/%00',
      `/sync/${'a'.repeat(2000)}`,
      '/sync/grid/990101001001001/ledger%2f..',
    ]
    expect(await Promise.all(strange.map((path) => answerTo(path, { cookie })))).toEqual(strange.map(() => 404))
    expect(await answerTo('/elsewhere', { cookie })).toBe(404)
  })

  it('[HTTP8] takes sockets from its own pages alone, and from programs without a page', async () => {
    const cookie = await signIn('member01')
    const own = `http://127.0.0.1:${relay.port}`
    expect(await answerTo(encoded(ledger), { cookie, origin: own })).toBe(101)
    expect(await answerTo(encoded(ledger), { cookie })).toBe(101)
    const foreign = ['http://evil.example', 'null', '', `${own}0`, `https://127.0.0.1:${relay.port}`]
    expect(await Promise.all(foreign.map((origin) => answerTo(encoded(ledger), { cookie, origin })))).toEqual(
      foreign.map(() => 403),
    )
  })

  it('[HTTP9] wants the subprotocol for a socket that carries all documents', async () => {
    const cookie = await signIn('member01')
    expect(await answerTo('/sync', { cookie }, [subprotocol])).toBe(101)
    expect(await answerTo('/sync', { cookie })).toBe(400)
    expect(await answerTo('/sync', { cookie }, ['graphql-ws'])).toBe(400)
    expect((await fetch(`http://127.0.0.1:${relay.port}/sync`, { headers: { cookie } })).status).toBe(426)
  })

  it('[HTTP9] a newer or older app is closed with 4426 over an open socket, and one that also speaks this version is let in', async () => {
    const cookie = await signIn('member01')
    for (const other of ['tongge.9', 'tongge.0']) {
      const socket = dial('/sync', { cookie }, [other])
      const closed = once(socket, 'close')
      await once(socket, 'open')
      const [code, reason] = (await closed) as [number, Buffer]
      expect({ code, reason: reason.toString() }).toEqual(closeReasons.unsupported)
    }
    const both = dial('/sync', { cookie }, ['tongge.9', subprotocol])
    await once(both, 'open')
    both.send(encodeFrame({ type: 'open', channel: 1, name: ledger }))
    const [first] = (await once(both, 'message')) as [Buffer]
    expect([both.protocol, decodeRelayFrame(new Uint8Array(first))]).toEqual([
      subprotocol,
      { type: 'opened', channel: 1, write: true },
    ])
  })

  it('[HTTP9] a device whose app has another version stops and knows why', async () => {
    const Socket = signedSocket(await signIn('member01')) as new (
      url: string,
      protocols: string,
    ) => globalThis.WebSocket
    const link = createRelayLink({
      url: `ws://127.0.0.1:${relay.port}/sync`,
      createSocket: (url, _own, events) => webSocketOpener(Socket)(url, 'tongge.9', events),
      random: Math.random,
      now: Date.now,
      setTimer: (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds)
        return () => clearTimeout(timer)
      },
    })
    link.connect()
    await expect.poll(link.status, { timeout: 20_000 }).toEqual({ state: 'stopped', reason: 'unsupported' })
    await link.close()
  })

  it('[ACCESS9] opens over one socket what may be read, says whether it may be written, and closes the rest', async () => {
    const socket = dial('/sync', { cookie: await signIn('police01') }, [subprotocol])
    const frames: RelayFrame[] = []
    socket.on('message', (data: Buffer) => {
      const frame = decodeRelayFrame(new Uint8Array(data))
      if (frame) frames.push(frame)
    })
    await once(socket, 'open')
    socket.send(encodeFrame({ type: 'open', channel: 1, name: ledger }))
    socket.send(encodeFrame({ type: 'open', channel: 2, name: `grid/${firstGrid}/work/2026q4` }))
    socket.send(encodeFrame({ type: 'open', channel: 3, name: 'grid/990101001001002/ledger' }))
    await expect
      .poll(() => frames.filter(({ type }) => type === 'opened' || type === 'closed'), { timeout: 20_000 })
      .toHaveLength(3)
    expect(frames).toContainEqual({ type: 'opened', channel: 1, write: false })
    expect(frames).toContainEqual({ type: 'opened', channel: 2, write: true })
    expect(frames).toContainEqual({ type: 'closed', channel: 3, ...closeReasons.forbidden })
  })

  it('[AUTH2] closes the sockets of a session with 4401 when it is signed out, and no other', async () => {
    const [mine, other] = [await signIn('member01'), await signIn('member01')]
    const [first, second] = [
      dial('/sync', { cookie: mine }, [subprotocol]),
      dial('/sync', { cookie: other }, [subprotocol]),
    ]
    await Promise.all([once(first, 'open'), once(second, 'open')])
    const closed = once(first, 'close')
    await fetch(`http://127.0.0.1:${relay.port}/api/session`, { method: 'DELETE', headers: { cookie: mine } })
    expect((await closed)[0]).toBe(4401)
    expect(second.readyState).toBe(WebSocket.OPEN)
  })

  it('[ADMIN6] a change made by the command line reaches open documents and sockets of the running relay', async () => {
    const cookie = await signIn('member02')
    const doc = new Doc()
    const provider = new WebsocketProvider(`ws://127.0.0.1:${relay.port}/sync`, 'org/990101001', doc, {
      WebSocketPolyfill: signedSocket(cookie),
      disableBc: true,
    })
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
    const grid = () => readDirectory(doc).get(`grid/${firstGrid}`)
    expect(grid()?.staff.map(({ account }) => account)).toContain('member02')
    const open = dial(encoded(ledger), { cookie })
    await once(open, 'open')
    const closed = once(open, 'close')

    const elsewhere = openSqliteAccounts(join(folder.path, storeFiles.accounts))
    const account = await elsewhere.find('member02')
    if (!account) throw new Error('no account')
    await elsewhere.save(
      [account],
      [{ account: 'member02', role: 'resident', scope: { level: 'grid', grid: firstGrid as never } }],
    )
    await elsewhere.close()
    expect((await closed)[0]).toBe(4403)
    await expect
      .poll(() => grid()?.staff.map(({ account: name }) => name), { timeout: 20_000 })
      .not.toContain('member02')
    provider.destroy()
    const answer = (await (
      await fetch(`http://127.0.0.1:${relay.port}/api/session`, { headers: { cookie } })
    ).json()) as SessionAnswer
    expect(answer.roles).toEqual(['resident'])
  })

  it('[ACCESS10] a building that somebody adds to the ledger comes with its own notes, and stands in the directory', async () => {
    const cookie = await signIn('leader01')
    const doc = new Doc()
    const provider = new WebsocketProvider(`ws://127.0.0.1:${relay.port}/sync`, ledger, doc, {
      WebSocketPolyfill: signedSocket(cookie),
      disableBc: true,
    })
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
    const edit: Edit = {
      op: 'create',
      kind: 'building',
      id: 'annex' as RecordId,
      fields: { estate: '翠竹苑', name: '副楼' },
    }
    applyEdits({ ledger: doc, sensitive: undefined, work: new Map(), notes: new Map() }, [edit], {
      slot: 's1',
      account: 'leader01' as AccountId,
      device: 'd',
      now: () => now,
    })
    const listed = async (): Promise<readonly string[]> =>
      (
        (await (
          await fetch(`http://127.0.0.1:${relay.port}/api/session`, { headers: { cookie } })
        ).json()) as SessionAnswer
      ).documents.map(({ name }) => name)
    await expect.poll(listed, { timeout: 20_000 }).toContain(`grid/${firstGrid}/building/annex/notes`)
    expect((await listed()).filter((name) => name.endsWith('/notes')).length).toBeGreaterThan(5)
    provider.destroy()
  })

  it('[ACCESS11] begins no document of a building that no ledger names, and says so in a way that lets one try again', async () => {
    const cookie = await signIn('leader01')
    const socket = dial('/sync', { cookie }, [subprotocol])
    const frames: RelayFrame[] = []
    socket.on('message', (data: Buffer) => {
      const frame = decodeRelayFrame(new Uint8Array(data))
      if (frame) frames.push(frame)
    })
    await once(socket, 'open')
    let channel = 0
    const tryToOpen = async (): Promise<RelayFrame | undefined> => {
      const own = (channel += 1)
      const answer = (): RelayFrame | undefined =>
        frames.find((frame) => (frame.type === 'opened' || frame.type === 'closed') && frame.channel === own)
      socket.send(encodeFrame({ type: 'open', channel: own, name: `grid/${firstGrid}/building/shed/notes` }))
      await expect.poll(answer, { timeout: 20_000 }).toBeDefined()
      return answer()
    }
    const refused = await tryToOpen()
    expect(refused?.type === 'closed' && mayRetry(refused.code)).toBe(true)

    const doc = new Doc()
    const provider = new WebsocketProvider(`ws://127.0.0.1:${relay.port}/sync`, ledger, doc, {
      WebSocketPolyfill: signedSocket(cookie),
      disableBc: true,
    })
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
    const edit: Edit = {
      op: 'create',
      kind: 'building',
      id: 'shed' as RecordId,
      fields: { estate: '翠竹苑', name: '车棚' },
    }
    applyEdits({ ledger: doc, sensitive: undefined, work: new Map(), notes: new Map() }, [edit], {
      slot: 's2',
      account: 'leader01' as AccountId,
      device: 'd',
      now: () => now,
    })
    await expect.poll(tryToOpen, { timeout: 20_000, interval: 200 }).toMatchObject({ type: 'opened', write: true })
    provider.destroy()
  })

  it('[AUTH3] an edit over an open socket counts as use; a tab that was merely left open does not', async () => {
    const hour = 3_600_000
    const earlier = await signIn('member03')
    now += 6 * hour
    const open = async (cookie: string, message: readonly number[]): Promise<WebSocket> => {
      const socket = dial('/sync', { cookie }, [subprotocol])
      await once(socket, 'open')
      const answered = new Promise<void>((resolve) => {
        // Its own step, or the acknowledgement, is the last of what the relay answers to either message.
        socket.on('message', (data: Buffer) => {
          const type = decodeRelayFrame(new Uint8Array(data))?.type
          if (type === (message[1] === 2 ? 'acknowledged' : 'data')) resolve()
        })
      })
      socket.send(encodeFrame({ type: 'open', channel: 1, name: ledger }))
      socket.send(encodeFrame({ type: 'data', channel: 1, message: Uint8Array.from(message) }))
      await answered
      return socket
    }
    const working = await signIn('member01')
    const left = await open(await signIn('member01'), [0, 0, 1, 0])
    const used = await open(working, [0, 2, 2, 0, 0])
    const last = dial('/sync', { cookie: earlier }, [subprotocol])
    await once(last, 'open')

    const isChecked = once(last, 'close')
    now += 7 * hour
    expect((await isChecked)[0]).toBe(4401)
    expect([left.readyState, used.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN])
    const isEnded = once(left, 'close')
    now += 7 * hour
    expect((await isEnded)[0]).toBe(4401)
    expect((await fetch(`http://127.0.0.1:${relay.port}/api/session`, { headers: { cookie: working } })).status).toBe(
      200,
    )
  })

  it('[HTTP6] says it is well, and lists the demo accounts before anyone signed in', async () => {
    expect((await fetch(`http://127.0.0.1:${relay.port}/healthz`)).status).toBe(200)
    expect(await (await fetch(`http://127.0.0.1:${relay.port}/api/relay`)).json()).toMatchObject({
      demo: {
        password,
        accounts: expect.arrayContaining([{ account: 'leader01', name: '周建平', role: 'gridLeader' }]) as unknown,
      },
    })
  })

  it('[DEMO8] refuses a second relay on the same folder, and a start without demo on a demo’s folder', async () => {
    await expect(startRelay(config(folder.path), { logger: silent })).rejects.toThrow(/another relay is using/)
    now += 60_000
  })
})

describe('the data folder', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.dispose())

  it('[DEMO8] of a demo is not served as if it were real, and one in use gets no demo', async () => {
    const stores = openStores(folder.path)
    await stores.accounts.setNote('demoDay', '2026-11-23')
    await stores.close()
    await expect(startRelay(config(folder.path, { demo: 'none' }), { logger: silent })).rejects.toThrow(/holds a demo/)
    const used = temporaryFolder()
    const inUse = openStores(used.path)
    await inUse.log.append([{ document: ledger, update: new Uint8Array([0, 0]), account: 'a' }])
    await inUse.close()
    await expect(startRelay(config(used.path), { logger: silent })).rejects.toThrow(/is in use/)
    const relay = await startRelay(config(used.path, { demo: 'none' }), { logger: silent })
    expect(relay.demo).toBe(false)
    await relay.close()
    used.dispose()
  })
})

describe('the process', () => {
  const main = join(import.meta.dirname, '../../sync-server/src/main.ts')
  const folder = temporaryFolder()
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => folder.dispose())

  const run = (
    env: Record<string, string>,
  ): { readonly child: ChildProcess; readonly text: () => string; readonly errors: () => string } => {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    let [text, errors] = ['', '']
    child.stdout?.on('data', (data: Buffer) => (text += data.toString()))
    child.stderr?.on('data', (data: Buffer) => (errors += data.toString()))
    return { child, text: () => text, errors: () => errors }
  }

  it('[HTTP10] prints the ready line alone once requests are served, and ends on SIGTERM with 0, sockets told to come again', async () => {
    const { child, text, errors } = run({ PORT: '0', TONGGE_DATA: folder.path, TONGGE_DEMO: 'community' })
    await expect.poll(text, { timeout: 60_000 }).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/m)
    expect(text()).toContain('leader01')
    const url = /^ready (.*)$/m.exec(text())?.[1] ?? ''
    const response = await fetch(`${url}/api/session`, post({ account: 'member01', password }))
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`, [subprotocol], { headers: { cookie } })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await closed)[0]).toBe(1013)
    expect(await exited).toEqual([0, null])
    expect(errors()).toContain('"msg":"signed in"')
    expect(errors()).not.toMatch(/member01|林晓燕|tongge-demo/)
  })

  it('[HTTP10] says everything that is wrong with its environment at once, and exits with 2', async () => {
    const { child, errors } = run({ PORT: 'eighty', TONGGE_DEMO: 'city', TONGGE_ORIGIN: 'grid.example.cn' })
    expect(await once(child, 'exit')).toEqual([2, null])
    expect(errors()).toMatch(/PORT: "eighty"[\s\S]*TONGGE_ORIGIN: "grid[\s\S]*TONGGE_DEMO: "city"/)
  })
})
