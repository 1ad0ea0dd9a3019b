/** The quarantine over HTTP and over files: who hands over, who decides, and what rests meanwhile. */
import type { GridCode, Role } from '@tongge/model'
import type {
  HandedEdit,
  HandoverState,
  HttpRefusal,
  OwnHandoversAnswer,
  WaitingHandoversAnswer,
} from '@tongge/protocol'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdmin } from '../../sync-server/src/admin/run-admin.ts'
import { handoverLimits } from '../../sync-server/src/handovers/handovers.ts'
import { newKeyLine, parseKeyring } from '../../sync-server/src/seal/keyring.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { createTestApp, firstGrid, origin, post, start, temporaryFolder, type TestApp } from './fixtures.ts'

const edit: HandedEdit = {
  id: 'h1',
  document: `grid/${firstGrid}/ledger`,
  at: start - 60_000,
  device: 'Android 1A2B',
  reason: 'notAllowed',
  lines: [
    { id: 'p1', kind: 'household', action: 'changed', field: 'phone', before: '13800000000', after: '13811112222' },
  ],
}
const ofGrid = `/api/grids/${firstGrid}/handovers`

let test: TestApp
beforeEach(async () => {
  test = await createTestApp()
})
afterEach(() => test.close())

const cookieOf = async (account: string): Promise<string> => (await test.signIn(account)).cookie
const ask = async <T>(cookie: string, at: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers)
  headers.set('cookie', cookie)
  const response = await test.app.request(at, { ...init, headers })
  return { status: response.status, body: (await response.json()) as T }
}
const hand = (cookie: string, body: unknown) =>
  ask<HandoverState & HttpRefusal>(cookie, '/api/handovers', post(body, { origin }))
const decide = (cookie: string, id: string, verdict: string) =>
  ask<HandoverState & HttpRefusal>(cookie, `/api/handovers/${id}/${verdict}`, { method: 'POST', headers: { origin } })
const told = async () => (await test.accounts.events(0, 1000)).filter(({ event }) => event.type === 'handover')
/** From now on the account holds exactly these. */
const become = async (account: string, ...roles: readonly Role[]): Promise<void> => {
  const known = await test.accounts.find(account)
  if (!known) throw new Error(account)
  const scope = { level: 'grid', grid: firstGrid as GridCode } as const
  await test.accounts.save(
    [known],
    roles.map((role) => ({ account, role, scope })),
  )
  await test.reread()
}

describe('an edit that was not taken', () => {
  it('[HAND1] is given to the leaders of its grid by whoever may read there, and given twice it is there once', async () => {
    const member = await cookieOf('member01')
    expect(await hand(member, edit)).toEqual({ status: 200, body: { id: 'h1', state: 'waiting' } })
    expect(await hand(member, edit)).toEqual({ status: 200, body: { id: 'h1', state: 'waiting' } })
    const waiting = await ask<WaitingHandoversAnswer>(await cookieOf('leader01'), ofGrid)
    expect(waiting).toEqual({
      status: 200,
      body: { handovers: [{ ...edit, author: 'member01', authorName: '林晓燕', receivedAt: start }] },
    })
    expect(await told()).toHaveLength(1)
  })

  it('[HAND1] is taken from somebody whose right to read there is over, and from nobody who never had one', async () => {
    await become('member01')
    expect((await hand(await cookieOf('member01'), edit)).status).toBe(200)
    for (const account of ['volunteer01', 'admin01', 'resident01', 'street01'])
      expect(await hand(await cookieOf(account), { ...edit, id: `of-${account}` })).toMatchObject({
        status: 403,
        body: { reason: 'forbidden' },
      })
    const elsewhere = { ...edit, id: 'h2', document: 'grid/990101001001002/ledger' }
    expect((await hand(await cookieOf('member01'), elsewhere)).status).toBe(403)
  })

  it('[HAND2] without a session, from another page, of no document or another shape it is refused with a reason', async () => {
    const member = await cookieOf('member01')
    expect(await hand('', edit)).toMatchObject({ status: 401, body: { reason: 'signedOut' } })
    expect((await ask(member, '/api/handovers', post(edit, { origin: 'http://evil.example' }))).status).toBe(403)
    for (const document of ['grid/990101001001099/ledger', `grid/${firstGrid}/work/1999q1`])
      expect(await hand(member, { ...edit, document })).toMatchObject({ status: 404, body: { reason: 'notFound' } })
    for (const document of ['x', 'org/990101001', `grid/${firstGrid}/photos/a`, `grid/${firstGrid}/ledger/g2`])
      expect(await hand(member, { ...edit, document })).toMatchObject({ status: 422, body: { field: 'document' } })
    const lines = (line: object): unknown => ({ ...edit, lines: [{ ...edit.lines[0], ...line }] })
    for (const body of [
      7,
      {},
      { ...edit, id: 'a b' },
      { ...edit, lines: [] },
      { ...edit, at: 'x' },
      lines({ action: 'x' }),
      lines({ after: { a: 1 } }),
      lines({ step: { ticket: 't' } }),
    ])
      expect((await hand(member, body)).status).toBe(400)
    expect(await told()).toEqual([])
  })

  it('[HAND2] one that is too large, and more of one account than can be looked at, are refused; nobody takes the id of another', async () => {
    const member = await cookieOf('member01')
    const large = { ...edit, lines: [{ ...edit.lines[0], after: '长'.repeat(handoverLimits.bytes / 3) }] }
    expect(await hand(member, large)).toMatchObject({ status: 413, body: { reason: 'tooLarge' } })
    expect((await hand(member, edit)).status).toBe(200)
    expect(await hand(await cookieOf('member02'), edit)).toMatchObject({ status: 409, body: { reason: 'conflict' } })
    for (let index = 1; index < handoverLimits.waiting; index++)
      expect((await hand(member, { ...edit, id: `m${index}` })).status).toBe(200)
    const more = await hand(member, { ...edit, id: 'more' })
    expect(more).toMatchObject({ status: 429, body: { reason: 'tooManyTries', retryAfter: 3600 } })
    expect((await hand(await cookieOf('member02'), { ...edit, id: 'more' })).status).toBe(200)
  })
})

describe('the leader of a grid', () => {
  it('[HAND3] alone reads what was handed over there and decides on it', async () => {
    await hand(await cookieOf('member01'), edit)
    for (const account of ['member01', 'community01', 'street01', 'police01', 'volunteer01', 'admin01', 'auditor01']) {
      const cookie = await cookieOf(account)
      expect((await ask(cookie, ofGrid)).status).toBe(403)
      expect((await decide(cookie, 'h1', 'adopted')).status).toBe(403)
    }
    const leader = await cookieOf('leader01')
    expect((await ask(leader, '/api/grids/990101001001002/handovers')).status).toBe(403)
    expect((await ask(leader, '/api/grids/990101001001099/handovers')).status).toBe(404)
    expect((await ask('', ofGrid)).status).toBe(401)
    expect((await decide(leader, 'h9', 'adopted')).status).toBe(404)
    expect((await ask(leader, '/api/handovers/h1/adopted')).status).toBe(405)
  })

  it.each(['adopted', 'discarded'] as const)(
    '[HAND3] one that is %s is gone from the list; its author is told by whom, and the first decision holds',
    async (verdict) => {
      const [member, leader] = [await cookieOf('member01'), await cookieOf('leader01')]
      await hand(member, edit)
      test.pass(1000)
      const decided: HandoverState = { id: 'h1', state: verdict, decidedAt: start + 1000, decidedBy: '周建平' }
      expect(await decide(leader, 'h1', verdict)).toEqual({ status: 200, body: decided })
      test.pass(1000)
      expect(await decide(leader, 'h1', verdict)).toEqual({ status: 200, body: decided })
      const other = verdict === 'adopted' ? 'discarded' : 'adopted'
      expect(await decide(leader, 'h1', other)).toMatchObject({ status: 409, body: { reason: 'conflict' } })
      expect((await ask<WaitingHandoversAnswer>(leader, ofGrid)).body).toEqual({ handovers: [] })
      expect((await ask<OwnHandoversAnswer>(member, '/api/handovers')).body).toEqual({ handovers: [decided] })
      expect((await ask<OwnHandoversAnswer>(leader, '/api/handovers')).body).toEqual({ handovers: [] })
      expect(await hand(member, edit)).toEqual({ status: 200, body: decided })
    },
  )

  it('[HAND4] what was handed over, adopted and discarded is told of in the audit log, by whom and whose it was, and never what it says', async () => {
    const [member, leader] = [await cookieOf('member01'), await cookieOf('leader01')]
    for (const id of ['h1', 'h2']) await hand(member, { ...edit, id })
    await decide(leader, 'h1', 'adopted')
    await decide(leader, 'h2', 'discarded')
    const common = { type: 'handover', author: 'member01', document: edit.document }
    expect((await told()).map(({ event }) => event)).toEqual([
      { ...common, act: 'handedOver', account: 'member01', handover: 'h1' },
      { ...common, act: 'handedOver', account: 'member01', handover: 'h2' },
      { ...common, act: 'adopted', account: 'leader01', handover: 'h1' },
      { ...common, act: 'discarded', account: 'leader01', handover: 'h2' },
    ])
  })

  it('[HAND3] looking whether something waits is no use of the session', async () => {
    const leader = await cookieOf('leader01')
    for (let hour = 0; hour < 12; hour++) {
      test.pass(3_600_000)
      expect((await ask(leader, ofGrid)).status).toBe(200)
    }
    test.pass(60_000)
    expect((await ask(leader, ofGrid)).status).toBe(401)
  })
})

describe('the file of the accounts', () => {
  const ring = (...lines: readonly string[]) => {
    const parsed = parseKeyring(lines.join('\n'), 'test')
    if (!parsed.ok) throw new Error(parsed.failure.join())
    return parsed.value
  }
  const of = { author: 'member01', grid: firstGrid as GridCode }
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => folder.dispose())
  const isReadable = (): boolean =>
    readdirSync(folder.path)
      .filter((name) => name.startsWith(storeFiles.accounts))
      .some((name) => readFileSync(join(folder.path, name)).includes('13811112222'))

  it('[HAND5] holds what was handed over sealed, under the newest key of the ring once it is resealed', async () => {
    const [first, second] = [newKeyLine(), newKeyLine()]
    const stores = openStores(folder.path, { keys: ring(first) })
    await stores.handovers.take({ ...edit, ...of })
    expect(await stores.handovers.waiting(of.grid)).toMatchObject([edit])
    await stores.close()
    expect(isReadable()).toBe(false)
    expect(() => openStores(folder.path)).toThrow(/sealed under key/)
    expect(() => openStores(folder.path, { keys: ring(second) })).toThrow(/sealed under key/)
    const code = await runAdmin(['reseal'], {
      env: { TONGGE_DATA: folder.path, TONGGE_KEYS: `${first},${second}` },
      root: folder.path,
      readPassword: async () => '',
      out: () => undefined,
      err: () => undefined,
      now: () => 0,
    })
    expect(code).toBe(0)
    const later = openStores(folder.path, { keys: ring(second) })
    expect(await later.handovers.waiting(of.grid)).toMatchObject([edit])
    await later.close()
  })

  it('[HAND3] holds nothing of what it said once it is decided, sealed or not', async () => {
    const stores = openStores(folder.path)
    for (const id of ['h1', 'h2']) await stores.handovers.take({ ...edit, ...of, id })
    await stores.handovers.decide('h1', { verdict: 'adopted', by: 'leader01' })
    expect(isReadable()).toBe(true)
    await stores.handovers.decide('h2', { verdict: 'discarded', by: 'leader01' })
    await stores.close()
    expect(isReadable()).toBe(false)
  })

  it('[HAND5] that was put under the id of another does not open there, and hides no other', async () => {
    const keys = ring(newKeyLine())
    const stores = openStores(folder.path, { keys })
    for (const id of ['h1', 'h2', 'h3']) await stores.handovers.take({ ...edit, ...of, id })
    await stores.close()
    const { default: Database } = await import('better-sqlite3')
    const database = new Database(join(folder.path, storeFiles.accounts))
    database.exec(`update handover set content = (select content from handover where id = 'h1') where id = 'h2'`)
    database.close()
    const later = openStores(folder.path, { keys })
    expect((await later.handovers.waiting(of.grid)).map(({ id }) => id)).toEqual(['h1', 'h3'])
    await later.close()
  })
})
