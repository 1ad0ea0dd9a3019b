/** Which documents are laid out how, by their names. */
import { monthsOf, type DocumentShape } from '@tongge/crdt'
import type { DocumentName } from '@tongge/protocol'

/** Undefined for documents in which people do not write, or not yet. */
export function shapeOf(name: DocumentName): DocumentShape | undefined {
  switch (name.kind) {
    case 'ledger':
    case 'sensitive':
    case 'notes':
      return { of: name.kind }
    case 'work':
      return { of: 'work', months: monthsOf(name.quarter) }
    case 'org':
    case 'roster':
    case 'board':
    case 'meeting':
    case 'proposal':
      return undefined
  }
}
