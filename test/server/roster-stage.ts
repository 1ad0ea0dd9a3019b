/** A relay with one grid of two buildings, a grid leader who writes, and a volunteer of whom everything that is received is kept. */
import { applyEdits, readRoster, type GridDocuments } from '@tongge/crdt'
import type { AccountId, Edit, Kind, RecordId, Role, RosterDoor, Value } from '@tongge/model'
import type { SessionAnswer } from '@tongge/protocol'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import { hashPassword } from '../../sync-server/src/accounts/passwords.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import type { LoggedUpdate, Logger } from '../../sync-server/src/ports.ts'
import { openStores } from '../../sync-server/src/stores.ts'
import { firstGrid as grid, post, silent, temporaryFolder } from './fixtures.ts'

const password = 'correct horse'

export interface Person {
  /** Opens a document and resolves once it is in step. */
  open(document: string): Promise<Doc>
  session(): Promise<SessionAnswer>
  /** Asks the relay over HTTP. */
  get(path: string): Promise<unknown>
  /** A request that bears the person's cookie, from no page. */
  request(path: string, init: RequestInit): Promise<Response>
  /** Everything the relay sent. */
  readonly received: readonly Buffer[]
  close(): void
}

export interface RosterStage {
  readonly data: string
  relay(): Relay
  signIn(account: string): Promise<Person>
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** `others` work in the grid beside the leader and the volunteer, each under the name of the role in small letters; `stored` is in the log before the first start. */
export async function openRosterStage(
  logger: Logger = silent,
  others: readonly Role[] = [],
  stored: readonly LoggedUpdate[] = [],
): Promise<RosterStage> {
  const folder = temporaryFolder()
  await register(folder.path, others, stored)
  let relay: Relay | undefined
  const people: Person[] = []
  const start = async (): Promise<void> => {
    relay = await startRelay(
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
      { logger },
    )
  }
  const running = (): Relay => {
    if (!relay) throw new Error('no relay runs')
    return relay
  }
  const stop = async (): Promise<void> => {
    for (const person of people.splice(0)) person.close()
    await relay?.close()
    relay = undefined
  }
  await start()
  return {
    data: folder.path,
    relay: running,
    signIn: async (account) => {
      const person = await signIn(running().port, account)
      people.push(person)
      return person
    },
    stop,
    start,
    close: async () => {
      await stop()
      folder.dispose()
    },
  }
}

async function register(data: string, others: readonly Role[], stored: readonly LoggedUpdate[]): Promise<void> {
  const { accounts, log, close } = openStores(data)
  if (stored.length > 0) await log.append(stored)
  await accounts.saveTerritory({
    streets: [{ code: '990101001' as never, name: '演示街道' }],
    communities: [{ code: '990101001001' as never, name: '演示社区' }],
    grids: [{ code: grid as never, name: '第1网格', kind: 'basic' }],
  })
  const passwordHash = await hashPassword(password)
  await accounts.save(
    ['leader', 'volunteer', 'office', ...others.map((role) => role.toLowerCase())].map((account) => ({
      account,
      name: account,
      passwordHash,
      disabled: false,
    })),
    [
      { account: 'leader', role: 'gridLeader', scope: { level: 'grid', grid: grid as never } },
      { account: 'office', role: 'community', scope: { level: 'community', community: '990101001001' as never } },
      {
        account: 'volunteer',
        role: 'volunteer',
        scope: { level: 'building', grid: grid as never, building: 'b1' as never },
      },
      ...others.map((role) => ({
        account: role.toLowerCase(),
        role,
        scope: { level: 'grid' as const, grid: grid as never },
      })),
    ],
  )
  await close()
}

async function signIn(port: number, account: string): Promise<Person> {
  const url = `127.0.0.1:${port}`
  const response = await fetch(`http://${url}/api/session`, post({ account, password }))
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const received: Buffer[] = []
  const providers: WebsocketProvider[] = []
  class SignedSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
      this.on('message', (data: ArrayBuffer | Buffer) =>
        received.push(data instanceof ArrayBuffer ? Buffer.from(data) : data),
      )
    }
  }
  return {
    received,
    get: async (path) => (await fetch(`http://${url}${path}`, { headers: { cookie } })).json(),
    open: async (document) => {
      const doc = new Doc()
      const provider = new WebsocketProvider(`ws://${url}/sync`, document, doc, {
        WebSocketPolyfill: SignedSocket as never,
        disableBc: true,
      })
      providers.push(provider)
      await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
      return doc
    },
    session: async () =>
      (await (await fetch(`http://${url}/api/session`, { headers: { cookie } })).json()) as SessionAnswer,
    request: (path, init) => {
      const { origin: _, ...headers } = init.headers as Record<string, string>
      return fetch(`http://${url}${path}`, { ...init, headers: { ...headers, cookie } })
    },
    close: () => {
      for (const provider of providers) provider.destroy()
    },
  }
}

export const documents = {
  ledger: `grid/${grid}/ledger`,
  sensitive: `grid/${grid}/sensitive`,
  roster: (building: string) => `grid/${grid}/building/${building}/roster`,
  notes: (building: string) => `grid/${grid}/building/${building}/notes`,
} as const

let clock = Date.parse('2026-11-23T09:00:00+08:00')

/** Carries edits out as the app of this account would. */
export function write(open: Partial<GridDocuments>, account: string, edits: readonly Edit[]): void {
  clock += 1000
  applyEdits({ ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map(), ...open }, edits, {
    slot: `slot-${account}`,
    account: account as AccountId,
    device: 'd',
    now: () => clock,
  })
}

export function create(kind: Kind, id: string, fields: Readonly<Record<string, Value>>): Edit {
  return { op: 'create', kind, id: id as RecordId, fields }
}

export function set(kind: Kind, id: string, field: string, value: Value | undefined): Edit {
  return { op: 'set', kind, id: id as RecordId, field, value }
}

export function doorsIn(roster: Doc): Readonly<Record<string, RosterDoor>> {
  return Object.fromEntries(readRoster(roster).map((door) => [door.house, door]))
}
