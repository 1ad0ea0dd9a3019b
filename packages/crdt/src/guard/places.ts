/** The places of a document: roots and the types inside them, and of each the keys and the one list of elements. Knows nothing of what stands there. */
import { Names } from './columns.ts'
import { decodeText } from './utf8.ts'

/** Where a struct stands: at a key, or among the elements of a list or text. */
export type Seat = number
export type Container = number
/** One struct of a key, or a run of clocks of one list. */
export type Item = number

/** What stands nowhere: its place was thrown away before it came. */
export const nowhere: Seat = 0
export const none: Item = -1

interface Holder {
  /** Undefined for a type that stands in another. */
  readonly root: string | undefined
  /** The item that is the type. */
  readonly item: Item
  readonly depth: number
  /** The seat of its elements, once it has some. */
  list: Seat | undefined
}

export interface PlacesMark {
  readonly seats: number
  readonly containers: number
}

export class Places {
  private readonly seats = new Names()
  private readonly containers: Holder[] = []
  private readonly containerByRoot = new Map<string, Container>()
  private readonly containerByItem = new Map<Item, Container>()
  /** Containers that got a list since the mark. */
  private listed: Container[] | undefined

  constructor() {
    this.seats.addNameless(0)
  }

  /** Of all seats there are. */
  get length(): number {
    return this.seats.length
  }

  root(name: string): Container {
    const known = this.containerByRoot.get(name)
    if (known !== undefined) return known
    this.containerByRoot.set(name, this.containers.length)
    return this.containers.push({ root: name, item: none, depth: 0, list: undefined }) - 1
  }

  findRoot(name: string): Container | undefined {
    return this.containerByRoot.get(name)
  }

  /** The type that this item is. */
  typeOf(item: Item): Container | undefined {
    return this.containerByItem.get(item)
  }

  isType(item: Item): boolean {
    return this.containerByItem.has(item)
  }

  addType(item: Item, seat: Seat): void {
    this.containerByItem.set(item, this.containers.length)
    this.containers.push({ root: undefined, item, depth: this.depthOf(this.containerOf(seat)) + 1, list: undefined })
  }

  depthOf(container: Container): number {
    return this.containers[container]?.depth ?? 0
  }

  rootName(container: Container): string | undefined {
    return this.containers[container]?.root
  }

  itemOf(container: Container): Item {
    return this.containers[container]?.item ?? none
  }

  key(container: Container, bytes: Uint8Array, from: number, to: number): Seat {
    const known = this.seats.find(container, bytes, from, to)
    return known >= 0 ? known : this.seats.add(container, bytes, from, to)
  }

  findKey(container: Container, bytes: Uint8Array): Seat | undefined {
    const seat = this.seats.find(container, bytes, 0, bytes.length)
    return seat < 0 ? undefined : seat
  }

  list(container: Container): Seat {
    const holder = this.containers[container]
    if (!holder) return nowhere
    if (holder.list === undefined) {
      this.listed?.push(container)
      holder.list = this.seats.addNameless(container)
    }
    return holder.list
  }

  isKey(seat: Seat): boolean {
    return !this.seats.isNameless(seat)
  }

  keyOf(seat: Seat): string {
    return decodeText(this.seats.text, this.seats.startOf(seat), this.seats.endOf(seat))
  }

  containerOf(seat: Seat): Container {
    return this.seats.ownerOf(seat)
  }

  mark(): PlacesMark {
    this.listed = []
    return { seats: this.seats.length, containers: this.containers.length }
  }

  cut(mark: PlacesMark): void {
    for (const container of this.listed ?? []) {
      const holder = this.containers[container]
      if (holder) holder.list = undefined
    }
    for (const { root, item } of this.containers.slice(mark.containers)) {
      if (root === undefined) this.containerByItem.delete(item)
      else this.containerByRoot.delete(root)
    }
    this.containers.length = mark.containers
    this.seats.cut(mark.seats)
    this.listed = undefined
  }

  keep(): void {
    this.listed = undefined
  }

  get bytes(): number {
    return this.seats.bytes + this.containers.length * 150
  }
}
