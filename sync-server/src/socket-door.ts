/** Leads sockets that were let in to the endpoint, and leads them out again when a session or a right ends. */
import { decodeClientFrame } from '@tongge/protocol'
import { createHash } from 'node:crypto'
import { WebSocket } from 'ws'
import { mayRead, mayWrite, type Access } from './access/access.ts'
import type { Contacts } from './accounts/contacts.ts'
import type { Sessions } from './accounts/sessions.ts'
import type { SocketDoor } from './http/deps.ts'
import type { SyncEndpoint } from './sync.ts'

export interface WatchedDoor extends SocketDoor {
  /** Closes what belongs to sessions that are over, has the rights of the others judged anew, and notes whom it has heard from. */
  recheck(): Promise<void>
}

interface HeldSession {
  readonly token: string
  readonly account: string
  sockets: number
  /** Somebody edited since the last recheck. */
  isUsed: boolean
}

export interface DoorDeps {
  readonly endpoint: SyncEndpoint
  readonly access: Access
  readonly sessions: Sessions
  readonly contacts: Contacts
}

export function createSocketDoor({ endpoint, access, sessions, contacts }: DoorDeps): WatchedDoor {
  const held = new Map<string, HeldSession>()

  const leave = (key: string): void => {
    const session = held.get(key)
    if (!session) return
    session.sockets -= 1
    if (session.sockets === 0) held.delete(key)
  }

  return {
    enter(raw, { account, token, document, lastContact }) {
      if (!(raw instanceof WebSocket)) throw new Error('a socket of another make')
      const key = keyOf(token)
      const session: HeldSession = held.get(key) ?? { token, account: account.account, sockets: 0, isUsed: false }
      session.sockets += 1
      held.set(key, session)
      raw.once('close', () => leave(key))
      raw.on('pong', () => contacts.heard(token))
      raw.on('message', (data: unknown) => {
        contacts.heard(token)
        session.isUsed ||= data instanceof Uint8Array && isEdit(data, document)
      })
      endpoint.accept(raw, {
        account: account.account,
        name: account.name,
        get roles() {
          return access.rolesOf(account.account)
        },
        rolesOn: (name) => access.rolesOn(account.account, name),
        session: key,
        lastContact,
        mayRead: (name) => mayRead(access.rightsTo(account.account, name)),
        mayWrite: (name) => mayWrite(access.rightsTo(account.account, name)),
        document,
      })
    },
    expel(by) {
      if ('token' in by) return endpoint.revoke(keyOf(by.token))
      for (const [key, { account }] of held) if (account === by.account) endpoint.revoke(key)
    },
    async recheck() {
      for (const [key, session] of held) {
        const { token, isUsed } = session
        session.isUsed = false
        if (await (isUsed ? sessions.resume(token) : sessions.find(token))) endpoint.regrant(key)
        else endpoint.revoke(key)
      }
      await contacts.keep()
    },
  }
}

/** Names a session without being good for anything else. */
function keyOf(token: string): string {
  return createHash('sha256').update(`socket ${token}`).digest('base64url')
}

/** Whether a frame tells of a person at work. Presence is renewed, and documents are opened and compared, by a tab that was merely left open. */
function isEdit(frame: Uint8Array, document: string | undefined): boolean {
  const decoded = document === undefined ? decodeClientFrame(frame) : undefined
  const inside = decoded?.type === 'data' ? decoded.message : decoded?.type === 'piece' ? decoded.bytes : undefined
  const message = document === undefined ? inside : frame
  // The y-websocket message: sync, update.
  return message?.[0] === 0 && message[1] === 2
}
