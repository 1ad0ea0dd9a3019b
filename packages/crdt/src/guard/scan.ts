/** First look at a V1 update: where each struct begins and how many clocks it takes. Nothing is placed, built or remembered. */
import { Bytes } from './bytes.ts'
import { Unreadable } from './trouble.ts'

export interface ReadLimits {
  readonly bytes: number
  readonly structs: number
  readonly deletions: number
  /** Clocks that one struct without content may take. */
  readonly emptyClocks: number
  /** Shared types inside one another. */
  readonly nesting: number
  /** Values of a key that are looked at to find the place of a new one. */
  readonly steps: number
  /** Takes what Yjs takes, also where no honest client writes it: for what was stored before anybody looked. */
  readonly lenient: boolean
}

/** The structs of one client. */
export interface Section {
  readonly client: number
  /** First clock of each, and last the clock after them all. */
  readonly clocks: readonly number[]
  readonly offsets: readonly number[]
}

export interface Scan {
  readonly sections: readonly Section[]
  /** Flat triples: client, first clock, clock after the last. */
  readonly deletions: readonly number[]
}

const largestClient = 0xffff_ffff
const largestClock = 0x7fff_ffff

export const kinds = {
  gone: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  text: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  document: 9,
  skip: 10,
} as const

/** Throws `Unreadable`. Whether its parts fit together and into a document is not seen here. */
export function scan(bytes: Uint8Array, limits: ReadLimits): Scan {
  if (bytes.length > limits.bytes) throw new Unreadable('tooLarge')
  const reader = new Bytes(bytes, limits.lenient)
  const sections: Section[] = []
  let structs = 0
  for (let left = reader.uint(); left > 0; left--) {
    const count = reader.uint()
    structs += count
    if (structs > limits.structs) throw new Unreadable('tooLarge')
    sections.push(scanSection(reader, count, limits))
  }
  if (sections.length > 1 && new Set(sections.map(({ client }) => client)).size < sections.length)
    throw new Unreadable('malformed')
  const deletions = scanDeletions(reader, limits.deletions)
  if (reader.at !== bytes.length) throw new Unreadable('malformed')
  return { sections, deletions }
}

function scanSection(reader: Bytes, count: number, { emptyClocks }: ReadLimits): Section {
  const client = reader.uint()
  if (count === 0 || client > largestClient) throw new Unreadable('malformed')
  let clock = reader.uint()
  const clocks: number[] = []
  const offsets: number[] = []
  for (let left = count; left > 0; left--) {
    clocks.push(clock)
    offsets.push(reader.at)
    const length = scanStruct(reader)
    const kind = (reader.all[offsets.at(-1) ?? 0] ?? 0) & 31
    if (length === 0) throw new Unreadable('malformed')
    if (kind <= kinds.deleted && length > emptyClocks) throw new Unreadable('clock')
    clock += length
    if (clock > largestClock) throw new Unreadable('clock')
  }
  clocks.push(clock)
  return { client, clocks, offsets }
}

/** Returns how many clocks the struct takes. */
function scanStruct(reader: Bytes): number {
  const info = reader.byte()
  const kind = info & 31
  if (kind === kinds.skip) throw new Unreadable('gap')
  if (kind === kinds.gone) return reader.uint()
  for (let left = (info >>> 7) + ((info >>> 6) & 1); left > 0; left--) {
    reader.uint()
    reader.uint()
  }
  if ((info & 192) === 0) {
    if (reader.uint() === 1) reader.skipKey()
    else {
      reader.uint()
      reader.uint()
    }
    if (info & 32) reader.skipKey()
  }
  return scanContent(reader, kind)
}

function scanContent(reader: Bytes, kind: number): number {
  switch (kind) {
    case kinds.deleted:
      return reader.uint()
    case kinds.json: {
      const count = reader.uint()
      for (let left = count; left > 0; left--) reader.skipJson()
      return count
    }
    case kinds.binary:
      reader.skipBlob()
      return 1
    case kinds.text:
      return reader.skipText()
    case kinds.embed:
      reader.skipJson()
      return 1
    case kinds.format:
      reader.skipKey()
      reader.skipJson()
      return 1
    case kinds.type: {
      const type = reader.uint()
      if (type > 6) throw new Unreadable('unknownContent')
      if (type === 3 || type === 5) reader.skipKey()
      return 1
    }
    case kinds.any: {
      const count = reader.uint()
      for (let left = count; left > 0; left--) reader.skipAny()
      return count
    }
    case kinds.document:
      throw new Unreadable('subdocument')
    default:
      throw new Unreadable('unknownContent')
  }
}

/** Sorted within each client, whatever the order in the bytes: what is done with them is linear then. */
function scanDeletions(reader: Bytes, limit: number): readonly number[] {
  const deletions: number[] = []
  for (let clients = reader.uint(); clients > 0; clients--) {
    const client = reader.uint()
    const ranges: (readonly [from: number, to: number])[] = []
    for (let left = reader.uint(); left > 0; left--) {
      if (deletions.length / 3 + ranges.length >= limit) throw new Unreadable('tooLarge')
      const clock = reader.uint()
      const length = reader.uint()
      if (length === 0 || client > largestClient) throw new Unreadable('malformed')
      if (clock + length > largestClock) throw new Unreadable('unborn')
      ranges.push([clock, clock + length])
    }
    for (const [from, to] of ranges.sort(([a], [b]) => a - b)) deletions.push(client, from, to)
  }
  return deletions
}
