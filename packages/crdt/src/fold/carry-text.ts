/** A late edit of a text, known as the text before and after it, is repeated on a text that may have gone on since. */
import type { Text } from 'yjs'

interface Splice {
  readonly at: number
  readonly removed: number
  readonly insert: string
}

/** Every character that either side put in stays; a late removal takes only what the text still has from before. */
export function carryText(before: string, after: string, there: Text): void {
  const late = spliceBetween(before, after)
  const current = there.toJSON()
  const since = spliceBetween(before, current)
  const shift = current.length - before.length
  const end = late.at + late.removed
  const tail = Math.max(late.at, since.at + since.removed)
  if (end > tail) there.delete(tail + shift, end - tail)
  const isAhead = late.at <= since.at
  const at = isAhead ? late.at : Math.max(late.at, since.at + since.removed) + shift
  if (late.insert) there.insert(at, late.insert)
  const head = Math.min(end, since.at)
  if (isAhead && head > late.at) there.delete(late.at + late.insert.length, head - late.at)
}

/** The one splice between two texts, never through a surrogate pair. */
function spliceBetween(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (isHigh(before.charCodeAt(start - 1))) start--
  let tail = 0
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  if (isLow(before.charCodeAt(before.length - tail))) tail--
  return { at: start, removed: before.length - tail - start, insert: after.slice(start, after.length - tail) }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
