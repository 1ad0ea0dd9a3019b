/** How long each update that came over one seat waited for its commit. */
import type { Meter } from '../ports.ts'

export interface AckClock {
  /** One y-websocket message, in the order in which the room hears it. */
  came(message: Uint8Array): void
  /** The first `count` updates are committed. */
  committed(count: number): void
}

export function createAckClock(meter: Meter, now: () => number): AckClock {
  /** When those came that are not committed yet. */
  const waiting: number[] = []
  let known = 0
  return {
    came(message) {
      if (isUpdate(message)) waiting.push(now())
    },
    committed(count) {
      for (const since of waiting.splice(0, count - known)) meter.acknowledged(now() - since)
      known = count
    },
  }
}

/** The y-websocket message: sync, with an answer or an update. */
function isUpdate([kind, step]: Uint8Array): boolean {
  return kind === 0 && (step === 1 || step === 2)
}
