/** Who may read and write what, written out by hand: the other account of the permission table, that the relay is held against. */
import { writeRules, type DocumentClass, type Operation, type Role } from '@tongge/model'

const words = (text: string): readonly string[] => text.split(' ')
const everybody = words(
  'resident buildingLeader volunteer property partTimeMember gridMember gridLeader police citizenSupervisor community street department admin auditor',
)
const ledger = words('gridMember gridLeader police community')
const team = words('gridMember gridLeader')
const tickets = words('partTimeMember gridMember gridLeader police community street department')
const doors = words('buildingLeader volunteer partTimeMember gridMember gridLeader community')

/** Kinds of documents that exist at a relay, by who is let in. */
export const readersOf = {
  org: everybody,
  board: everybody,
  ledger,
  sensitive: ledger,
  diary: team,
  work: tickets,
  journal: ledger,
  photos: tickets,
  roster: doors,
  notes: doors,
} as const satisfies Partial<Record<DocumentClass, readonly string[]>>

/** Those who are told on opening that they may write something. */
export const writersOf = {
  org: [],
  board: words('partTimeMember gridMember gridLeader community street'),
  ledger: words('gridMember gridLeader community'),
  sensitive: ledger,
  diary: team,
  work: tickets,
  journal: words('gridMember gridLeader community'),
  photos: tickets,
  roster: [],
  notes: words('buildingLeader volunteer partTimeMember gridMember gridLeader'),
} as const satisfies Record<keyof typeof readersOf, readonly string[]>

/** What the rows of the table say of a path, read by another way than the relay's. */
export function isGranted(role: Role, document: DocumentClass, path: string, operation: Operation): boolean {
  return writeRules.some(
    (row) =>
      row.document === document &&
      row.roles.includes(role) &&
      row.operations.includes(operation) &&
      new RegExp(`^${row.path.replaceAll('*', '[^/]+')}$`).test(path),
  )
}

/** Where a role is held: a code of a place, as sheets of staff write it. */
export const scopeByRole: Readonly<Record<Role, 'building' | 'grid' | 'community' | 'street'>> = {
  resident: 'community',
  buildingLeader: 'building',
  volunteer: 'building',
  property: 'grid',
  partTimeMember: 'grid',
  gridMember: 'grid',
  gridLeader: 'grid',
  police: 'grid',
  citizenSupervisor: 'grid',
  community: 'community',
  street: 'street',
  department: 'street',
  admin: 'street',
  auditor: 'street',
}
