/** Tables of numbers and names that grow, and shrink again when an update is not taken; a fraction of what objects would take. */

export class Column {
  private numbers: Int32Array
  length = 0

  constructor(room = 16) {
    this.numbers = new Int32Array(room)
  }

  get(at: number): number {
    return this.numbers[at] ?? 0
  }

  set(at: number, value: number): void {
    this.numbers[at] = value
  }

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const grown = new Int32Array(Math.ceil(this.length * 1.5))
      grown.set(this.numbers)
      this.numbers = grown
    }
    this.numbers[this.length++] = value
  }

  get bytes(): number {
    return this.numbers.byteLength
  }
}

/** Names as bytes, numbered in the order in which they came; a name belongs to an owner, and each owner may have the same. */
export class Names {
  text: Uint8Array = new Uint8Array(256)
  private used = 0
  private readonly ends = new Column()
  private readonly owners = new Column()
  private table: Int32Array = new Int32Array(64).fill(-1)

  get length(): number {
    return this.ends.length
  }

  /** -1 when there is none. */
  find(owner: number, bytes: Uint8Array, from: number, to: number): number {
    for (let at = this.slotOf(owner, bytes, from, to); ; at = (at + 1) & (this.table.length - 1)) {
      const name = this.table[at] ?? -1
      if (name < 0 || this.isSame(name, owner, bytes, from, to)) return name
    }
  }

  add(owner: number, bytes: Uint8Array, from: number, to: number): number {
    const name = this.ends.length
    const end = this.used + to - from
    if (end > this.text.length) {
      const grown = new Uint8Array(Math.max(end, Math.ceil(this.text.length * 1.5)))
      grown.set(this.text.subarray(0, this.used))
      this.text = grown
    }
    for (let at = from; at < to; at++) this.text[this.used++] = bytes[at] ?? 0
    this.ends.push(end)
    this.owners.push(owner)
    if (this.ends.length * 4 > this.table.length * 3) this.rehash(this.table.length * 2)
    else this.enter(name)
    return name
  }

  /** A number without a name, which nobody finds. */
  addNameless(owner: number): number {
    this.ends.push(this.used)
    this.owners.push(~owner)
    return this.ends.length - 1
  }

  ownerOf(name: number): number {
    const owner = this.owners.get(name)
    return owner < 0 ? ~owner : owner
  }

  isNameless(name: number): boolean {
    return this.owners.get(name) < 0
  }

  /** Where the bytes of a name stand in `text`. */
  startOf(name: number): number {
    return name === 0 ? 0 : this.ends.get(name - 1)
  }

  endOf(name: number): number {
    return this.ends.get(name)
  }

  /** Forgets all from this number on. */
  cut(length: number): void {
    for (let name = this.ends.length - 1; name >= length; name--) {
      if (this.isNameless(name)) continue
      const from = this.startOf(name)
      const to = this.endOf(name)
      let at = this.slotOf(this.ownerOf(name), this.text, from, to)
      // Later names went in after it, so that nothing is looked for beyond the place that gets empty.
      for (let left = this.table.length; left > 0 && (this.table[at] ?? -1) !== name; left--)
        at = (at + 1) & (this.table.length - 1)
      if (this.table[at] === name) this.table[at] = -1
      this.used = from
    }
    this.ends.length = length
    this.owners.length = length
  }

  get bytes(): number {
    return this.text.byteLength + this.ends.bytes + this.owners.bytes + this.table.byteLength
  }

  private rehash(size: number): void {
    this.table = new Int32Array(size).fill(-1)
    for (let name = 0; name < this.ends.length; name++) if (!this.isNameless(name)) this.enter(name)
  }

  private enter(name: number): void {
    let at = this.slotOf(this.ownerOf(name), this.text, this.startOf(name), this.endOf(name))
    while ((this.table[at] ?? -1) >= 0) at = (at + 1) & (this.table.length - 1)
    this.table[at] = name
  }

  private slotOf(owner: number, bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5 ^ owner
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
    return (hash ^ (hash >>> 15)) & (this.table.length - 1)
  }

  private isSame(name: number, owner: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(name)
    if (this.ownerOf(name) !== owner || this.endOf(name) - start !== to - from) return false
    for (let at = 0; at < to - from; at++) if (this.text[start + at] !== bytes[from + at]) return false
    return true
  }
}
