/** Grids whose rosters have to be looked at, and how much of them. */
import type { GridCode, RecordId } from '@tongge/model'

export interface Due {
  readonly grid: GridCode
  /** The ledger may say something else; otherwise only the notes of these buildings may. */
  readonly ledger: boolean
  readonly notes: ReadonlySet<RecordId>
}

export interface DueGrids {
  add(grid: GridCode, what: 'ledger' | RecordId): void
  /** What may have been missed while nobody looked: it comes after everything that is known to have changed. */
  addLater(grid: GridCode): void
  /** Takes all that changed. */
  takeChanged(): readonly Due[]
  /** Takes one of the others. */
  takeLater(): Due | undefined
}

export function createDueGrids(): DueGrids {
  const changed = new Map<GridCode, { ledger: boolean; notes: Set<RecordId> }>()
  const later = new Set<GridCode>()
  return {
    add(grid, what) {
      const due = changed.get(grid) ?? { ledger: false, notes: new Set<RecordId>() }
      changed.set(grid, due)
      if (what === 'ledger') due.ledger = true
      else due.notes.add(what)
    },
    addLater: (grid) => void later.add(grid),
    takeChanged() {
      const all = [...changed].map(([grid, due]) => ({ grid, ...due }))
      changed.clear()
      return all
    },
    takeLater() {
      const [grid] = later
      if (grid === undefined) return undefined
      later.delete(grid)
      return { grid, ledger: true, notes: new Set() }
    },
  }
}
