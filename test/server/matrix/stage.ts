/** A relay over real files and sockets, and for every role one person for each state that a session can be in. */
import { roles, type Role } from '@tongge/model'
import {
  decodeRelayFrame,
  encodeFrame,
  formatDocumentName,
  subprotocol,
  type DocumentName,
  type RelayFrame,
} from '@tongge/protocol'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { createSessions, sessionLimits } from '../../../sync-server/src/accounts/sessions.ts'
import { parseScope } from '../../../sync-server/src/accounts/scope.ts'
import { startRelay, type Relay } from '../../../sync-server/src/relay.ts'
import { openStores } from '../../../sync-server/src/stores.ts'
import { silent, start, temporaryFolder } from '../fixtures.ts'
import { seed, type Written } from './acts.ts'
import { scopeByRole } from './expected.ts'

export const place = {
  street: '990101001',
  community: '990101001001',
  grid: '990101001001001',
  building: '990101001001001/b1',
}
const otherPlace = {
  street: '990102002',
  community: '990102002001',
  grid: '990102002001001',
  building: '990102002001001/b1',
}

/** `none` and `forged` bear no session, the next three one that is over; the last three are signed in. */
export const states = ['none', 'forged', 'expired', 'ended', 'disabled', 'revoked', 'elsewhere', 'valid'] as const
export type State = (typeof states)[number]
export const isSignedIn = (state: State): boolean => ['revoked', 'elsewhere', 'valid'].includes(state)

const { grid, street, community } = place
export const documents = {
  org: { kind: 'org', street },
  board: { kind: 'board', community },
  ledger: { kind: 'ledger', grid },
  sensitive: { kind: 'sensitive', grid },
  diary: { kind: 'diary', grid },
  work: { kind: 'work', grid, quarter: '2026q4' },
  journal: { kind: 'journal', grid, quarter: '2026q4' },
  photos: { kind: 'photos', grid, album: 'a1' },
  roster: { kind: 'roster', grid, building: 'b1' },
  notes: { kind: 'notes', grid, building: 'b1' },
} as const satisfies Record<string, DocumentName>
export const nowhere: readonly DocumentName[] = [
  { kind: 'meeting', id: 'm1' },
  { kind: 'proposal', id: 'p1' },
]

export interface MatrixStage {
  readonly url: string
  /** The header that a browser would send; undefined where there is none to send. */
  cookie(role: Role, state: State): string | undefined
  /** Of a document alone: 101, or the status of the refusal. */
  upgrade(path: string, cookie: string | undefined): Promise<number>
  mux(cookie: string): Promise<Mux>
  stock(document: DocumentName, cookie: string): Promise<WebSocket>
  close(): Promise<void>
}

export interface Mux {
  /** `opened` or `closed`. */
  open(document: DocumentName): Promise<RelayFrame & { readonly channel: number }>
  /** `acknowledged` or `closed`. */
  send(channel: number, update: Uint8Array): Promise<RelayFrame>
  close(): void
}

export async function createMatrixStage(): Promise<MatrixStage> {
  const folder = temporaryFolder()
  const cookies = await furnish(folder.path)
  const relay: Relay = await startRelay(
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
    { logger: silent, now: () => start },
  )
  const address = `127.0.0.1:${relay.port}`
  const dial = (path: string, cookie: string | undefined, protocols: string[] = []): WebSocket =>
    new WebSocket(`ws://${address}${path}`, protocols, cookie === undefined ? {} : { headers: { cookie } })
  return {
    url: `http://${address}`,
    cookie: (role, state) => cookies.get(`${role} ${state}`),
    upgrade(path, cookie) {
      const socket = dial(path, cookie, path === '/sync' ? [subprotocol] : [])
      return new Promise((resolve) => {
        const settle = (status: number): void => {
          resolve(status)
          socket.terminate()
        }
        socket.on('error', () => undefined)
        socket.once('open', () => settle(101))
        socket.once('unexpected-response', (_request, response) => settle(response.statusCode ?? 0))
      })
    },
    async mux(cookie) {
      const socket = dial('/sync', cookie, [subprotocol])
      await once(socket, 'open')
      return createMux(socket)
    },
    async stock(document, cookie) {
      const socket = dial(pathOf(document), cookie)
      await once(socket, 'open')
      return socket
    },
    async close() {
      await relay.close()
      folder.dispose()
    },
  }
}

export function pathOf(document: DocumentName): string {
  return `/sync/${formatDocumentName(document)}`
}

function createMux(socket: WebSocket): Mux {
  const waiting = new Map<number, (frame: RelayFrame) => void>()
  let highest = 0
  socket.on('message', (data: Buffer) => {
    const frame = decodeRelayFrame(new Uint8Array(data))
    if (!frame || !('channel' in frame) || frame.type === 'data' || frame.type === 'packed') return
    waiting.get(frame.channel)?.(frame)
    waiting.delete(frame.channel)
  })
  const answer = (channel: number): Promise<RelayFrame> => new Promise((resolve) => waiting.set(channel, resolve))
  return {
    async open(document) {
      const channel = ++highest
      const answered = answer(channel)
      socket.send(encodeFrame({ type: 'open', channel, name: formatDocumentName(document) }))
      return { ...(await answered), channel }
    },
    async send(channel, update) {
      const answered = answer(channel)
      socket.send(encodeFrame({ type: 'data', channel, message: syncMessage(update) }))
      return answered
    },
    close: () => socket.terminate(),
  }
}

/** In the y-websocket protocol: sync, update. */
export function syncMessage(update: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let rest = update.length; ; rest >>>= 7) {
    if (rest < 128) {
      length.push(rest)
      break
    }
    length.push((rest & 127) | 128)
  }
  return Uint8Array.from([0, 2, ...length, ...update])
}

/** The account of a role that is held here, as the acts name it. */
export const accountOf = (role: Role, state: State): string => `${role}-${state}`.toLowerCase()
/** Each has a note of their own from before. */
export const authors: readonly string[] = roles.map((role) => accountOf(role, 'valid'))

async function furnish(folder: string): Promise<ReadonlyMap<string, string>> {
  const cookies = new Map<string, string>()
  const stores = openStores(folder, { now: () => start })
  const { accounts, log } = stores
  await accounts.saveTerritory({
    streets: [place, otherPlace].map(({ street }) => ({ code: street as never, name: street })),
    communities: [place, otherPlace].map(({ community }) => ({ code: community as never, name: community })),
    grids: [place, otherPlace].map(({ grid }) => ({ code: grid as never, name: grid, kind: 'basic' })),
    buildings: [place, otherPlace].map(({ grid }) => ({ grid: grid as never, id: 'b1' as never, name: '1号楼' })),
  })
  const held = roles.flatMap((role) => states.map((state) => ({ role, state, account: accountOf(role, state) })))
  await accounts.save(
    held.map(({ account, state }) => ({ account, name: account, passwordHash: '', disabled: state === 'disabled' })),
    held.map(({ role, state, account }) => {
      const scope = parseScope((state === 'elsewhere' ? otherPlace : place)[scopeByRole[role]])
      if (!scope) throw new Error(`no place for ${role}`)
      return { account, role, scope, ...(state === 'revoked' && { to: '2026-11-22' }) }
    }),
  )
  // The oldest last: whoever begins a session clears away those that are over by then.
  for (const at of [start, start - sessionLimits.idle - 1]) {
    const sessions = createSessions(accounts, () => at)
    for (const { role, state, account } of held) {
      if (state === 'none' || (state === 'expired') !== at < start) continue
      const token = state === 'forged' ? 'x'.repeat(43) : await sessions.begin(account)
      if (state === 'ended') await sessions.end(token)
      cookies.set(`${role} ${state}`, `tongge_session=${token}`)
    }
  }
  const seeded = (Object.keys(documents) as (keyof typeof documents)[]).filter(
    (kind): kind is Written => !['org', 'board', 'roster'].includes(kind),
  )
  await log.append(
    seeded.map((kind) => ({
      document: formatDocumentName(documents[kind]),
      update: seed(kind, authors),
      account: 'lead',
    })),
  )
  await stores.close()
  return cookies
}
