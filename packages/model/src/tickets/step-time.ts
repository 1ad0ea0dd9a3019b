/** When a step counts, and whether its device's clock was far from that. */
import type { Instant } from '../time.ts'
import type { Step, Ticket } from './types.ts'

/** Milliseconds by which a device's clock may be off before anybody is told. */
const tolerance = 120_000

export interface StepTime {
  readonly at: Instant
  /** By the relay's receipt; of a step that the relay has not received nobody can tell. */
  readonly isSkewed: boolean
}

export function timeOfStep({ accepted = {} }: Pick<Ticket, 'accepted'>, { id, at: told }: Step): StepTime {
  const at = (Object.hasOwn(accepted, id) ? accepted[id] : undefined) ?? told
  return { at, isSkewed: Math.abs(at - told) > tolerance }
}
