/** The places of the app and the pages that only write, and to whom the permission table gives each: navigation and deep links ask here. */
import { mayRead, maySetParameters, mayStep, mayWriteDocument, type DocumentClass, type Role } from '@tongge/model'
import { paths } from '../paths.ts'

interface Place {
  readonly path: string
  /** The kind of document the place is about; a place without one is everybody's. */
  readonly document?: DocumentClass
  /** Only for those who may write such documents. */
  readonly isForWriters?: true
  /** Only for those who set what holds in a community. */
  readonly isForSetters?: true
  /** Only for those who lead a grid. */
  readonly isForLeaders?: true
  /** Only for those who report tickets. */
  readonly isForReporters?: true
}

/** The first in which an address lies decides. */
const guarded: readonly Place[] = [
  { path: `${paths.ledger}/add`, document: 'ledger', isForWriters: true },
  { path: `${paths.ledger}/edit`, document: 'ledger', isForWriters: true },
  { path: `${paths.ledger}/merge`, document: 'ledger', isForWriters: true },
  { path: paths.ledger, document: 'ledger' },
  { path: paths.newTicket, isForReporters: true },
  { path: paths.tickets, document: 'work' },
  { path: paths.notes, document: 'notes' },
  { path: paths.meetings, document: 'meeting' },
  { path: paths.settings, isForSetters: true },
  { path: paths.handovers, isForLeaders: true },
  { path: paths.import, document: 'ledger', isForWriters: true },
]

/** Whether somebody with these roles may open the page at this address. */
export function mayOpen(roles: readonly Role[], pathname: string): boolean {
  const place = guarded.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  if (place?.isForSetters) return maySetParameters(roles)
  if (place?.isForLeaders) return roles.includes('gridLeader')
  if (place?.isForReporters) return mayStep(roles, 'submit')
  if (!place?.document) return true
  return place.isForWriters ? mayWriteDocument(roles, place.document) : mayRead(roles, place.document)
}
