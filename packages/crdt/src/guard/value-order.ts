/** The order of Yjs among the values of one key that were written without knowing each other; the last one counts. */
import type { DocumentIndex } from './document-index.ts'
import { none, type Item, type Seat } from './places.ts'
import { Unreadable } from './trouble.ts'

export interface ValuePlace {
  readonly left: Item
  readonly next: Item
  /** How many values were looked at. */
  readonly looked: number
}

/** Where a new value goes whose author had seen `origin` as the last. */
export function valuePlace(index: DocumentIndex, client: number, seat: Seat, origin: Item, most: number): ValuePlace {
  const last = index.lastOf(seat)
  if (last === origin) return { left: last, next: none, looked: 0 }
  const later: Item[] = []
  for (let at = last; at !== origin && at !== none; at = index.beforeOf(at)) {
    later.push(at)
    if (later.length > most) throw new Unreadable('tooLarge')
  }
  later.reverse()
  const left = leftOf(index, client, later, origin)
  const next = left === last ? none : later[left === origin ? 0 : later.indexOf(left) + 1]
  return { left, next: next ?? none, looked: later.length }
}

function leftOf(index: DocumentIndex, client: number, later: readonly Item[], origin: Item): Item {
  let left = origin
  const before = new Set<Item>()
  const conflicting = new Set<Item>()
  for (const other of later) {
    before.add(other)
    conflicting.add(other)
    const seen = index.originOf(other)
    if (seen === origin) {
      if ((index.clientOf(other)?.id ?? 0) >= client) break
      left = other
      conflicting.clear()
    } else if (seen !== none && before.has(seen)) {
      if (conflicting.has(seen)) continue
      left = other
      conflicting.clear()
    } else break
  }
  return left
}
