/** The Merkle tree of RFC 6962 for the one who holds the leaves: roots and proofs, out of the hashes of complete subtrees. */
import { emptyRoot } from '@tongge/protocol/audit'
import { hash } from 'node:crypto'

/** The hash over the leaves from `index * 2 ** level` on, `2 ** level` of them; all are there. */
export type SubtreeHash = (level: number, index: number) => Uint8Array

/** Hashes of subtrees of this many levels, and of twice and three times as many, are kept; those between are made of them. */
export const keptLevels = 8

export interface Tree {
  root(size: number): Uint8Array
  /** How the leaf at `index` is part of the tree of the first `size` leaves. */
  inclusion(index: number, size: number): readonly Uint8Array[]
  /** How the tree of the first `later` leaves begins with that of the first `earlier` ones. */
  consistency(earlier: number, later: number): readonly Uint8Array[]
}

/** `kept` is asked for multiples of `keptLevels` only. */
export function createTree(kept: SubtreeHash): Tree {
  const subtree = subtreeHash(kept)
  /** Over leaves `from` to `to`, where `from` is a multiple of the next power of two. */
  const range = (from: number, to: number): Uint8Array => {
    const count = to - from
    if (count === 0) return emptyRoot
    const split = largestPowerBelow(count)
    if (split * 2 === count || count === 1) return subtree(Math.log2(count), from / count)
    return nodeOf(range(from, from + split), range(from + split, to))
  }
  const path = (index: number, from: number, to: number): Uint8Array[] => {
    if (to - from <= 1) return []
    const middle = from + largestPowerBelow(to - from)
    return index < middle
      ? [...path(index, from, middle), range(middle, to)]
      : [...path(index, middle, to), range(from, middle)]
  }
  const subproof = (earlier: number, from: number, to: number, isKnown: boolean): Uint8Array[] => {
    if (earlier === to) return isKnown ? [] : [range(from, to)]
    const middle = from + largestPowerBelow(to - from)
    return earlier <= middle
      ? [...subproof(earlier, from, middle, isKnown), range(middle, to)]
      : [...subproof(earlier, middle, to, false), range(from, middle)]
  }
  return {
    root: (size) => range(0, size),
    inclusion: (index, size) => path(index, 0, size),
    consistency: (earlier, later) => (earlier === 0 ? [] : subproof(earlier, 0, later, true)),
  }
}

/** Any subtree, made of those that are kept. */
export function subtreeHash(kept: SubtreeHash): SubtreeHash {
  const subtree: SubtreeHash = (level, index) =>
    level % keptLevels === 0
      ? kept(level, index)
      : nodeOf(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
  return subtree
}

/** The subtrees to be kept that become complete with leaf number `size`; each needs those before it. */
export function completedBy(size: number): { readonly level: number; readonly index: number }[] {
  const found = []
  for (let level = keptLevels; size % 2 ** level === 0; level += keptLevels)
    found.push({ level, index: size / 2 ** level - 1 })
  return found
}

const nodePrefix = Buffer.of(1)

export function leafOf(entry: string): Uint8Array {
  return hash('sha256', `\u0000${entry}`, 'buffer')
}

export function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')
}

/** For more than one leaf; of one it is one half. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
