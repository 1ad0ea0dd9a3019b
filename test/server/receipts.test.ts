/** Receipts of steps in a whole relay, over restarts, as everybody's tickets show them. */
import { applyEdits, createProjection } from '@tongge/crdt'
import {
  createCalendar,
  foldTicket,
  timeOfStep,
  type AccountId,
  type GridCode,
  type Quarter,
  type RecordId,
  type Ticket,
} from '@tongge/model'
import Database from 'better-sqlite3'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import { hashPassword } from '../../sync-server/src/accounts/passwords.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import { openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { firstGrid as grid, password, post, silent, start, temporaryFolder } from './fixtures.ts'

const work = `grid/${grid}/work/2026q4`
const minute = 60_000
const calendar = createCalendar()
const folder = temporaryFolder()
const providers: WebsocketProvider[] = []
let now = start
let relay: Relay

beforeAll(async () => {
  const { accounts, close } = openStores(folder.path)
  await accounts.saveTerritory({
    streets: [{ code: '990101001' as never, name: '演示街道' }],
    communities: [{ code: '990101001001' as never, name: '演示社区' }],
    grids: [{ code: grid as never, name: '第1网格', kind: 'basic' }],
  })
  const passwordHash = await hashPassword(password)
  await accounts.save(
    ['ada', 'bo'].map((account) => ({ account, name: account, passwordHash, disabled: false })),
    ['ada', 'bo'].map((account) => ({
      account,
      role: 'gridMember',
      scope: { level: 'grid', grid: grid as never },
    })),
  )
  await close()
})
beforeEach(open)
afterEach(shut)
afterAll(() => folder.dispose())

async function open(): Promise<void> {
  const config = { port: 0, host: '127.0.0.1', data: folder.path, keys: undefined, demo: 'none' } as const
  const rest = { origins: [], logLevel: 'silent', app: '/nowhere' } as const
  relay = await startRelay({ ...config, ...rest }, { logger: silent, now: () => now })
}

async function shut(): Promise<void> {
  for (const provider of providers.splice(0)) provider.destroy()
  await relay.close()
}

async function signIn(account: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${relay.port}/api/session`, post({ account, password }))
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Brings a device's document in step; it stays connected. */
async function connect(cookie: string, doc: Doc): Promise<WebsocketProvider> {
  class SignedSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
    }
  }
  const provider = new WebsocketProvider(`ws://127.0.0.1:${relay.port}/sync`, work, doc, {
    WebSocketPolyfill: SignedSocket as never,
    disableBc: true,
  })
  providers.push(provider)
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return provider
}

/** Resolves once the relay has read all that the device sent. */
async function leave(provider: WebsocketProvider): Promise<void> {
  const left = provider.ws && once(provider.ws as unknown as WebSocket, 'close')
  provider.disconnect()
  await left
}

/** As the app of this account does whose device says it is `at`. */
function report(doc: Doc, account: string, at: number, discovered: number): RecordId {
  const ticket = `t${at}` as RecordId
  const documents = {
    ledger: undefined,
    sensitive: undefined,
    work: new Map([['2026q4' as Quarter, doc]]),
    notes: new Map(),
  }
  const step = {
    id: `s${at}` as RecordId,
    ticket,
    action: 'submit',
    from: 'draft',
    to: 'submitted',
    actor: account as AccountId,
    role: 'gridMember',
    device: 'phone',
    at,
    clock: 0,
    birth: {
      no: '1',
      source: 'grid',
      category: 'emergency.fire',
      title: '楼道冒烟',
      place: '1号楼',
      occurredAt: discovered,
      severity: 'major',
      level: 'grid',
      visibility: 'public',
    },
  } as const
  applyEdits(documents, [{ op: 'step', step }], {
    slot: `slot${account}`,
    account: account as AccountId,
    device: 'phone',
    now: () => at,
  })
  return ticket
}

function shown(doc: Doc, id: RecordId): Ticket | undefined {
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map([['2026q4' as Quarter, doc]]), notes: new Map() },
    grid as GridCode,
    { foldTicket: (steps, receipts) => foldTicket(steps, calendar, receipts) },
  )
  const ticket = projection.snapshot().tickets.get(id)
  projection.dispose()
  return ticket
}

async function receiptOf(doc: Doc, ticket: RecordId): Promise<unknown> {
  const step = `s${ticket.slice(1)}`
  await expect.poll(() => doc.getMap('receipts').has(step)).toBe(true)
  return doc.getMap('receipts').get(step)
}

it("[RECEIPT2] [TICK6] a step made with no network on a clock 25 minutes fast counts at the relay's time on every device, and keeps what its own device said", async () => {
  const [mine, theirs] = [new Doc(), new Doc()]
  const cookie = await signIn('ada')
  const away = await connect(cookie, mine)
  await connect(await signIn('bo'), theirs)
  await leave(away)
  now += 10 * minute
  const fast = now + 25 * minute
  const ticket = report(mine, 'ada', fast, fast)
  now += 20 * minute
  await connect(cookie, mine)
  await expect.poll(() => shown(theirs, ticket)?.reportedAt).toBe(now)
  await receiptOf(mine, ticket)
  for (const doc of [mine, theirs]) {
    const seen = shown(doc, ticket)
    const [step] = seen?.steps ?? []
    if (!seen || !step) throw new Error('no ticket')
    expect([step.at, timeOfStep(seen, step)]).toEqual([fast, { at: now, isSkewed: true }])
    expect(seen.due.respond).toBe(now + 10 * minute)
  }
})

it('[RECEIPT2] [TICK6] an honest report made within 10 minutes with no network counts as on time, however much later it arrives', async () => {
  const [mine, theirs] = [new Doc(), new Doc()]
  const cookie = await signIn('ada')
  const away = await connect(cookie, mine)
  await leave(away)
  const discovered = now + 5 * minute
  const ticket = report(mine, 'ada', discovered + 9 * minute, discovered)
  now += 180 * minute
  await connect(cookie, mine)
  await connect(await signIn('bo'), theirs)
  await receiptOf(theirs, ticket)
  const seen = shown(theirs, ticket)
  expect([seen?.reportedAt, seen?.due.respond]).toEqual([discovered + 9 * minute, discovered + 10 * minute])
  expect(seen).not.toHaveProperty('accepted')
})

it('[RECEIPT2] a relay that was restarted knows when it last heard from a device: what is dated back before that counts from then', async () => {
  const mine = new Doc()
  const cookie = await signIn('ada')
  const contact = now
  const away = await connect(cookie, mine)
  await leave(away)
  now += 10 * minute
  await shut()
  now += 10 * minute
  await open()
  const ticket = report(mine, 'ada', contact - 40 * minute, contact - 45 * minute)
  await connect(cookie, mine)
  expect(await receiptOf(mine, ticket)).toEqual([now, contact])
  expect(shown(mine, ticket)?.reportedAt).toBe(contact)
})

it('[RECEIPT2] whom a relay has heard from is on disk within a minute, so that a kill costs no more', async () => {
  now += minute
  const contact = now
  await connect(await signIn('ada'), new Doc())
  now += 2 * minute
  const accounts = new Database(join(folder.path, storeFiles.accounts), { readonly: true })
  await expect
    .poll(() => accounts.prepare('select max(at) from contact').pluck().get(), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(contact)
  accounts.close()
})

it("[RECEIPT1] steps and their receipts are there after a restart, and the audit log tells of the receipts as the relay's own", async () => {
  const mine = new Doc()
  await connect(await signIn('ada'), mine)
  const ticket = report(mine, 'ada', now, now)
  const receipt = await receiptOf(mine, ticket)
  await shut()
  const { log, audit, close } = openStores(folder.path)
  const entries = (await audit.entries(0, 1000)).map((text) => JSON.parse(text) as Record<string, unknown>)
  const updates = entries.filter(({ type, document }) => type === 'edit' && document === work)
  expect(updates.slice(-2).map(({ account }) => account)).toEqual(['ada', 'relay'])
  expect((await log.read(work)).damaged).toBe(0)
  await close()
  await open()
  const later = new Doc()
  await connect(await signIn('bo'), later)
  expect(later.getMap('receipts').get(`s${ticket.slice(1)}`)).toEqual(receipt)
})
