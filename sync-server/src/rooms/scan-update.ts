/**
 * Takes a V1 update apart into structs, what each depends on, and deletions, without building any of it.
 * Total on untrusted bytes: what it accepts, Yjs decodes without a throw. Knows nothing of documents.
 */
import { mergeRanges } from './delete-set.ts'
import { ByteReader, MalformedBytes } from './byte-reader.ts'

/** The structs of one client, one after another without a gap. */
export interface Section {
  readonly client: number
  /** First clock of each struct, and last the clock after them all. */
  readonly clocks: readonly number[]
  /** First byte of each struct, and last the byte after them all. */
  readonly offsets: readonly number[]
  /** Indices of the structs whose need is the shared type they stand in, not a neighbour. */
  readonly inner: readonly number[]
  /** Flat triples: index of a struct, client and clock of what it needs. In order of the index. */
  readonly needs: readonly number[]
}

export interface ScannedUpdate {
  readonly bytes: Uint8Array
  readonly sections: readonly Section[]
  /** Flat triples: client, first clock, clock after the last; sorted within each client, never touching. */
  readonly deletions: readonly number[]
}

export interface ScanLimits {
  readonly structs: number
  readonly deletions: number
}

/** What the relay itself wrote needs no cap. */
export const unlimited: ScanLimits = { structs: Infinity, deletions: Infinity }

const largestClient = 0xffff_ffff
/** No document of a grid comes near; it keeps one forged struct from using up a client's numbers. */
const largestClock = 0x7fff_ffff

/** `malformed` covers everything Yjs never writes; `incomplete` is an update that says itself that something is missing. */
export function scanUpdate(
  bytes: Uint8Array,
  limits: ScanLimits,
): ScannedUpdate | 'malformed' | 'incomplete' | 'tooLarge' {
  const reader = new ByteReader(bytes)
  try {
    const sections: Section[] = []
    const clients = new Set<number>()
    let structsLeft = limits.structs
    for (let left = reader.uint(); left > 0; left--) {
      const count = reader.uint()
      structsLeft -= count
      if (structsLeft < 0) return 'tooLarge'
      const section = scanSection(reader, count)
      if (section === 'incomplete') return section
      if (clients.has(section.client)) return 'malformed'
      clients.add(section.client)
      sections.push(section)
    }
    const deletions = scanDeletions(reader, limits.deletions)
    if (deletions === 'tooLarge') return deletions
    return reader.done ? { bytes, sections, deletions } : 'malformed'
  } catch (error) {
    if (error instanceof MalformedBytes) return 'malformed'
    throw error
  }
}

function scanSection(reader: ByteReader, count: number): Section | 'incomplete' {
  const client = reader.uint()
  if (count === 0 || client > largestClient) throw new MalformedBytes('empty section or client out of range')
  let clock = reader.uint()
  const clocks: number[] = []
  const offsets: number[] = []
  const needs: number[] = []
  const inner: number[] = []
  for (let index = 0; index < count; index++) {
    clocks.push(clock)
    offsets.push(reader.at)
    const info = reader.byte()
    const kind = info & 31
    if (kind === 10) return 'incomplete'
    if (kind !== 0) {
      const before = needs.length
      scanNeeds(reader, info, (needed, at) => {
        // A struct can only stand beside or inside an earlier one.
        if (needed === client && at >= clock) throw new MalformedBytes('struct depends on itself')
        needs.push(index, needed, at)
      })
      if ((info & 192) === 0 && needs.length > before) inner.push(index)
    }
    const length = kind === 0 ? reader.uint() : scanContent(reader, kind)
    clock += length
    if (length === 0 || clock > largestClock) throw new MalformedBytes('length out of range')
  }
  clocks.push(clock)
  offsets.push(reader.at)
  return { client, clocks, offsets, inner, needs }
}

function scanNeeds(reader: ByteReader, info: number, need: (client: number, clock: number) => void): void {
  if (info & 128) need(reader.uint(), reader.uint())
  if (info & 64) need(reader.uint(), reader.uint())
  if (info & 192) return
  if (reader.uint() === 1) reader.string()
  else need(reader.uint(), reader.uint())
  if (info & 32) reader.string()
}

/** Returns how many clocks the content takes. */
function scanContent(reader: ByteReader, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return reader.uint()
    case 2: {
      const count = reader.uint()
      for (let left = count; left > 0; left--) reader.json()
      return count
    }
    case 3:
      reader.blob()
      return 1
    case 4:
      return reader.string()
    case 5: // embed
      reader.json()
      return 1
    case 6: // format
      reader.string()
      reader.json()
      return 1
    case 7: {
      const type = reader.uint()
      if (type > 6) throw new MalformedBytes('unknown shared type')
      if (type === 3 || type === 5) reader.string()
      return 1
    }
    case 8: {
      const count = reader.uint()
      for (let left = count; left > 0; left--) reader.any()
      return count
    }
    default:
      // Documents inside documents (9) would escape the right to read, which is per document.
      throw new MalformedBytes('content not allowed')
  }
}

function scanDeletions(reader: ByteReader, limit: number): readonly number[] | 'tooLarge' {
  const deletions: number[] = []
  for (let clients = reader.uint(); clients > 0; clients--) {
    const client = reader.uint()
    for (let left = reader.uint(); left > 0; left--) {
      if (deletions.length >= limit * 3) return 'tooLarge'
      const clock = reader.uint()
      const length = reader.uint()
      if (length === 0 || clock + length > largestClock || client > largestClient)
        throw new MalformedBytes('deletion out of range')
      deletions.push(client, clock, clock + length)
    }
  }
  return mergeRanges(deletions)
}
