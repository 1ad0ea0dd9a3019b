/** Which clocks of which client are known to be deleted. Knows nothing of updates in transit. */
import { createEncoder, toUint8Array, writeVarUint, type Encoder } from 'lib0/encoding'

export class DeleteSet {
  /** Per client: first clock and clock after the last, flat, sorted, never touching. */
  private readonly rangesByClient = new Map<number, number[]>()

  /** Those parts of the flat triples (client, first clock, clock after the last) that are not in the set, in the same form. */
  missing(deletions: readonly number[]): number[] {
    const missing: number[] = []
    eachTriple(deletions, (client, from, to) => {
      const ranges = this.rangesByClient.get(client) ?? []
      let next = from
      for (let i = firstEndingAt(ranges, from); i < ranges.length && (ranges[i] ?? 0) < to; i += 2) {
        const begin = ranges[i] ?? 0
        if (begin > next) missing.push(client, next, begin)
        next = Math.max(next, ranges[i + 1] ?? 0)
      }
      if (to > next) missing.push(client, next, to)
    })
    return missing
  }

  add(deletions: readonly number[]): void {
    eachTriple(deletions, (client, from, to) => this.addRange(client, from, to))
  }

  /** All of it, as flat triples. */
  entries(): number[] {
    const all: number[] = []
    for (const [client, ranges] of this.rangesByClient)
      for (let i = 0; i < ranges.length; i += 2) all.push(client, ranges[i] ?? 0, ranges[i + 1] ?? 0)
    return all
  }

  private addRange(client: number, from: number, to: number): void {
    const ranges = this.rangesByClient.get(client)
    if (!ranges) {
      this.rangesByClient.set(client, [from, to])
      return
    }
    // Everything that touches the range melts into it.
    const first = firstEndingAt(ranges, from)
    let last = first
    let start = from
    let end = to
    for (; last < ranges.length && (ranges[last] ?? 0) <= to; last += 2) {
      start = Math.min(start, ranges[last] ?? 0)
      end = Math.max(end, ranges[last + 1] ?? 0)
    }
    if (last - first === 2) {
      ranges[first] = start
      ranges[first + 1] = end
    } else ranges.splice(first, last - first, start, end)
  }
}

export function writeDeletions(encoder: Encoder, deletions: readonly number[]): void {
  const rangesByClient = new Map<number, number[]>()
  eachTriple(deletions, (client, from, to) => {
    const ranges = rangesByClient.get(client)
    if (ranges) ranges.push(from, to - from)
    else rangesByClient.set(client, [from, to - from])
  })
  writeVarUint(encoder, rangesByClient.size)
  for (const [client, ranges] of rangesByClient) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, ranges.length / 2)
    for (const value of ranges) writeVarUint(encoder, value)
  }
}

/** An update that only deletes. */
export function deletionsToUpdate(deletions: readonly number[]): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeDeletions(encoder, deletions)
  return toUint8Array(encoder)
}

export function eachTriple(
  flat: readonly number[],
  visit: (first: number, second: number, third: number) => void,
): void {
  for (let i = 0; i < flat.length; i += 3) visit(flat[i] ?? 0, flat[i + 1] ?? 0, flat[i + 2] ?? 0)
}

function firstEndingAt(ranges: readonly number[], clock: number): number {
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle * 2 + 1] ?? 0) < clock) low = middle + 1
    else high = middle
  }
  return low * 2
}
