/** How deep the shared types of one update stand inside one another. Readers walk them by recursion. */
import type { Run } from './content.ts'
import type { ScannedUpdate, Section } from './scan-update.ts'

/** Of records, their fields and their lists none is deeper than four. */
export const deepestType = 32

/** `runs` are those `integrate` returned. What is not in them counts as standing at the top. */
export function nestingOf(update: ScannedUpdate, runs: readonly Run[]): number {
  const seats = new Map<number, Seats>()
  for (const section of update.sections)
    seats.set(section.client, { section, depths: new Uint32Array(section.clocks.length), need: 0, inner: 0 })
  let deepest = 0
  for (const run of runs) {
    const seat = seats.get(run.client)
    if (!seat) continue
    const from = indexAt(seat.section, run.clock)
    for (let index = from; index < from + run.count; index++) {
      const depth = depthOf(index, seat, seats)
      seat.depths[index] = depth
      deepest = Math.max(deepest, depth)
    }
  }
  return deepest
}

interface Seats {
  readonly section: Section
  readonly depths: Uint32Array
  /** Positions in the section's lists; runs of a client come in the order of its clocks. */
  need: number
  inner: number
}

function depthOf(index: number, seat: Seats, seats: ReadonlyMap<number, Seats>): number {
  const { needs, inner } = seat.section
  while ((needs[seat.need] ?? Infinity) < index) seat.need += 3
  while ((inner[seat.inner] ?? Infinity) < index) seat.inner++
  let depth = 0
  // Neighbours should stand in the same type; where they do not, the deeper counts.
  for (let need = seat.need; needs[need] === index; need += 3) {
    const other = seats.get(needs[need + 1] ?? 0)
    const at = other ? indexAt(other.section, needs[need + 2] ?? 0) : -1
    depth = Math.max(depth, other?.depths[at] ?? 0)
  }
  return inner[seat.inner] === index ? depth + 1 : depth
}

/** Index of the struct with this clock; -1 when it stands before the section. */
function indexAt({ clocks }: Section, clock: number): number {
  let low = 0
  let high = clocks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((clocks[middle] ?? 0) <= clock) low = middle
    else high = middle - 1
  }
  return (clocks[low] ?? 0) <= clock ? low : -1
}
