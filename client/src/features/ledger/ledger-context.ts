/** What the pages of the ledger share: the index over the grid's records and whether list and record stand side by side. */
import { createContext, useContext, type Accessor } from 'solid-js'
import type { LedgerIndex } from './index-store.ts'

export interface LedgerView {
  readonly index: Accessor<LedgerIndex>
  /** At least 900 px: the list stays at the left, records open at the right. */
  readonly isWide: Accessor<boolean>
  /** Words whose result was opened, to be found again on coming back. */
  readonly search: { left: string }
}

export const LedgerContext = createContext<LedgerView>()

export function useLedger(): LedgerView {
  const view = useContext(LedgerContext)
  if (view === undefined) throw new Error('useLedger is called outside the ledger')
  return view
}
