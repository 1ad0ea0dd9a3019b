/** Reads the number, string and value encodings of a V1 update from untrusted bytes without building values. Knows nothing of structs. */
import { isUtf8 } from 'node:buffer'

/** Thrown inside this folder only; `scanUpdate` turns it into a value. */
export class MalformedBytes extends Error {}

const deepestValue = 64

export class ByteReader {
  at = 0
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get done(): boolean {
    return this.at === this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.at]
    if (value === undefined) throw new MalformedBytes('bytes end too early')
    this.at++
    return value
  }

  uint(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const part = this.byte()
      value += (part & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('number too large')
      if (part < 128) return value
      factor *= 128
    }
  }

  skip(count: number): void {
    if (count > this.bytes.length - this.at) throw new MalformedBytes('bytes end too early')
    this.at += count
  }

  blob(): Uint8Array {
    const length = this.uint()
    const start = this.at
    this.skip(length)
    return this.bytes.subarray(start, this.at)
  }

  /** Skips a string; returns its length in UTF-16 units. */
  string(): number {
    const length = this.uint()
    const start = this.at
    this.skip(length)
    let units = length
    let plain = true
    for (let at = start; at < this.at; at++) {
      const byte = this.bytes[at] ?? 0
      if (byte < 0x80) continue
      plain = false
      // A continuation byte adds no unit; a four-byte character is two units.
      if (byte < 0xc0) units--
      else if (byte >= 0xf0) units++
    }
    if (!plain && !isUtf8(this.bytes.subarray(start, this.at))) throw new MalformedBytes('not UTF-8')
    return units
  }

  json(): void {
    const start = this.at
    this.string()
    const text = new TextDecoder().decode(new ByteReader(this.bytes.subarray(start, this.at)).blob())
    if (text === 'undefined') return
    if (depthOfJson(text) > deepestValue) throw new MalformedBytes('value nested too deeply')
    try {
      JSON.parse(text)
    } catch {
      throw new MalformedBytes('not JSON')
    }
  }

  /** Skips one value of lib0's `any` encoding. */
  any(depth = 0): void {
    if (depth > deepestValue) throw new MalformedBytes('value nested too deeply')
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return
      case 125: // integer: one byte of 6 bits, then bytes of 7
        return this.signed()
      case 124:
        return this.skip(4)
      case 123:
      case 122:
        return this.skip(8)
      case 119:
        this.string()
        return
      case 118: {
        for (let left = this.uint(); left > 0; left--) {
          this.string()
          this.any(depth + 1)
        }
        return
      }
      case 117: {
        for (let left = this.uint(); left > 0; left--) this.any(depth + 1)
        return
      }
      case 116:
        this.blob()
        return
      default:
        throw new MalformedBytes('unknown kind of value')
    }
  }

  private signed(): void {
    let part = this.byte()
    let value = part & 63
    let factor = 64
    while (part >= 128) {
      part = this.byte()
      value += (part & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('number too large')
      factor *= 128
    }
  }
}

/** How deep brackets nest, outside strings; what they are worth is for the parser to say. */
function depthOfJson(text: string): number {
  let depth = 0
  let deepest = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]
    if (isInString) {
      if (unit === '\\') at++
      else if (unit === '"') isInString = false
    } else if (unit === '"') isInString = true
    else if (unit === '[' || unit === '{') deepest = Math.max(deepest, ++depth)
    else if (unit === ']' || unit === '}') depth--
  }
  return deepest
}
