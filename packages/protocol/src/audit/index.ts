/** The audit log as both ends understand it. A way in of its own, so that an app loads it only when it checks. */
export { entryText, type AuditEvent, type AuditReason } from './events.ts'
export { doubtOf, needsProof, type Doubt } from './follow.ts'
export { decodeHash, encodeHash, headBytes, parseHead, treeHead, type SignedHead } from './head.ts'
export { emptyRoot, hashBytes, isConsistent, isIncluded, isSame, leafHash, nodeHash, type TreeHead } from './tree.ts'
