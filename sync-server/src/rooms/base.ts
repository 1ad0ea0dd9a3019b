/** A snapshot as those who join are sent it: made once, where time does not matter, and plain enough to cross from one thread to another. */
import { partsOf } from './content.ts'
import type { ScannedUpdate } from './scan-update.ts'

export interface Base {
  /** Updates of structs, each complete once those before it are applied. */
  readonly parts: readonly Uint8Array[]
  /** The state after them. */
  readonly state: ReadonlyMap<number, number>
  /** Flat triples, as in a `ScannedUpdate`. */
  readonly deletions: readonly number[]
  /** Length of the snapshot. */
  readonly bytes: number
}

export function makeBase(snapshot: ScannedUpdate, partBytes: number): Base {
  const state = new Map<number, number>()
  const parts = [...partsOf([snapshot], state, partBytes)]
  return { parts, state, deletions: snapshot.deletions, bytes: snapshot.bytes.length }
}
