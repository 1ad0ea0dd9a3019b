/** A relay's HTTP side over memory, with the demo's places and people, and one-line requests. */
import type { SessionAnswer } from '@tongge/protocol'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccess } from '../../sync-server/src/access/access.ts'
import { readRegister } from '../../sync-server/src/access/register.ts'
import type { Accounts } from '../../sync-server/src/accounts/accounts.ts'
import { hashPassword } from '../../sync-server/src/accounts/passwords.ts'
import { createSessions } from '../../sync-server/src/accounts/sessions.ts'
import { createSignIn } from '../../sync-server/src/accounts/sign-in.ts'
import { openSqliteAccounts } from '../../sync-server/src/accounts/sqlite-accounts.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { createRandom } from '../../sync-server/src/demo/random.ts'
import { demoStaff } from '../../sync-server/src/demo/staff.ts'
import type { Handovers } from '../../sync-server/src/handovers/handovers.ts'
import { createSqliteHandovers } from '../../sync-server/src/handovers/sqlite-handovers.ts'
import { keepHeads, type Heads } from '../../sync-server/src/audit/keep-heads.ts'
import { createMemoryAuditLog } from '../../sync-server/src/audit/memory-audit-log.ts'
import { createRecorder } from '../../sync-server/src/audit/recorder.ts'
import { signingKey } from '../../sync-server/src/audit/signing-key.ts'
import { createApp } from '../../sync-server/src/http/app.ts'
import { sessionCookie } from '../../sync-server/src/http/cookie.ts'
import { createDrain, type Drain } from '../../sync-server/src/http/drain.ts'
import { createMetrics } from '../../sync-server/src/metrics/metrics.ts'
import type { Logger } from '../../sync-server/src/ports.ts'
import { createNewest } from '../../sync-server/src/sync.ts'
import { described } from './described.ts'

export const password = 'tongge-demo'
export const origin = 'http://127.0.0.1:8080'
export const firstGrid = '990101001001001'
/** A Monday in the fourth quarter. */
export const start = Date.parse('2026-11-23T09:00:00+08:00')

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface TestApp {
  readonly app: ReturnType<typeof createApp>
  readonly accounts: Accounts
  readonly expelled: object[]
  readonly heads: Heads
  /** Entries of the audit log from a position on, read. */
  audited(from?: number): Promise<Record<string, unknown>[]>
  /** How often the directory was to be published. */
  published(): number
  addCommunity(code: string): Promise<void>
  /** What is stored of roles counts from here on. */
  reread(): Promise<void>
  /** Moves the clock, in milliseconds. */
  pass(time: number): void
  /** Signs in and returns the cookie to send and the answer. */
  signIn(
    account: string,
    password?: string,
  ): Promise<{
    readonly status: number
    readonly cookie: string
    readonly answer: SessionAnswer
    readonly setCookie: string
  }>
  close(): Promise<void>
}

export async function createTestApp(
  options: {
    readonly secure?: boolean
    readonly app?: string
    readonly stored?: readonly string[]
    readonly hindrance?: string
    readonly drain?: Drain
    readonly metricsToken?: string
  } = {},
): Promise<TestApp> {
  let now = start
  const opened: { handovers?: Handovers } = {}
  const accounts = openSqliteAccounts(
    ':memory:',
    () => now,
    (database, tell) => {
      opened.handovers = createSqliteHandovers(database, {
        seal: undefined,
        keyIdOf: () => undefined,
        tell,
        now: () => now,
      })
    },
  )
  if (!opened.handovers) throw new Error('nothing is kept beside the accounts')
  const places = demoPlaces('community')
  const staff = demoStaff(places, 'b0-1', createRandom(1))
  const passwordHash = await hashPassword(password)
  await accounts.saveTerritory({
    streets: [places.street],
    communities: places.communities,
    grids: places.grids,
    buildings: ['b0-1', 'b0-2'].map((id) => ({ grid: places.grids[0]?.code as never, id: id as never, name: id })),
  })
  await accounts.save(
    staff.people.map((person) => ({ ...person, passwordHash, disabled: false })),
    staff.assignments,
  )
  let register = await readRegister(accounts)
  let published = 0
  const expelled: object[] = []
  const audit = createMemoryAuditLog(() => now)
  const key = signingKey(generateKeyPairSync('ed25519').privateKey)
  const heads = await keepHeads({ audit, key, now: () => now, logger: silent })
  const record = createRecorder({ audit, now: () => now, logger: silent })
  const app = createApp({
    accounts,
    sessions: createSessions(accounts, () => now),
    signIn: await createSignIn(accounts),
    handovers: opened.handovers,
    access: createAccess({
      register: () => register,
      stored: async () => options.stored ?? [],
      newest: createNewest(options.stored ?? []),
      now: () => now,
    }),
    cookie: sessionCookie(options.secure ?? false),
    relay: { demo: false, version: 'test' },
    origins: new Set([origin, 'https://grid.example.cn']),
    secure: options.secure ?? false,
    app: options.app ?? '/nowhere',
    hindrance: async () => options.hindrance,
    drain: options.drain ?? createDrain(),
    metrics: createMetrics(),
    metricsToken: options.metricsToken,
    contacts: { begin: async () => undefined },
    sockets: { enter: () => undefined, expel: (by) => void expelled.push(by) },
    publish: async () => void (published += 1),
    audit: { log: audit, heads, key: key.publicKey, record },
    logger: silent,
    opaque: (account) => account,
  })
  return {
    app: described(app),
    accounts,
    expelled,
    heads,
    async audited(from = 0) {
      await record.settle()
      return (await audit.entries(from, 10_000)).map((text) => JSON.parse(text) as Record<string, unknown>)
    },
    published: () => published,
    async addCommunity(code) {
      await accounts.saveTerritory({ communities: [{ code: code as never, name: code }] })
      register = await readRegister(accounts)
    },
    async reread() {
      register = await readRegister(accounts)
    },
    pass: (time) => void (now += time),
    async signIn(account, given = password) {
      const response = await app.request('/api/session', post({ account, password: given }))
      const setCookie = response.headers.get('set-cookie') ?? ''
      return {
        status: response.status,
        cookie: setCookie.split(';')[0] ?? '',
        answer: (await response.json()) as SessionAnswer,
        setCookie,
      }
    },
    async close() {
      await record.close()
      await heads.close()
      await accounts.close()
    },
  }
}

export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** A folder that is gone after `dispose`. */
export function temporaryFolder(): { readonly path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tongge-test-'))
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) }
}
