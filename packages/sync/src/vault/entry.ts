/** One update on its way to the disk, and how updates lie in a row. */
import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'

export interface Entry {
  /** Unique over all tabs and sessions of this store. */
  readonly id: string
  readonly document: string
  readonly update: Uint8Array
  /** A local edit also rests in the outbox until the relay has it. */
  readonly local: boolean
  readonly subjects: readonly string[]
}

export interface Unsent {
  readonly document: string
  readonly subjects: readonly string[]
  readonly update: Uint8Array
}

/** A burst of edits is one row: sealing and storing cost per row, not per edit. */
export function encodeRow(updates: readonly Uint8Array[]): Uint8Array {
  const encoder = createEncoder()
  for (const update of updates) writeVarUint8Array(encoder, update)
  return toUint8Array(encoder)
}

/** Throws on bytes that are no row. */
export function decodeRow(bytes: Uint8Array): Uint8Array[] {
  const decoder = createDecoder(bytes)
  const updates: Uint8Array[] = []
  while (hasContent(decoder)) updates.push(readVarUint8Array(decoder))
  return updates
}

export function encodeUnsent(entry: Entry): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, entry.subjects.length)
  for (const subject of entry.subjects) writeVarString(encoder, subject)
  writeVarUint8Array(encoder, entry.update)
  return toUint8Array(encoder)
}

/** Throws on bytes that are no unsent edit. */
export function decodeUnsent(document: string, bytes: Uint8Array): Unsent {
  const decoder = createDecoder(bytes)
  const subjects = Array.from({ length: readVarUint(decoder) }, () => readVarString(decoder))
  return { document, subjects, update: readVarUint8Array(decoder) }
}

/** What a cipher binds to the bytes, so that a row moved to another place does not open. */
export const contextOf = {
  row: (document: string, sequence: number): string => `row/${document}/${sequence}`,
  snapshot: (document: string, sequence: number): string => `snapshot/${document}/${sequence}`,
  unsent: (document: string, id: string): string => `unsent/${document}/${id}`,
  kept: (key: string): string => `kept/${key}`,
} as const
