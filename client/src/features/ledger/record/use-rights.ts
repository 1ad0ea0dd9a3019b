/** What the signed-in person may do in the ledger, from the one permission table. */
import {
  documentOf,
  mayRead,
  mayReadReveals,
  mayReveal,
  mayWrite,
  type LedgerKind,
  type NamedField,
} from '@tongge/model'
import { useSession } from '../../../session/use-session.ts'

export interface Rights {
  readonly mayAdd: (kind: LedgerKind) => boolean
  readonly mayEdit: (kind: LedgerKind) => boolean
  readonly mayDelete: (kind: LedgerKind) => boolean
  readonly mayReadDiary: () => boolean
  readonly mayWriteDiary: () => boolean
  readonly mayWriteField: (kind: LedgerKind, field: NamedField) => boolean
  readonly mayReveal: () => boolean
  readonly mayReadReveals: () => boolean
}

export function useRights(): Rights {
  const { roles } = useSession()
  return {
    mayAdd: (kind) => mayWrite(roles, 'ledger', kind, 'insert'),
    mayEdit: (kind) => mayWrite(roles, 'ledger', `${kind}/*`, 'set'),
    mayDelete: (kind) => mayWrite(roles, 'ledger', kind, 'delete'),
    mayReadDiary: () => mayRead(roles, 'diary'),
    mayWriteDiary: () => mayWrite(roles, 'diary', 'household/diary', 'set'),
    mayWriteField: (kind, field) => mayWrite(roles, documentOf(kind, field.name), `${kind}/${field.name}`, 'set'),
    mayReveal: () => mayReveal(roles),
    mayReadReveals: () => mayReadReveals(roles),
  }
}
