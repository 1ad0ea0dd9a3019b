/** Addresses inside the ledger that no other part of the app links to. */
import type { LedgerKind, RecordId } from '@tongge/model'

export const ledgerPaths = {
  units: '/ledger/units',
  facilities: '/ledger/facilities',
  edit: (id: RecordId) => `/ledger/edit/${id}`,
  merge: (id: RecordId) => `/ledger/merge/${id}`,
  /** `given` fills fields in beforehand, such as `{ building: id }`. */
  add: (kind: LedgerKind, given: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams(given).toString()
    return `/ledger/add/${kind}${query && `?${query}`}`
  },
} as const
