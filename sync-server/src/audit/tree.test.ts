/** The tree against the reference vectors of Certificate Transparency, and its proofs against the verification that does not know the tree. */
import { emptyRoot, isConsistent, isIncluded, leafHash, nodeHash, type TreeHead } from '@tongge/protocol/audit'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completedBy, createTree, keptLevels, leafOf, nodeOf, subtreeHash, type Tree } from './tree.ts'

interface Vectors {
  readonly empty: string
  readonly leaves: readonly string[]
  readonly roots: readonly string[]
  readonly inclusion: readonly { readonly index: number; readonly size: number; readonly proof: readonly string[] }[]
  readonly consistency: readonly {
    readonly earlier: number
    readonly later: number
    readonly proof: readonly string[]
  }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/merkle-tree.json', import.meta.url), 'utf8'),
) as Vectors
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

function treeOf(leaves: readonly Uint8Array[]): Tree {
  const kept = new Map(leaves.map((leaf, index) => [`0/${index}`, leaf]))
  const read = (level: number, index: number): Uint8Array => {
    expect(level % keptLevels).toBe(0)
    return kept.get(`${level}/${index}`) ?? expect.fail(`${level}/${index} is not complete`)
  }
  const subtree = subtreeHash(read)
  for (let size = 1; size <= leaves.length; size++)
    for (const { level, index } of completedBy(size))
      kept.set(`${level}/${index}`, nodeOf(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1)))
  return createTree(read)
}

const reference = vectors.leaves.map((leaf) => leafHash(bytes(leaf)))
const numbered = (count: number): Uint8Array[] => Array.from({ length: count }, (_, index) => leafOf(`entry ${index}`))

/** RFC 6962, 2.1, word for word. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (!first) return emptyRoot
  if (leaves.length === 1) return first
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

describe('the tree', () => {
  it('[AUDIT1] has the roots of the reference vectors at every size', () => {
    const tree = treeOf(reference)
    expect(hex(tree.root(0))).toBe(vectors.empty)
    expect(vectors.leaves.map((_, index) => hex(tree.root(index + 1)))).toEqual(vectors.roots)
  })

  it('[AUDIT1] makes the inclusion and consistency proofs of the reference vectors, and verifies them', () => {
    const tree = treeOf(reference)
    const head = (size: number): TreeHead => ({ size, root: bytes(vectors.roots[size - 1] ?? '') })
    for (const { index, size, proof } of vectors.inclusion) {
      expect(tree.inclusion(index, size).map(hex)).toEqual(proof)
      expect(isIncluded(reference[index] ?? emptyRoot, index, head(size), proof.map(bytes))).toBe(true)
    }
    for (const { earlier, later, proof } of vectors.consistency) {
      expect(tree.consistency(earlier, later).map(hex)).toEqual(proof)
      expect(isConsistent(head(earlier), head(later), proof.map(bytes))).toBe(true)
    }
  })

  it('[AUDIT1] takes the UTF-8 bytes of a text for a leaf, as whoever verifies it does', () => {
    for (const text of ['', 'entry', '网格员 é 𠮷', '\u0000'])
      expect(hex(leafOf(text))).toBe(hex(leafHash(new TextEncoder().encode(text))))
    expect(hex(nodeOf(leafOf('a'), leafOf('b')))).toBe(hex(nodeHash(leafOf('a'), leafOf('b'))))
  })

  it('[AUDIT1] keeps to the RFC beyond one and two kept levels', () => {
    const leaves = numbered(66_000)
    const tree = treeOf(leaves)
    for (const size of [255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 66_000])
      expect(hex(tree.root(size))).toBe(hex(rootOf(leaves.slice(0, size))))
    for (const [earlier, later] of [
      [256, 66_000],
      [65_536, 66_000],
      [300, 65_536],
      [1, 65_537],
    ] as const)
      expect(
        isConsistent(
          { size: earlier, root: tree.root(earlier) },
          { size: later, root: tree.root(later) },
          tree.consistency(earlier, later),
        ),
      ).toBe(true)
  })
})

const most = 64
const leaves = numbered(most)
const tree = treeOf(leaves)
const headOf = (size: number): TreeHead => ({ size, root: tree.root(size) })
const flipped = (hash: Uint8Array, at: number): Uint8Array =>
  hash.map((byte, index) => (index === at % hash.length ? byte ^ (1 << (at % 8)) : byte))
/** Every proof but the right one: a changed hash, one too few, one too many, two exchanged. */
const spoilt = (proof: readonly Uint8Array[]): (readonly Uint8Array[])[] => [
  ...proof.map((_, at) => proof.map((hash, index) => (index === at ? flipped(hash, at + 3) : hash))),
  ...proof.map((_, at) => proof.toSpliced(at, 1)),
  ...Array.from({ length: proof.length + 1 }, (_, at) => proof.toSpliced(at, 0, emptyRoot)),
  ...(proof.length > 1 ? [[...proof].toReversed()] : []),
]

describe('the verification', () => {
  it(`[AUDIT2] takes the inclusion proof of every leaf in every tree of up to ${most} leaves, and no other leaf, place, tree or proof`, () => {
    const wrong: string[] = []
    for (let size = 1; size <= most; size++)
      for (let index = 0; index < size; index++) {
        const [leaf = emptyRoot, proof] = [leaves[index], tree.inclusion(index, size)]
        const head = headOf(size)
        if (!isIncluded(leaf, index, head, proof)) wrong.push(`${index} in ${size} not taken`)
        const taken = [
          isIncluded(flipped(leaf, index), index, head, proof),
          isIncluded(leaf, index, { size, root: flipped(head.root, size) }, proof),
          isIncluded(leaf, index + 1, head, proof),
          isIncluded(leaf, index - 1, head, proof),
          ...spoilt(proof).map((other) => isIncluded(leaf, index, head, other)),
        ].indexOf(true)
        if (taken >= 0) wrong.push(`${index} in ${size}: forgery ${taken} taken`)
      }
    expect(wrong).toEqual([])
  })

  it(`[AUDIT2] takes the consistency proof of every two trees of up to ${most} leaves, and no other root, size or proof`, () => {
    const wrong: string[] = []
    for (let later = 0; later <= most; later++)
      for (let earlier = 0; earlier <= later; earlier++) {
        const proof = tree.consistency(earlier, later)
        const [before, after] = [headOf(earlier), headOf(later)]
        if (!isConsistent(before, after, proof)) wrong.push(`${earlier} before ${later} not taken`)
        const taken = [
          isConsistent({ ...before, root: flipped(before.root, later) }, after, proof),
          earlier > 0 && isConsistent(before, { ...after, root: flipped(after.root, earlier) }, proof),
          earlier < later && isConsistent(after, before, proof),
          ...spoilt(proof).map((other) => isConsistent(before, after, other)),
        ].indexOf(true)
        if (taken >= 0) wrong.push(`${earlier} before ${later}: forgery ${taken} taken`)
      }
    expect(wrong).toEqual([])
  })

  it('[AUDIT2] finds a changed, missing, added or moved leaf between any two trees', () => {
    for (let earlier = 2; earlier <= 24; earlier++)
      for (let at = 0; at < earlier; at++) {
        const later = earlier + 1 + (at % 7)
        const others = [
          leaves.with(at, leafOf('another')),
          leaves.toSpliced(at, 1),
          leaves.toSpliced(at, 0, leafOf('another')),
          at > 0 ? leaves.toSpliced(at - 1, 2, leaves[at] ?? emptyRoot, leaves[at - 1] ?? emptyRoot) : undefined,
        ]
        for (const changed of others) {
          if (!changed) continue
          const forged = treeOf(changed.slice(0, later))
          const after = { size: later, root: forged.root(later) }
          expect(isConsistent(headOf(earlier), after, forged.consistency(earlier, later))).toBe(false)
        }
      }
  })

  it('[AUDIT2] never throws, whatever sizes and proofs it is given', () => {
    for (const size of [-1, 0.5, Number.NaN, Infinity, 2 ** 53, 2 ** 40]) {
      expect(isIncluded(emptyRoot, 0, { size, root: emptyRoot }, [emptyRoot])).toBe(false)
      expect(isIncluded(emptyRoot, size, headOf(5), [emptyRoot])).toBe(false)
      expect(isConsistent({ size, root: emptyRoot }, { size: 2 ** 41, root: emptyRoot }, [emptyRoot])).toBe(false)
    }
    expect(isIncluded(emptyRoot, 0, headOf(5), [new Uint8Array(3)])).toBe(false)
  })
})
