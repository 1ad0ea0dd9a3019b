/** Text in UTF-8, as updates hold it, without the platform's decoders. */
import { Unreadable } from './trouble.ts'

export function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

/** The length of UTF-8 text in UTF-16 units: a continuation adds none, a character of four bytes is two. */
export function unitsOf(bytes: Uint8Array, from: number, to: number): number {
  let units = to - from
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    if (byte < 0xc0) units--
    else if (byte >= 0xf0) units++
  }
  return units
}

export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  let at = from
  while (at < to) {
    const start = at
    while (at < to && at - start < 4096 && (bytes[at] ?? 0) < 0x80) at++
    if (at > start) text += String.fromCharCode.apply(undefined, bytes.subarray(start, at) as unknown as number[])
    else {
      while (at < to && (bytes[at] ?? 0) >= 0x80) at++
      eachUnit(bytes, start, at, (unit) => (text += String.fromCharCode(unit)))
    }
  }
  return text
}

/** UTF-8. The bytes are valid until the next call. */
export function encodeText(text: string): Uint8Array {
  if (room.length < text.length * 3) room = new Uint8Array(text.length * 3)
  let end = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) {
      room[end++] = point
      continue
    }
    const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
    room[end++] = ((0xf00 >> more) & 0xff) | (point >> (6 * more))
    for (let left = more - 1; left >= 0; left--) room[end++] = 0x80 | ((point >> (6 * left)) & 63)
  }
  return room.subarray(0, end)
}

let room: Uint8Array = new Uint8Array(256)

/** Throws for what is not UTF-8. */
export function eachUnit(bytes: Uint8Array, from: number, to: number, take: (unit: number) => void): void {
  for (let at = from; at < to;) {
    const lead = bytes[at++] ?? 0
    if (lead < 0x80) {
      take(lead)
      continue
    }
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1
    if (lead < 0xc2 || lead > 0xf4 || at + more > to) throw new Unreadable('malformed')
    let point = lead & (0x3f >> more)
    for (let left = more; left > 0; left--) {
      const next = bytes[at++] ?? 0
      if ((next & 0xc0) !== 0x80) throw new Unreadable('malformed')
      point = (point << 6) | (next & 0x3f)
    }
    if (
      point < (more === 3 ? 0x10000 : more === 2 ? 0x800 : 0x80) ||
      point > 0x10ffff ||
      (point >= 0xd800 && point < 0xe000)
    )
      throw new Unreadable('malformed')
    if (point < 0x10000) take(point)
    else {
      take(0xd7c0 + (point >> 10))
      take(0xdc00 + (point & 0x3ff))
    }
  }
}
