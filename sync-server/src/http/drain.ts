/** The relay's last moments: nothing new is taken, and what was begun is answered. */
import type { MiddlewareHandler } from 'hono'
import { refuse } from './refusals.ts'

export interface Drain {
  readonly isDraining: boolean
  /** Resolves once every request that was begun is answered, after `withinMs` at the latest. */
  begin(withinMs: number): Promise<void>
  readonly middleware: MiddlewareHandler
}

/** Seconds in which another process has usually taken over. */
export const drainRetryAfter = 5

/** Whoever watches is told until the end. */
const stillAnswered: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

export function createDrain(): Drain {
  let isDraining = false
  let running = 0
  const { promise: idle, resolve: becomeIdle } = Promise.withResolvers<void>()

  return {
    get isDraining() {
      return isDraining
    },
    async begin(withinMs) {
      isDraining = true
      if (running === 0) return
      const timer = setTimeout(becomeIdle, withinMs)
      await idle
      clearTimeout(timer)
    },
    async middleware(c, next) {
      if (stillAnswered.has(c.req.path)) return next()
      if (isDraining) {
        c.header('Connection', 'close')
        return refuse(c, 'unavailable', 'the relay is restarting', { retryAfter: drainRetryAfter })
      }
      running += 1
      try {
        return await next()
      } finally {
        running -= 1
        if (isDraining && running === 0) becomeIdle()
      }
    },
  }
}
