/** Timers and a clock that move only when the test says so. */

export interface ManualClock {
  readonly now: () => number
  readonly setTimer: (callback: () => void, milliseconds: number) => () => void
  /** Moves time on; runs what falls due, in order of time and then of setting. */
  readonly advance: (milliseconds: number) => void
  /** Time of the next timer; undefined when none is set. */
  readonly next: () => number | undefined
}

export function createManualClock(start = 0): ManualClock {
  let time = start
  let counter = 0
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>()
  const earliest = (): [number, { at: number; callback: () => void }] | undefined => {
    let best: [number, { at: number; callback: () => void }] | undefined
    for (const entry of timers) if (!best || entry[1].at < best[1].at) best = entry
    return best
  }
  return {
    now: () => time,
    setTimer: (callback, milliseconds) => {
      const id = ++counter
      timers.set(id, { at: time + milliseconds, callback })
      return () => {
        timers.delete(id)
      }
    },
    advance: (milliseconds) => {
      const until = time + milliseconds
      for (let due = earliest(); due && due[1].at <= until; due = earliest()) {
        timers.delete(due[0])
        time = Math.max(time, due[1].at)
        due[1].callback()
      }
      time = until
    },
    next: () => earliest()?.[1].at,
  }
}

/** The platform's timers, in the shape the sync package takes. */
export function realTimer(callback: () => void, milliseconds: number): () => void {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/** Lets every promise that is ready go on, several turns deep. */
export async function settle(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}
