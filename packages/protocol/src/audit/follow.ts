/** Whether a head that is offered now goes on from one that was seen earlier: how a device holds a relay to its word. */
import { decodeHash, treeHead, type SignedHead } from './head.ts'
import { isConsistent } from './tree.ts'

/** `anotherLog`: the log began anew. `shorter`: entries are gone. `altered`: entries changed, or the relay cannot show that they did not. */
export type Doubt = 'anotherLog' | 'anotherKey' | 'badSignature' | 'shorter' | 'altered'

/** Whether a consistency proof is needed to judge the two. */
export function needsProof(known: SignedHead, offered: SignedHead): boolean {
  return known.log === offered.log && known.size < offered.size
}

/** `proof` is what the relay showed for the two sizes; undefined when it could not. */
export function doubtOf(
  known: SignedHead,
  offered: SignedHead,
  proof: readonly string[] | undefined,
): Doubt | undefined {
  if (known.log !== offered.log) return 'anotherLog'
  if (offered.size < known.size) return 'shorter'
  if (!proof || !isConsistent(treeHead(known), treeHead(offered), proof.map(decodeHash))) return 'altered'
  return known.key === offered.key ? undefined : 'anotherKey'
}
