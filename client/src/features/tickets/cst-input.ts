/** Moments as `<input type="datetime-local">` writes them, always in China Standard Time, whatever zone the device is set to. */
import type { Instant } from '@tongge/model'

const offset = 8 * 3_600_000

export function instantToInput(at: Instant): string {
  return new Date(at + offset).toISOString().slice(0, 16)
}

/** Undefined while the input is empty or half filled. */
export function parseInput(text: string): Instant | undefined {
  const at = text.length < 16 ? Number.NaN : Date.parse(`${text}Z`)
  return Number.isNaN(at) ? undefined : at - offset
}
