/** Which clocks of which client are known to be deleted. Knows nothing of updates in transit. */
import { createEncoder, toUint8Array, writeVarUint, type Encoder } from 'lib0/encoding'

export class DeleteSet {
  /** Per client: first clock and clock after the last, flat, sorted, never touching. */
  private readonly rangesByClient = new Map<number, number[]>()

  /** Those parts of what `mergeRanges` returned that are not in the set, in the same form. */
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

  /** Linear in the deletions and the ranges between the first and the last of them, whatever their order. */
  add(deletions: readonly number[]): void {
    for (const [client, added] of rangesOf(deletions)) {
      const ranges = this.rangesByClient.get(client)
      if (ranges) this.rangesByClient.set(client, addRanges(ranges, added))
      else this.rangesByClient.set(client, added)
    }
  }

  /** All of it, as flat triples. */
  entries(): number[] {
    const all: number[] = []
    for (const [client, ranges] of this.rangesByClient)
      for (let i = 0; i < ranges.length; i += 2) all.push(client, ranges[i] ?? 0, ranges[i + 1] ?? 0)
    return all
  }
}

/** The same deletions as flat triples that are sorted within each client and never touch. */
export function mergeRanges(deletions: readonly number[]): number[] {
  const merged: number[] = []
  for (const [client, ranges] of rangesOf(deletions))
    for (let i = 0; i < ranges.length; i += 2) merged.push(client, ranges[i] ?? 0, ranges[i + 1] ?? 0)
  return merged
}

/** Per client: sorted and melted. */
function rangesOf(deletions: readonly number[]): Map<number, number[]> {
  const pairsByClient = new Map<number, [from: number, to: number][]>()
  eachTriple(deletions, (client, from, to) => {
    const pairs = pairsByClient.get(client)
    if (pairs) pairs.push([from, to])
    else pairsByClient.set(client, [[from, to]])
  })
  const rangesByClient = new Map<number, number[]>()
  for (const [client, pairs] of pairsByClient) {
    const ranges: number[] = []
    for (const [from, to] of pairs.toSorted(([a], [b]) => a - b)) melt(ranges, from, to)
    rangesByClient.set(client, ranges)
  }
  return rangesByClient
}

/** Appends a range that begins no earlier than the last; what touches becomes one. */
function melt(ranges: number[], from: number, to: number): void {
  const last = ranges.length - 1
  if (last > 0 && from <= (ranges[last] ?? 0)) ranges[last] = Math.max(ranges[last] ?? 0, to)
  else ranges.push(from, to)
}

/** Both sorted; merges only where they meet. */
function addRanges(ranges: number[], added: readonly number[]): number[] {
  const begin = firstEndingAt(ranges, added[0] ?? 0)
  const until = added.at(-1) ?? 0
  const window: number[] = []
  let at = begin
  for (let i = 0; i < added.length; i += 2) {
    const from = added[i] ?? 0
    for (; at < ranges.length && (ranges[at] ?? 0) <= from; at += 2) melt(window, ranges[at] ?? 0, ranges[at + 1] ?? 0)
    melt(window, from, added[i + 1] ?? 0)
  }
  for (; at < ranges.length && (ranges[at] ?? 0) <= Math.max(until, window.at(-1) ?? 0); at += 2)
    melt(window, ranges[at] ?? 0, ranges[at + 1] ?? 0)
  // One by one is how people delete: nothing moves then.
  if (window.length === at - begin) {
    for (const [index, value] of window.entries()) ranges[begin + index] = value
    return ranges
  }
  return [...ranges.slice(0, begin), ...window, ...ranges.slice(at)]
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
