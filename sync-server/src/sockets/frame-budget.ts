/** How many frames one socket may still send: a token bucket. Reads no clock. */

export interface FrameBudget {
  /** Whether a frame of this size, arriving at this time, is within the budget. */
  spend(bytes: number, now: number): boolean
}

const bytesPerToken = 16 * 1024

export function createFrameBudget(
  limits: { readonly framesPerSecond: number; readonly frameBurst: number },
  start: number,
): FrameBudget {
  let tokens = limits.frameBurst
  let filledAt = start
  return {
    spend(bytes, now) {
      tokens = Math.min(limits.frameBurst, tokens + (Math.max(now - filledAt, 0) / 1000) * limits.framesPerSecond)
      filledAt = now
      const cost = 1 + Math.floor(bytes / bytesPerToken)
      if (tokens < cost) return false
      tokens -= cost
      return true
    },
  }
}
