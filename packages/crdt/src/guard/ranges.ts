/** Ranges of clocks, flat: first clock and clock after the last, sorted, never touching. */

/** Adds a range; whatever touches becomes one. */
export function addRange(ranges: number[], from: number, to: number): void {
  const end = ranges.length
  const last = ranges[end - 1]
  if (last === undefined || from > last) {
    ranges.push(from, to)
    return
  }
  const begin = firstEndingAt(ranges, from)
  let until = begin
  let first = from
  let after = to
  while (until < end && (ranges[until] ?? 0) <= to) {
    first = Math.min(first, ranges[until] ?? first)
    after = Math.max(after, ranges[until + 1] ?? after)
    until += 2
  }
  if (until === begin) ranges.splice(begin, 0, first, after)
  else {
    ranges[begin] = first
    ranges[begin + 1] = after
    if (until > begin + 2) ranges.splice(begin + 2, until - begin - 2)
  }
}

/** Adds many, sorted among themselves. Linear in both where one by one would move everything for each. */
export function addRanges(ranges: readonly number[], added: readonly number[]): number[] {
  const all: number[] = []
  let at = 0
  for (let next = 0; next < added.length; next += 2) {
    const from = added[next] ?? 0
    for (; at < ranges.length && (ranges[at] ?? 0) <= from; at += 2) addRange(all, ranges[at] ?? 0, ranges[at + 1] ?? 0)
    addRange(all, from, added[next + 1] ?? 0)
  }
  for (; at < ranges.length; at += 2) addRange(all, ranges[at] ?? 0, ranges[at + 1] ?? 0)
  return all
}

export function holds(ranges: readonly number[], clock: number): boolean {
  const at = firstEndingAt(ranges, clock + 1)
  return at < ranges.length && (ranges[at] ?? 0) <= clock
}

/** Calls back with the parts of `from`–`to` that are not in the ranges, in order. */
export function eachMissing(
  ranges: readonly number[],
  from: number,
  to: number,
  take: (from: number, to: number) => void,
): void {
  let next = from
  for (let at = firstEndingAt(ranges, from); at < ranges.length && (ranges[at] ?? 0) < to; at += 2) {
    const begin = ranges[at] ?? 0
    if (begin > next) take(next, begin)
    next = Math.max(next, ranges[at + 1] ?? 0)
  }
  if (to > next) take(next, to)
}

/** Index of the first range that ends at this clock or later. */
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
