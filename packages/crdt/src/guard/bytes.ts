/** Reads the numbers, strings and values of a V1 update from untrusted bytes. Throws `Unreadable` for whatever Yjs never writes. */
import { Unreadable } from './trouble.ts'
import { decodeText, eachUnit, isAscii, unitsOf } from './utf8.ts'

const deepestValue = 64
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

export class Bytes {
  at = 0
  readonly all: Uint8Array
  private readonly lenient: boolean

  constructor(all: Uint8Array, lenient: boolean) {
    this.all = all
    this.lenient = lenient
  }

  byte(): number {
    const value = this.all[this.at]
    if (value === undefined) throw new Unreadable('malformed')
    this.at++
    return value
  }

  uint(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const part = this.byte()
      value += (part & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable('malformed')
      if (part < 128) return value
      factor *= 128
    }
  }

  skip(count: number): void {
    if (count > this.all.length - this.at) throw new Unreadable('malformed')
    this.at += count
  }

  skipBlob(): void {
    this.skip(this.uint())
  }

  /** Returns the length in UTF-16 units. */
  skipText(): number {
    const length = this.uint()
    const from = this.at
    this.skip(length)
    this.check(from)
    return unitsOf(this.all, from, this.at)
  }

  skipString(): void {
    const length = this.uint()
    const from = this.at
    this.skip(length)
    this.check(from)
  }

  string(): string {
    const length = this.uint()
    const from = this.at
    this.skip(length)
    return decodeText(this.all, from, this.at)
  }

  /** What stands before the first such byte, or all. */
  stringBefore(byte: number): string {
    const length = this.uint()
    const from = this.at
    this.skip(length)
    const end = this.all.subarray(from, this.at).indexOf(byte)
    return decodeText(this.all, from, end < 0 ? this.at : from + end)
  }

  /** A key of a map, of an object or of a root: returns where its bytes begin; they end at `at`. */
  skipKey(): number {
    const length = this.uint()
    const from = this.at
    this.skip(length)
    this.check(from)
    if (!this.lenient && isForbidden(this.all, from, this.at)) throw new Unreadable('forbiddenKey')
    return from
  }

  /** Throws for what is not UTF-8. */
  private check(from: number): void {
    if (!this.lenient && !isAscii(this.all, from, this.at)) eachUnit(this.all, from, this.at, () => undefined)
  }

  skipJson(): void {
    const text = this.string()
    if (text === 'undefined') return
    if (depthOf(text) > deepestValue) throw new Unreadable('malformed')
    try {
      JSON.parse(text, (key, value: unknown) => {
        if (!this.lenient && forbidden.has(key)) throw new Unreadable('forbiddenKey')
        return value
      })
    } catch (error) {
      throw error instanceof Unreadable ? error : new Unreadable('malformed')
    }
  }

  json(): unknown {
    const text = this.string()
    return text === 'undefined' ? undefined : (JSON.parse(text) as unknown)
  }

  /** Skips one value of lib0's `any` encoding. */
  skipAny(depth = 0): void {
    if (depth > deepestValue) throw new Unreadable('malformed')
    switch (this.byte()) {
      case 127:
      case 126:
      case 121:
      case 120:
        return
      case 125:
        this.signed()
        return
      case 124:
        return this.skip(4)
      case 123:
      case 122:
        return this.skip(8)
      case 119:
        this.skipString()
        return
      case 118:
        for (let left = this.uint(); left > 0; left--) {
          this.skipKey()
          this.skipAny(depth + 1)
        }
        return
      case 117:
        for (let left = this.uint(); left > 0; left--) this.skipAny(depth + 1)
        return
      case 116:
        return this.skipBlob()
      default:
        throw new Unreadable('unknownContent')
    }
  }

  /** One value; only where `skipAny` has passed. */
  any(): unknown {
    switch (this.byte()) {
      case 126:
        return null
      case 125:
        return this.signed()
      case 124:
        return this.float(4)
      case 123:
        return this.float(8)
      case 122:
        return this.bigint()
      case 121:
        return false
      case 120:
        return true
      case 119:
        return this.string()
      case 118: {
        const object: Record<string, unknown> = {}
        for (let left = this.uint(); left > 0; left--) {
          const key = this.string()
          object[key] = this.any()
        }
        return object
      }
      case 117:
        return Array.from({ length: this.uint() }, () => this.any())
      case 116: {
        const length = this.uint()
        this.skip(length)
        return this.all.slice(this.at - length, this.at)
      }
      default:
        return undefined
    }
  }

  private signed(): number {
    let part = this.byte()
    let value = part & 63
    const sign = (part & 64) === 0 ? 1 : -1
    let factor = 64
    while (part >= 128) {
      part = this.byte()
      value += (part & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable('malformed')
      factor *= 128
    }
    return sign * value
  }

  private float(size: 4 | 8): number {
    const view = new DataView(this.all.buffer, this.all.byteOffset + this.at, size)
    this.skip(size)
    return size === 4 ? view.getFloat32(0) : view.getFloat64(0)
  }

  private bigint(): bigint {
    const view = new DataView(this.all.buffer, this.all.byteOffset + this.at, 8)
    this.skip(8)
    return view.getBigInt64(0)
  }
}

function isForbidden(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from
  if (length !== 9 && length !== 11) return false
  const text = decodeText(bytes, from, to)
  return forbidden.has(text)
}

/** How deep brackets nest outside strings; whether it is JSON at all is for the parser to say. */
function depthOf(text: string): number {
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
