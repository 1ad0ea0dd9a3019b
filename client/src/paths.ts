/** Addresses of the pages; the only place that spells them. */
import type { Kind, RecordId } from '@tongge/model'

export const paths = {
  today: '/',
  ledger: '/ledger',
  /** The ledger with the search box ready for words. */
  find: '/ledger?find',
  building: (id: RecordId) => `/ledger/building/${id}`,
  house: (id: RecordId) => `/ledger/house/${id}`,
  household: (id: RecordId) => `/ledger/household/${id}`,
  person: (id: RecordId) => `/ledger/person/${id}`,
  unit: (id: RecordId) => `/ledger/unit/${id}`,
  facility: (id: RecordId) => `/ledger/facility/${id}`,
  tickets: '/tickets',
  newTicket: '/tickets/new',
  ticket: (id: RecordId) => `/tickets/${id}`,
  notes: '/notes',
  note: (id: RecordId) => `/notes/${id}`,
  /** Stands on the page of its ticket. */
  reporter: (id: RecordId) => `/tickets/${id}`,
  meetings: '/meetings',
  me: '/me',
  grid: '/grid',
  settings: '/settings',
  sync: '/sync-state',
  conflicts: '/conflicts',
  refused: '/refused',
  handovers: '/handovers',
  trash: '/trash',
  storage: '/storage',
  install: '/install',
  import: '/import',
} as const

/** The page of a record. */
export function recordPath(kind: Kind, id: RecordId): string {
  return paths[kind](id)
}
