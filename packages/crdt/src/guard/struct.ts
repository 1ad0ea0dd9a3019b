/** One struct of an update, read for the second time: what it names, and what its content is. */
import type { Bytes } from './bytes.ts'
import { kinds } from './scan.ts'
import { eachUnit } from './utf8.ts'

/** -1 for a client that is not named. */
export interface StructHead {
  kind: number
  originClient: number
  originClock: number
  rightClient: number
  rightClock: number
  /** Name of a root, if it says in which it stands. */
  rootFrom: number
  rootTo: number
  parentClient: number
  parentClock: number
  /** Where its key stands; -1 for an element of a list. */
  keyFrom: number
  keyTo: number
  /** Where its content begins. */
  content: number
}

export function emptyHead(): StructHead {
  return {
    kind: 0,
    originClient: -1,
    originClock: 0,
    rightClient: -1,
    rightClock: 0,
    rootFrom: -1,
    rootTo: 0,
    parentClient: -1,
    parentClock: 0,
    keyFrom: -1,
    keyTo: 0,
    content: 0,
  }
}

/** Of bytes that were scanned. Reads into `head`, because this is done for every struct of a document. */
export function readHead(reader: Bytes, at: number, head: StructHead): void {
  reader.at = at
  const info = reader.byte()
  head.kind = info & 31
  head.originClient = -1
  head.rightClient = -1
  head.rootFrom = -1
  head.parentClient = -1
  head.keyFrom = -1
  if (head.kind !== kinds.gone) {
    if (info & 128) {
      head.originClient = reader.uint()
      head.originClock = reader.uint()
    }
    if (info & 64) {
      head.rightClient = reader.uint()
      head.rightClock = reader.uint()
    }
    if ((info & 192) === 0) {
      if (reader.uint() === 1) {
        head.rootTo = reader.uint()
        head.rootFrom = reader.at
        reader.at = head.rootTo += reader.at
      } else {
        head.parentClient = reader.uint()
        head.parentClock = reader.uint()
      }
      if (info & 32) {
        head.keyTo = reader.uint()
        head.keyFrom = reader.at
        reader.at = head.keyTo += reader.at
      }
    }
  }
  head.content = reader.at
}

const base = 0x01000193

/** Tells one content from another by 32 bits; 0 when it cannot be told, as of what was deleted before it came. Of the units `from`–`to` of the content at `at`. */
export function printOf(reader: Bytes, kind: number, at: number, from: number, to: number): number {
  reader.at = at
  switch (kind) {
    case kinds.text: {
      const length = reader.uint()
      let print = 0
      let unit = 0
      eachUnit(reader.all, reader.at, reader.at + length, (code) => {
        // Where a pair is cut Yjs puts a sign for either half.
        const sign = code >= 0xd800 && code < 0xe000 ? 0xfffd : code
        if (unit >= from && unit < to) print = (Math.imul(print, base) + sign + 1) | 0
        unit++
      })
      return print || 1
    }
    case kinds.any:
    case kinds.json: {
      reader.uint()
      let print = 0
      for (let unit = 0; unit < to; unit++) {
        const start = reader.at
        if (kind === kinds.any) reader.skipAny()
        else reader.skipJson()
        if (unit >= from) print = (Math.imul(print, base) + hashOf(reader.all, start, reader.at)) | 0
      }
      return print || 1
    }
    case kinds.binary:
    case kinds.embed: {
      const length = reader.uint()
      return hashOf(reader.all, reader.at, reader.at + length) || 1
    }
    case kinds.format:
      reader.skipString()
      reader.skipString()
      return hashOf(reader.all, at, reader.at) || 1
    case kinds.type:
      return hashOf(reader.all, at, at + 1) || 1
    default:
      return 0
  }
}

/** Of two contents, one after the other. */
export function joinPrints(first: number, second: number, length: number): number {
  if (first === 0 || second === 0) return 0
  let power = 1
  let factor = base
  for (let left = length; left > 0; left >>>= 1) {
    if (left & 1) power = Math.imul(power, factor)
    factor = Math.imul(factor, factor)
  }
  return (Math.imul(first, power) + second) | 0 || 1
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), base)
  return hash
}

export type Content =
  | { readonly type: 'values'; readonly values: readonly unknown[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'shared'; readonly shape: 'list' | 'map' | 'text' | 'xml' }
  | { readonly type: 'binary'; readonly bytes: number }
  | { readonly type: 'embed' | 'format' }

/** The units `from`–`to` of the content at `at`; undefined of what was deleted before it came. */
export function readContent(reader: Bytes, kind: number, at: number, from: number, to: number): Content | undefined {
  reader.at = at
  switch (kind) {
    case kinds.text:
      return { type: 'text', text: reader.string().slice(from, to) }
    case kinds.any:
    case kinds.json: {
      reader.uint()
      for (let unit = 0; unit < from; unit++)
        if (kind === kinds.any) reader.skipAny()
        else reader.skipJson()
      const values = Array.from({ length: to - from }, () => (kind === kinds.any ? reader.any() : reader.json()))
      return { type: 'values', values }
    }
    case kinds.type: {
      const shape = (['list', 'map', 'text'] as const)[reader.uint()]
      return { type: 'shared', shape: shape ?? 'xml' }
    }
    case kinds.binary:
      return { type: 'binary', bytes: reader.uint() }
    case kinds.embed:
      return { type: 'embed' }
    case kinds.format:
      return { type: 'format' }
    default:
      return undefined
  }
}

/** A text among values, up to a byte at which it is no longer of interest. */
export function readHeadOfText(
  reader: Bytes,
  kind: number,
  at: number,
  unit: number,
  end: number,
): Content | undefined {
  if (kind !== kinds.any) return undefined
  reader.at = at
  reader.uint()
  for (let before = 0; before < unit; before++) reader.skipAny()
  return reader.byte() === textValue ? { type: 'values', values: [reader.stringBefore(end)] } : undefined
}

const textValue = 119
