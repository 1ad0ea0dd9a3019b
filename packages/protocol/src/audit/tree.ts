/**
 * The Merkle tree of RFC 6962 and 9162 over SHA-256, as far as somebody who does not hold the log needs it: hashes of leaves and nodes,
 * and whether a proof proves what it claims. Numbers may exceed 32 bits.
 */
import { digest } from 'lib0/hash/sha256'

export const hashBytes = 32

/** Of a tree without leaves. */
export const emptyRoot: Uint8Array = digest(new Uint8Array(0))

export function leafHash(entry: Uint8Array): Uint8Array {
  return digest(joined(0, entry))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return digest(joined(1, left, right))
}

/** Whether `leaf` stands at `index` in the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  { size, root }: TreeHead,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let [at, last] = [index, size - 1]
  let found = leaf
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== hashBytes) return false
    if (isOdd(at) || at === last) {
      found = nodeHash(sibling, found)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else found = nodeHash(found, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(found, root)
}

/** Whether the later tree begins with exactly the leaves of the earlier one, in their order (RFC 9162, 2.1.4.2). */
export function isConsistent(earlier: TreeHead, later: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isCount(earlier.size) || !isCount(later.size) || earlier.size > later.size) return false
  if (proof.some((hash) => hash.length !== hashBytes)) return false
  if (earlier.size === later.size) return proof.length === 0 && isSame(earlier.root, later.root)
  // Every tree begins with the empty one.
  if (earlier.size === 0) return proof.length === 0 && isSame(earlier.root, emptyRoot)
  const [start, ...rest] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof
  if (!start) return false
  let [at, last] = [earlier.size - 1, later.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [before, after] = [start, start]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else after = nodeHash(after, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(before, earlier.root) && isSame(after, later.root)
}

export interface TreeHead {
  /** How many leaves there are. */
  readonly size: number
  readonly root: Uint8Array
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function joined(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 1))
  bytes[0] = prefix
  let at = 1
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isPowerOfTwo(value: number): boolean {
  let rest = value
  while (!isOdd(rest)) rest /= 2
  return rest === 1
}
