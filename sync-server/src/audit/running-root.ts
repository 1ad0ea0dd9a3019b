/** The tree while its leaves go by one after another: its root at any moment, in memory that grows with the logarithm of their number. */
import { emptyRoot } from '@tongge/protocol/audit'
import { keptLevels, nodeOf } from './tree.ts'

export interface RunningRoot {
  readonly size: number
  /** Calls `completed` for each subtree of the kept levels that this leaf completes. */
  push(leaf: Uint8Array, completed?: (level: number, index: number, hash: Uint8Array) => void): void
  root(): Uint8Array
}

export function createRunningRoot(): RunningRoot {
  /** By level: the subtree that waits for its right neighbour. */
  const waiting: (Uint8Array | undefined)[] = []
  let size = 0
  return {
    get size() {
      return size
    },
    push(leaf, completed) {
      let hash = leaf
      let level = 0
      for (let left = waiting[level]; left; left = waiting[level]) {
        hash = nodeOf(left, hash)
        waiting[level] = undefined
        level++
        if (level % keptLevels === 0) completed?.(level, Math.floor(size / 2 ** level), hash)
      }
      waiting[level] = hash
      size++
    },
    root() {
      let root: Uint8Array | undefined
      for (const left of waiting) if (left) root = root ? nodeOf(left, root) : left
      return root ?? emptyRoot
    },
  }
}
