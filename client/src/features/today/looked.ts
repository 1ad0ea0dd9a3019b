/** Since when changes count as news for this person on this device. */
import { dayLength, dayOf, startOfDay, type Instant } from '@tongge/model'
import { createSignal, type Accessor } from 'solid-js'
import type { Session } from '../../session/session.ts'

export interface Looked {
  readonly since: Accessor<Instant>
  /** Everything up to this moment has been seen. */
  readonly markSeen: () => void
}

/** Never longer than a week back; without a mark, since yesterday morning. */
export function createLooked(session: Pick<Session, 'account' | 'grid' | 'context'>): Looked {
  const key = `tongge.looked.${session.account}.${session.grid}`
  const now = session.context().now
  const stored = Number(localStorage.getItem(key) ?? '')
  const usual = startOfDay(dayOf(now)) - dayLength
  const [since, setSince] = createSignal(stored > 0 && stored <= now ? Math.max(stored, now - 7 * dayLength) : usual)
  return {
    since,
    markSeen: () => {
      const at = session.context().now
      localStorage.setItem(key, String(at))
      setSince(at)
    },
  }
}
