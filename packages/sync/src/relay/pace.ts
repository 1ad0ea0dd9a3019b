/** When the next piece of a large message may go. The relay closes a socket on which more comes than a budget, and half of that is left to everything else. */

export interface Pace {
  /** Counts a frame that goes out, whether it may or not. */
  spend(bytes: number): void
  mayGo(bytes: number): boolean
}

/** As the relay counts: a frame costs one, and one more for each 16 KiB. */
const bytesPerToken = 16 * 1024
const tokensPerSecond = 150
const mostTokens = 1000

/** @param now milliseconds of any steady clock */
export function createPace(now: () => number): Pace {
  let tokens = mostTokens
  let filledAt = now()
  const costOf = (bytes: number): number => 1 + Math.floor(bytes / bytesPerToken)
  const fill = (): void => {
    const time = now()
    tokens = Math.min(mostTokens, tokens + (Math.max(time - filledAt, 0) / 1000) * tokensPerSecond)
    filledAt = time
  }
  return {
    spend(bytes) {
      fill()
      tokens -= costOf(bytes)
    },
    mayGo(bytes) {
      fill()
      return tokens >= costOf(bytes)
    },
  }
}
