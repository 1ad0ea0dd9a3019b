/**
 * When each device was last heard from. A device is known by its session, over its tabs and sockets and over restarts of the relay;
 * of one that signed in anew nothing is known.
 */
import type { Instant } from '@tongge/model'
import type { Sessions } from './sessions.ts'

/** Milliseconds. Tabs of a device, and tries that break off, come back one after the other: within this it is one return. */
const oneReturn = 60_000

export interface Contacts {
  /** A socket of this session is about to open. When its device was last heard from before it came back, if that is known. */
  begin(token: string): Promise<Instant | undefined>
  heard(token: string): void
  /** Writes down what was heard since the last time, and forgets devices that have gone. */
  keep(): Promise<void>
}

interface Contact {
  readonly before: Instant | undefined
  readonly since: Instant
  heardAt: Instant
  keptAt: Instant | undefined
}

export function createContacts(sessions: Pick<Sessions, 'lastContact' | 'contacted'>, now: () => Instant): Contacts {
  const contacts = new Map<string, Contact>()

  return {
    async begin(token) {
      const known = contacts.get(token)
      if (known && now() - known.heardAt <= oneReturn) {
        const before = now() - known.since <= oneReturn ? known.before : known.heardAt
        known.heardAt = now()
        return before
      }
      const before = known?.heardAt ?? (await sessions.lastContact(token))
      contacts.set(token, { before, since: now(), heardAt: now(), keptAt: undefined })
      return before
    },
    heard(token) {
      const known = contacts.get(token)
      if (known) known.heardAt = now()
    },
    async keep() {
      const news = [...contacts].filter(([, { heardAt, keptAt }]) => heardAt !== keptAt)
      await sessions.contacted(news.map(([token, { heardAt }]) => [token, heardAt]))
      for (const [, contact] of news) contact.keptAt = contact.heardAt
      // No socket lives that long without a word.
      for (const [token, { heardAt }] of contacts) if (now() - heardAt > 2 * oneReturn) contacts.delete(token)
    },
  }
}
