/** Places the structs of one update, each after what it depends on, as Yjs would; and takes away what the update deletes. */
import { Bytes } from './bytes.ts'
import type { Client, DocumentIndex } from './document-index.ts'
import { none, nowhere, type Item, type Seat } from './places.ts'
import { kinds, type ReadLimits, type Scan, type Section } from './scan.ts'
import { emptyHead, joinPrints, printOf, readHead } from './struct.ts'
import { Unreadable } from './trouble.ts'
import { decodeText } from './utf8.ts'
import { valuePlace } from './value-order.ts'

/** Hears what the update brings. */
export interface Witness {
  /** Before anything changes at a key. */
  key(seat: Seat): void
  /** Clocks that were not known: of one list, or one value of a key. The content's units begin at `from`. */
  added(
    client: Client,
    clock: number,
    length: number,
    seat: Seat,
    item: Item,
    kind: number,
    content: number,
    from: number,
  ): void
  /** Elements of a list that were there before. Left out by who does not ask what is deleted. */
  removed?(client: Client, from: number, to: number, seat: Seat): void
}

interface Cursor {
  readonly section: Section
  next: number
  /** Waits, further down, for the one that waits for it. */
  open: boolean
}

export function integrate(
  bytes: Uint8Array,
  { sections, deletions }: Scan,
  index: DocumentIndex,
  limits: ReadLimits,
  witness: Witness | undefined,
): void {
  const reader = new Bytes(bytes, limits.lenient)
  const head = emptyHead()
  const cursors = new Map<number, Cursor>()
  const known = new Map<number, number>()
  let steps = limits.steps
  for (const section of sections) {
    cursors.set(section.client, { section, next: 0, open: false })
    known.set(section.client, index.nextOf(section.client))
  }
  /** Several values of a key in one struct: Yjs joins them only once they are deleted. */
  const joined: Item[] = []
  for (const cursor of cursors.values()) run(cursor)
  deleteAll()
  if (!limits.lenient && joined.some((item) => !index.isItemDeleted(item))) throw new Unreadable('neighbours')

  function run(first: Cursor): void {
    const stack: { readonly cursor: Cursor; readonly until: number }[] = [{ cursor: first, until: Infinity }]
    first.open = true
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const needed = advance(top.cursor, top.until)
      if (needed === undefined) {
        top.cursor.open = false
        stack.pop()
        continue
      }
      const wanted = cursors.get(needed.client)
      if (!wanted || wanted.open || needed.clock >= (wanted.section.clocks.at(-1) ?? 0)) throw new Unreadable('gap')
      wanted.open = true
      stack.push({ cursor: wanted, until: needed.clock })
    }
  }

  function advance(cursor: Cursor, until: number): { client: number; clock: number } | undefined {
    const { client: id, clocks, offsets } = cursor.section
    const client = index.client(id)
    for (; cursor.next < offsets.length && (clocks[cursor.next] ?? 0) <= until; cursor.next++) {
      const clock = clocks[cursor.next] ?? 0
      const end = clocks[cursor.next + 1] ?? 0
      if (clock > client.next) throw new Unreadable('gap')
      readHead(reader, offsets[cursor.next] ?? 0, head)
      if (head.kind !== kinds.gone) {
        const missing =
          missingOf(head.originClient, head.originClock, id, clock) ??
          missingOf(head.rightClient, head.rightClock, id, clock) ??
          missingOf(head.parentClient, head.parentClock, id, clock)
        if (missing) return missing
      }
      place(client, clock, end)
    }
    return undefined
  }

  function missingOf(
    client: number,
    clock: number,
    own: number,
    before: number,
  ): { client: number; clock: number } | undefined {
    if (client < 0) return undefined
    if (client === own && clock >= before) throw new Unreadable('malformed')
    return clock < index.nextOf(client) ? undefined : { client, clock }
  }

  function place(client: Client, clock: number, end: number): void {
    const origin = head.originClient < 0 ? none : index.itemAt(index.client(head.originClient), head.originClock)
    const seat = head.kind === kinds.gone ? nowhere : seatOf(origin)
    const content = head.content
    const kind = head.kind
    const seen = Math.min(client.next, end)
    if (clock < seen && !limits.lenient) compare(client, clock, seen, seat, kind, content)
    if (seen === end) return
    const from = seen - clock
    if (from > 0 && kind !== kinds.gone && !limits.lenient && !stands(client, seen - 1)) throw new Unreadable('gap')
    if (seat !== nowhere && index.places.isKey(seat)) {
      witness?.key(seat)
      const before = from > 0 ? index.itemAt(client, seen - 1) : origin
      addValues(client, seen, end, seat, before, kind, content, from)
    } else addElements(client, seen, end, seat, kind, content, from)
  }

  /** Yjs breaks on a struct of which it has the beginning and has thrown it away; told what is known, its author sends only the rest. */
  function stands(client: Client, clock: number): boolean {
    const seat = index.seatOf(index.itemAt(client, clock))
    return seat !== nowhere && index.isLive(index.places.containerOf(seat))
  }

  function seatOf(origin: Item): Seat {
    const right = head.rightClient < 0 ? none : index.itemAt(index.client(head.rightClient), head.rightClock)
    if (origin !== none || right !== none) {
      const left = origin === none ? none : index.seatOf(origin)
      const after = right === none ? none : index.seatOf(right)
      const seat = left === none ? after : left
      // Both stand in one place, which is gone for both or for neither; and nobody writes a value of a key in front of another.
      const isOdd = right !== none && (origin === none ? index.places.isKey(seat) : !isSamePlace(left, after))
      if (isOdd && !limits.lenient) throw new Unreadable('neighbours')
      if (left === nowhere || after === nowhere) return nowhere
      return seat
    }
    const container = containerOf()
    if (container === undefined) return nowhere
    return head.keyFrom < 0
      ? index.places.list(container)
      : index.places.key(container, bytes, head.keyFrom, head.keyTo)
  }

  function isSamePlace(left: Seat, right: Seat): boolean {
    if (left === right) return left === nowhere || !index.places.isKey(left)
    const known = left === nowhere ? right : left
    return (left === nowhere || right === nowhere) && !index.isLive(index.places.containerOf(known))
  }

  function containerOf(): number | undefined {
    if (head.rootFrom >= 0) return index.places.root(decodeText(bytes, head.rootFrom, head.rootTo))
    const item = index.itemAt(index.client(head.parentClient), head.parentClock)
    const type = index.places.typeOf(item)
    if (type !== undefined) return type
    if (index.seatOf(item) === nowhere) return undefined
    // Thrown away before it came here: what stood in it is nothing any more.
    const isGone = index.printOf(item) === 0 && index.isDeleted(index.client(head.parentClient), head.parentClock)
    if (isGone || limits.lenient) return undefined
    throw new Unreadable('orphan')
  }

  function addElements(
    client: Client,
    clock: number,
    end: number,
    seat: Seat,
    kind: number,
    content: number,
    from: number,
  ): void {
    const length = end - clock
    const print = printOf(reader, kind, content, from, from + length)
    const open = kind === kinds.type ? none : index.openEnd(client, seat)
    let item = open
    if (open === none) item = index.addItem(client, length, seat, print)
    else index.extend(client, open, length, joinPrints(index.printOf(open), print, length))
    if (kind === kinds.type) addType(item, seat)
    if (kind === kinds.deleted) index.delete(client, clock, end)
    witness?.added(client, clock, length, seat, item, kind, content, from)
  }

  function addValues(
    client: Client,
    clock: number,
    end: number,
    seat: Seat,
    before: Item,
    kind: number,
    content: number,
    from: number,
  ): void {
    if (end - clock > limits.steps) throw new Unreadable('tooLarge')
    let origin = before
    for (let at = clock; at < end; at++) {
      const unit = from + at - clock
      const item = index.addItem(client, 1, seat, printOf(reader, kind, content, unit, unit + 1))
      if (kind === kinds.type) addType(item, seat)
      if (kind === kinds.deleted) index.delete(client, at, at + 1)
      linkValue(client, item, seat, origin)
      witness?.added(client, at, 1, seat, item, kind, content, unit)
      origin = item
    }
    if (end - clock > 1) joined.push(origin)
  }

  function addType(item: Item, seat: Seat): void {
    if (seat === nowhere) return
    if (index.places.depthOf(index.places.containerOf(seat)) >= limits.nesting) throw new Unreadable('nesting')
    index.places.addType(item, seat)
  }

  function linkValue(client: Client, item: Item, seat: Seat, origin: Item): void {
    const { left, next, looked } = valuePlace(index, client.id, seat, origin, steps)
    steps -= looked
    index.link(item, left, next, origin)
    if (next !== none) index.deleteItem(item)
    else if (left !== none) index.deleteItem(left)
  }

  /** What is known already must say the same; of what was deleted before it came nobody can tell. */
  function compare(client: Client, clock: number, end: number, seat: Seat, kind: number, content: number): void {
    for (let position = index.positionAt(client, clock); position < client.items.length; position++) {
      const item = client.items.get(position)
      const begin = index.clockOf(item)
      const after = position + 1 < client.items.length ? index.clockOf(client.items.get(position + 1)) : client.next
      if (begin >= end) break
      const known = index.seatOf(item)
      if (seat !== known && seat !== nowhere && known !== nowhere) throw new Unreadable('equivocation')
      if (kind <= kinds.deleted || begin < clock || after > end) continue
      const print = index.printOf(item)
      if (print !== 0 && print !== printOf(reader, kind, content, begin - clock, after - clock))
        throw new Unreadable('equivocation')
    }
  }

  function deleteAll(): void {
    for (let at = 0; at < deletions.length; at += 3) {
      const id = deletions[at] ?? 0
      const from = deletions[at + 1] ?? 0
      const to = deletions[at + 2] ?? 0
      if (to > index.nextOf(id)) throw new Unreadable('unborn')
      deleteRange(index.client(id), from, to, known.get(id) ?? index.nextOf(id))
    }
  }

  function deleteRange(client: Client, from: number, to: number, fresh: number): void {
    if (!witness?.removed) return index.delete(client, from, to)
    const gone: number[] = []
    index.eachLive(client, from, to, (from, to) => gone.push(from, to))
    for (let at = 0; at < gone.length; at += 2) {
      const begin = gone[at] ?? 0
      const end = gone[at + 1] ?? 0
      for (let position = index.positionAt(client, begin); position < client.items.length; position++) {
        const item = client.items.get(position)
        const first = Math.max(begin, index.clockOf(item))
        const after = position + 1 < client.items.length ? index.clockOf(client.items.get(position + 1)) : client.next
        if (first >= end) break
        const seat = index.seatOf(item)
        if (seat !== nowhere && index.places.isKey(seat)) witness.key(seat)
        else if (seat !== nowhere && first < fresh) witness.removed(client, first, Math.min(after, end, fresh), seat)
      }
      index.delete(client, begin, end)
    }
  }
}
