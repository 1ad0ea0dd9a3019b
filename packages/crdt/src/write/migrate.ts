/** Layout versions. A migration only adds, and doing it twice, or on two replicas at once, is the same as once. */
import type { Doc } from 'yjs'
import { metaOf, schemaKeyPrefix, schemaVersion } from '../layout.ts'

/** The newest layout version any writer of this document has reached; 0 for an untouched document. */
export function schemaOf(doc: Doc): number {
  let newest = 0
  for (const key of metaOf(doc).keys()) {
    const version = key.startsWith(schemaKeyPrefix) ? Number(key.slice(schemaKeyPrefix.length)) : 0
    if (Number.isInteger(version) && version > newest) newest = version
  }
  return newest
}

/** Brings a document to this version's layout. Called within a transaction that writes; a document of a later version is left as it is. */
export function migrate(doc: Doc): boolean {
  const key = `${schemaKeyPrefix}${schemaVersion}`
  if (metaOf(doc).has(key) || schemaOf(doc) >= schemaVersion) return false
  metaOf(doc).set(key, true)
  return true
}
