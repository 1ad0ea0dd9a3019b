/** Seals the rows of a log: each is bound to its document and kind. Names of documents and accounts stay readable. */
import type { RowKind, RowSeal } from '../ports.ts'
import type { Keyring } from './keyring.ts'
import { seal, unseal } from './seal.ts'

export function createRowSeal(keys: Keyring): RowSeal {
  const contextOf = (kind: RowKind, document: string): string => `${kind}\n${document}`
  return {
    seal: (bytes, kind, document) => seal(keys, bytes, contextOf(kind, document)),
    open: (bytes, kind, document) => unseal(keys, bytes, contextOf(kind, document)),
  }
}
