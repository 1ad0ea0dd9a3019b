/** Puts V1 updates together by hand, also such as Yjs never writes. For tests. */

export type Id = readonly [client: number, clock: number]

export type RawContent =
  | { readonly deleted: number }
  | { readonly text: string }
  | { readonly type: number }
  /** Plain data; more than one only for elements of a list. */
  | { readonly values: readonly unknown[] }
  /** Any kind of content, known or not, with its bytes. */
  | { readonly kind: number; readonly bytes: readonly number[] }

export type RawStruct =
  | { readonly gone: number }
  | {
      readonly origin?: Id
      readonly right?: Id
      readonly root?: string
      readonly parent?: Id
      readonly key?: string | undefined
      readonly content: RawContent
    }

export interface RawSection {
  readonly client: number
  readonly clock: number
  readonly structs: readonly RawStruct[]
}

export type RawDeletion = readonly [client: number, clock: number, length: number]

export function rawUpdate(sections: readonly RawSection[], deletions: readonly RawDeletion[] = []): Uint8Array {
  const bytes: number[] = []
  uint(bytes, sections.length)
  for (const { client, clock, structs } of sections) {
    uint(bytes, structs.length)
    uint(bytes, client)
    uint(bytes, clock)
    for (const struct of structs) writeStruct(bytes, struct)
  }
  const clients = [...new Set(deletions.map(([client]) => client))]
  uint(bytes, clients.length)
  for (const client of clients) {
    const own = deletions.filter(([of]) => of === client)
    uint(bytes, client)
    uint(bytes, own.length)
    for (const [, clock, length] of own) {
      uint(bytes, clock)
      uint(bytes, length)
    }
  }
  return Uint8Array.from(bytes)
}

function writeStruct(bytes: number[], struct: RawStruct): void {
  if ('gone' in struct) {
    bytes.push(0)
    uint(bytes, struct.gone)
    return
  }
  const { origin, right, root, parent, key, content } = struct
  bytes.push(kindOf(content) | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined ? 0 : 32))
  for (const id of [origin, right]) if (id) for (const part of id) uint(bytes, part)
  if (!origin && !right) {
    if (parent) {
      uint(bytes, 0)
      for (const part of parent) uint(bytes, part)
    } else {
      uint(bytes, 1)
      string(bytes, root ?? '')
    }
    if (key !== undefined) string(bytes, key)
  }
  writeContent(bytes, content)
}

function kindOf(content: RawContent): number {
  if ('kind' in content) return content.kind
  return 'deleted' in content ? 1 : 'text' in content ? 4 : 'type' in content ? 7 : 8
}

function writeContent(bytes: number[], content: RawContent): void {
  if ('kind' in content) bytes.push(...content.bytes)
  else if ('deleted' in content) uint(bytes, content.deleted)
  else if ('text' in content) string(bytes, content.text)
  else if ('type' in content) uint(bytes, content.type)
  else {
    uint(bytes, content.values.length)
    for (const value of content.values) any(bytes, value)
  }
}

function any(bytes: number[], value: unknown): void {
  if (value === null || value === undefined) bytes.push(value === null ? 126 : 127)
  else if (typeof value === 'boolean') bytes.push(value ? 120 : 121)
  else if (typeof value === 'string') {
    bytes.push(119)
    string(bytes, value)
  } else if (typeof value === 'number') {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, value)
    bytes.push(123, ...new Uint8Array(view.buffer))
  } else if (Array.isArray(value)) {
    bytes.push(117)
    uint(bytes, value.length)
    for (const part of value) any(bytes, part)
  } else {
    const entries = Object.entries(value)
    bytes.push(118)
    uint(bytes, entries.length)
    for (const [key, part] of entries) {
      string(bytes, key)
      any(bytes, part)
    }
  }
}

function string(bytes: number[], text: string): void {
  const utf8 = Array.from(text, (character) => utf8Of(character.codePointAt(0) ?? 0)).flat()
  uint(bytes, utf8.length)
  for (const byte of utf8) bytes.push(byte)
}

function utf8Of(point: number): readonly number[] {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)]
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
}

function uint(bytes: number[], value: number): void {
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
  bytes.push(left)
}
