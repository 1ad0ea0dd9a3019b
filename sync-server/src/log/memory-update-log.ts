/** The log without a disk: for tests, and for a relay that is meant to forget. */
import { MovedOn, type LoggedUpdate, type Positions, type SharedLog, type StoredDocument } from '../ports.ts'

interface Kept {
  snapshot: Uint8Array | undefined
  snapshotThrough: number
  rows: { readonly sequence: number; readonly update: Uint8Array }[]
}

export function createMemoryUpdateLog(): SharedLog {
  const keptByDocument = new Map<string, Kept>()
  let sequence = 0
  let closed = false

  const open = (): void => {
    if (closed) throw new Error('the log is closed')
  }
  const through = (kept: Kept): number => kept.rows.at(-1)?.sequence ?? kept.snapshotThrough

  return {
    async append(rows: readonly LoggedUpdate[], at: Positions = new Map()) {
      open()
      for (const [document, position] of at) {
        const kept = keptByDocument.get(document)
        if ((kept ? through(kept) : 0) !== position) throw new MovedOn(document)
      }
      return rows.map(({ document, update }) => {
        const kept = keptByDocument.get(document) ?? { snapshot: undefined, snapshotThrough: 0, rows: [] }
        keptByDocument.set(document, kept)
        kept.rows.push({ sequence: ++sequence, update: Uint8Array.from(update) })
        return sequence
      })
    },
    async read(document): Promise<StoredDocument> {
      open()
      const kept = keptByDocument.get(document)
      if (!kept) return { snapshot: undefined, tail: [], through: 0, damaged: 0 }
      return { snapshot: kept.snapshot, tail: kept.rows.map((row) => row.update), through: through(kept), damaged: 0 }
    },
    async readAfter(document, after) {
      open()
      const kept = keptByDocument.get(document)
      if (!kept) return { tail: [], through: 0, damaged: 0 }
      if (kept.snapshotThrough > after) return undefined
      const later = kept.rows.filter((row) => row.sequence > after)
      return { tail: later.map((row) => row.update), through: through(kept), damaged: 0 }
    },
    async moved(after) {
      open()
      const all = [...keptByDocument].map(([document, kept]) => ({ document, sequence: through(kept) }))
      return all.filter((one) => one.sequence > after).toSorted((a, b) => a.sequence - b.sequence)
    },
    async compact(document, snapshot, upTo) {
      open()
      const kept = keptByDocument.get(document)
      if (!kept || kept.snapshotThrough >= upTo || upTo > through(kept)) return false
      kept.snapshot = Uint8Array.from(snapshot)
      kept.snapshotThrough = upTo
      kept.rows = kept.rows.filter((row) => row.sequence > upTo)
      return true
    },
    async documents() {
      open()
      return [...keptByDocument.keys()].toSorted()
    },
    async verify() {
      open()
      return []
    },
    async close() {
      closed = true
    },
  }
}
