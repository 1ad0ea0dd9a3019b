/** Leads sockets that were let in to the endpoint, and leads them out again when a session or a right ends. */
import { createHash } from 'node:crypto'
import { WebSocket } from 'ws'
import { mayRead, mayWrite, type Access } from './access/access.ts'
import type { Sessions } from './accounts/sessions.ts'
import type { SocketDoor } from './http/deps.ts'
import type { SyncEndpoint } from './sync.ts'

export interface WatchedDoor extends SocketDoor {
  /** Closes what belongs to sessions that are over, and has the rights of the others judged anew. */
  recheck(): Promise<void>
}

export function createSocketDoor(endpoint: SyncEndpoint, access: Access, sessions: Sessions): WatchedDoor {
  const held = new Map<string, { readonly token: string; readonly account: string; sockets: number }>()

  const leave = (key: string): void => {
    const session = held.get(key)
    if (!session) return
    session.sockets -= 1
    if (session.sockets === 0) held.delete(key)
  }

  return {
    enter(raw, { account, token, document }) {
      if (!(raw instanceof WebSocket)) throw new Error('a socket of another make')
      const key = keyOf(token)
      const session = held.get(key) ?? { token, account: account.account, sockets: 0 }
      session.sockets += 1
      held.set(key, session)
      raw.once('close', () => leave(key))
      endpoint.accept(raw, {
        account: account.account,
        name: account.name,
        get roles() {
          return access.rolesOf(account.account)
        },
        session: key,
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
      for (const [key, { token }] of held) {
        if (await sessions.resume(token)) endpoint.regrant(key)
        else endpoint.revoke(key)
      }
    },
  }
}

/** Names a session without being good for anything else. */
function keyOf(token: string): string {
  return createHash('sha256').update(`socket ${token}`).digest('base64url')
}
