/** How long to wait before the next try. Pure: the dice are a parameter. */

export interface BackoffLimits {
  /** Milliseconds before the first retry, at most. */
  readonly first: number
  /** Milliseconds no wait exceeds. */
  readonly longest: number
}

export const relayBackoff: BackoffLimits = { first: 500, longest: 30_000 }

/**
 * Doubles per failed attempt (from 0 on) and spreads over the upper half of the span,
 * so that a thousand tablets do not come back in the same second.
 * @param dice from 0 up to, not including, 1
 */
export function backoffDelay(attempt: number, dice: number, limits: BackoffLimits = relayBackoff): number {
  const span = Math.min(limits.longest, limits.first * 2 ** Math.min(attempt, 16))
  return Math.round(span / 2 + (span / 2) * dice)
}
