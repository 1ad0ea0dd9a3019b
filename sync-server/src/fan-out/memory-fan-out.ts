/** The relays of one process, as in tests. */
import type { FanOut, Notice } from '../ports.ts'

export interface FanOutHub {
  /** For one relay more. */
  join(): FanOut
}

/** `isLost` says of each notice whether it is lost on its way to one of the others. */
export function createFanOutHub(isLost: (notice: Notice) => boolean = () => false): FanOutHub {
  const members = new Set<{ hear: (notice: Notice) => void }>()
  return {
    join() {
      const me = { hear: (_notice: Notice): void => undefined }
      members.add(me)
      return {
        tell(notice) {
          for (const other of members)
            if (other !== me && !isLost(notice)) setImmediate(() => members.has(other) && other.hear(notice))
        },
        listen: (hear) => void (me.hear = hear),
        async close() {
          members.delete(me)
        },
      }
    },
  }
}
