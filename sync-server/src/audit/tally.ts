/** Tells of a thing at once when it happens first, and of its repetitions together once a minute: nobody can fill the log by trying again. */
import type { AuditEvent } from '@tongge/protocol/audit'

export type Repeatable = Extract<AuditEvent, { readonly times?: number }>

export interface Tally {
  add(event: Repeatable): void
  /** Tells of what was counted, and forgets it. */
  flush(): void
}

/** Different things that are remembered at a time. */
const most = 10_000

export function createTally(tell: (event: Repeatable) => void): Tally {
  const counted = new Map<string, { readonly event: Repeatable; times: number }>()
  const flush = (): void => {
    for (const { event, times } of counted.values()) if (times > 0) tell({ ...event, times })
    counted.clear()
  }
  return {
    add(event) {
      const key = JSON.stringify(event)
      const known = counted.get(key)
      if (known) {
        known.times++
        return
      }
      if (counted.size >= most) flush()
      counted.set(key, { event, times: 0 })
      tell(event)
    },
    flush,
  }
}
