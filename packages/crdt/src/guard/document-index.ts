/**
 * What a document holds, as far as one must know to say where a change of it would stand: for each range of clocks its place, for each
 * key the order of its values, and what is deleted. No values; a small part of what a Yjs document takes.
 */
import { Column } from './columns.ts'
import { none, Places, type Container, type Item, type PlacesMark, type Seat } from './places.ts'
import { addRange, addRanges, eachMissing, holds } from './ranges.ts'

export interface Client {
  readonly id: number
  readonly index: number
  /** The clock after the last. */
  next: number
  readonly items: Column
  deleted: number[]
  /** Deleted by the update in hand: ranges, and values of keys one by one. */
  pending: number[]
  readonly values: Set<number>
}

/** Beyond this it pays to go through all that is deleted once. */
const many = 64

export class DocumentIndex {
  readonly places: Places = new Places()
  private readonly clientsById = new Map<number, Client>()
  private readonly clients: Client[] = []
  private readonly itemClient = new Column()
  private readonly itemClock = new Column()
  private readonly itemSeat = new Column()
  /** The item before it at the same key. */
  private readonly itemBefore = new Column()
  /** The item its author saw before it, where that is another. */
  private readonly itemOrigin = new Map<Item, Item>()
  /** Of the content; 0 where it is not known. */
  private readonly itemPrint = new Column()
  /** By seat of a key: its value, unless that is deleted. */
  private readonly lastItem = new Column()
  /** What to put back if the update in hand is not taken; undefined while nothing is in hand. */
  private undo: Undo | undefined

  client(id: number): Client {
    let client = this.clientsById.get(id)
    if (!client) {
      client = {
        id,
        index: this.clients.length,
        next: 0,
        items: new Column(2),
        deleted: [],
        pending: [],
        values: new Set(),
      }
      this.clients.push(client)
      this.clientsById.set(id, client)
    }
    return client
  }

  nextOf(id: number): number {
    return this.clientsById.get(id)?.next ?? 0
  }

  /** The item that holds this clock, which must be known. */
  itemAt(client: Client, clock: number): Item {
    return client.items.get(this.positionAt(client, clock))
  }

  /** Position of that item among the client's. */
  positionAt({ items }: Client, clock: number): number {
    let low = 0
    let high = items.length - 1
    if (this.itemClock.get(items.get(high)) <= clock) return high
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.itemClock.get(items.get(middle)) <= clock) low = middle
      else high = middle - 1
    }
    return low
  }

  clockOf(item: Item): number {
    return this.itemClock.get(item)
  }

  clientOf(item: Item): Client | undefined {
    return this.clients[this.itemClient.get(item)]
  }

  seatOf(item: Item): Seat {
    return this.itemSeat.get(item)
  }

  printOf(item: Item): number {
    return this.itemPrint.get(item)
  }

  beforeOf(item: Item): Item {
    return this.itemBefore.get(item)
  }

  originOf(item: Item): Item {
    return this.itemOrigin.get(item) ?? this.itemBefore.get(item)
  }

  lastOf(seat: Seat): Item {
    return seat < this.lastItem.length ? this.lastItem.get(seat) : none
  }

  /** False for a type that was deleted or replaced, and everything in it. */
  isLive(container: Container): boolean {
    for (let at = container; ; at = this.places.containerOf(this.itemSeat.get(this.places.itemOf(at)))) {
      const item = this.places.itemOf(at)
      if (item === none) return true
      if (this.isItemDeleted(item)) return false
    }
  }

  /** Appends the client's next clocks as an item of their own. */
  addItem(client: Client, length: number, seat: Seat, print: number): Item {
    this.undo?.note(client, this.lastPrint(client))
    const item = this.itemClock.length
    this.itemClient.push(client.index)
    this.itemClock.push(client.next)
    this.itemSeat.push(seat)
    this.itemBefore.push(none)
    this.itemPrint.push(print)
    client.items.push(item)
    client.next += length
    return item
  }

  /** The client's last item if more of the same list can be joined to it. */
  openEnd({ items }: Client, seat: Seat): Item {
    const last = items.length > 0 ? items.get(items.length - 1) : none
    return last !== none && this.itemSeat.get(last) === seat && !this.places.isType(last) ? last : none
  }

  extend(client: Client, last: Item, length: number, print: number): void {
    this.undo?.note(client, this.lastPrint(client))
    this.itemPrint.set(last, print)
    client.next += length
  }

  /** Puts an item after another of its key, and before `next` if there is one. */
  link(item: Item, before: Item, next: Item, origin: Item): void {
    this.itemBefore.set(item, before)
    if (origin !== before) this.setOrigin(item, origin)
    if (next === none) {
      const seat = this.itemSeat.get(item)
      while (this.lastItem.length <= seat) this.lastItem.push(none)
      this.undo?.lasts.push(seat, this.lastItem.get(seat))
      this.lastItem.set(seat, item)
      return
    }
    if (!this.itemOrigin.has(next)) this.setOrigin(next, before)
    this.undo?.befores.push(next, before)
    this.itemBefore.set(next, item)
  }

  isDeleted(client: Client, clock: number): boolean {
    return holds(client.deleted, clock) || client.values.has(clock) || holds(client.pending, clock)
  }

  isItemDeleted(item: Item): boolean {
    const client = this.clientOf(item)
    return client === undefined || this.isDeleted(client, this.itemClock.get(item))
  }

  delete(client: Client, from: number, to: number): void {
    this.undo?.deleting.add(client)
    addRange(this.undo ? client.pending : client.deleted, from, to)
  }

  deleteItem(item: Item): void {
    const client = this.clientOf(item)
    const clock = this.itemClock.get(item)
    if (!client) return
    if (!this.undo) return addRange(client.deleted, clock, clock + 1)
    this.undo.deleting.add(client)
    client.values.add(clock)
  }

  /** Calls back with the parts that are not deleted, in order. */
  eachLive(client: Client, from: number, to: number, take: (from: number, to: number) => void): void {
    const { deleted, pending, values } = client
    eachMissing(deleted, from, to, (from, to) =>
      eachMissing(pending, from, to, (from, to) => {
        if (values.size === 0) return take(from, to)
        let next = from
        for (let clock = from; clock < to; clock++) {
          if (!values.has(clock)) continue
          if (clock > next) take(next, clock)
          next = clock + 1
        }
        if (to > next) take(next, to)
      }),
    )
  }

  /** From here on everything can be forgotten again. */
  begin(): void {
    this.undo = new Undo(this.places.mark(), this.itemClock.length, this.clients.length)
  }

  keep(): void {
    for (const client of this.undo?.deleting ?? []) keepDeletions(client)
    this.places.keep()
    this.undo = undefined
  }

  forget(): void {
    const { undo } = this
    this.undo = undefined
    if (!undo) return
    for (const client of undo.deleting) forgetDeletions(client)
    for (let at = undo.befores.length - 2; at >= 0; at -= 2)
      this.itemBefore.set(undo.befores[at] ?? 0, undo.befores[at + 1] ?? 0)
    for (let at = undo.lasts.length - 2; at >= 0; at -= 2)
      this.lastItem.set(undo.lasts[at] ?? 0, undo.lasts[at + 1] ?? 0)
    for (const item of undo.origins) this.itemOrigin.delete(item)
    for (const [client, { next, items, print }] of undo.touched) {
      client.next = next
      client.items.length = items
      if (items > 0) this.itemPrint.set(client.items.get(items - 1), print)
    }
    for (const column of [this.itemClient, this.itemClock, this.itemSeat, this.itemBefore, this.itemPrint])
      column.length = undo.items
    this.places.cut(undo.places)
    this.lastItem.length = Math.min(this.lastItem.length, undo.places.seats)
    for (const { id } of this.clients.slice(undo.clients)) this.clientsById.delete(id)
    this.clients.length = undo.clients
  }

  /** Of all tables, about. */
  get bytes(): number {
    const columns = [this.itemClient, this.itemClock, this.itemSeat, this.itemBefore, this.itemPrint, this.lastItem]
    const ofClients = this.clients.reduce((sum, { items, deleted }) => sum + items.bytes + deleted.length * 8 + 300, 0)
    return columns.reduce((sum, column) => sum + column.bytes, this.places.bytes + ofClients)
  }

  private setOrigin(item: Item, origin: Item): void {
    this.undo?.origins.push(item)
    this.itemOrigin.set(item, origin)
  }

  private lastPrint({ items }: Client): number {
    return items.length > 0 ? this.itemPrint.get(items.get(items.length - 1)) : 0
  }
}

function keepDeletions(client: Client): void {
  const { pending, values } = client
  const singles = [...values].sort((a, b) => a - b).flatMap((clock) => [clock, clock + 1])
  for (const added of [pending, singles]) {
    if (added.length > many) client.deleted = addRanges(client.deleted, added)
    else for (let at = 0; at < added.length; at += 2) addRange(client.deleted, added[at] ?? 0, added[at + 1] ?? 0)
  }
  forgetDeletions(client)
}

function forgetDeletions(client: Client): void {
  client.pending = []
  client.values.clear()
}

class Undo {
  readonly touched = new Map<Client, { readonly next: number; readonly items: number; readonly print: number }>()
  readonly deleting = new Set<Client>()
  /** Pairs: a seat and the last item it had. */
  readonly lasts: number[] = []
  /** Pairs: an item and the one that was before it. */
  readonly befores: number[] = []
  readonly origins: Item[] = []
  readonly places: PlacesMark
  readonly items: number
  readonly clients: number

  constructor(places: PlacesMark, items: number, clients: number) {
    this.places = places
    this.items = items
    this.clients = clients
  }

  note(client: Client, print: number): void {
    if (!this.touched.has(client)) this.touched.set(client, { next: client.next, items: client.items.length, print })
  }
}
