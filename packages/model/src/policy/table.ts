/**
 * Who may read which kind of document and write what inside it (domain.md §4), as data. Scope — which grid, which building — is the caller's.
 * A path is of meaning, not of storage: `household/phone`, `steps/accept`, `note/own`; `*` stands for one segment.
 */
import { roleMayTake, stepRoles, transitions } from '../tickets/machine.ts'
import { tables } from '../records.ts'
import { roles, type Role } from './roles.ts'

/** The same words as document names use for their kind. */
export type DocumentClass =
  | 'org'
  | 'board'
  | 'ledger'
  | 'sensitive'
  | 'diary'
  | 'work'
  | 'journal'
  | 'photos'
  | 'roster'
  | 'notes'
  | 'meeting'
  | 'proposal'

export type Operation = 'set' | 'insert' | 'delete'

export interface WriteRule {
  readonly document: DocumentClass
  readonly path: string
  readonly operations: readonly Operation[]
  readonly roles: readonly Role[]
}

const helpers = ['buildingLeader', 'volunteer'] as const satisfies readonly Role[]
const gridTeam = ['gridMember', 'gridLeader'] as const satisfies readonly Role[]
const office = ['community'] as const satisfies readonly Role[]
const council = [
  'resident',
  ...helpers,
  'property',
  'partTimeMember',
  ...gridTeam,
  'community',
] as const satisfies readonly Role[]
const except = (...others: readonly Role[]): readonly Role[] => roles.filter((role) => !others.includes(role))

/** `org` and `board` are public within the relay; `roster` and `notes` of a building are all that its helpers see. */
export const readers: Readonly<Record<DocumentClass, readonly Role[]>> = {
  org: roles,
  board: roles,
  ledger: [...gridTeam, 'police', ...office],
  sensitive: [...gridTeam, 'police', ...office],
  // What households told the team at their doors is the team's alone.
  diary: gridTeam,
  work: stepRoles,
  // It repeats what stands in the ledger.
  journal: [...gridTeam, 'police', ...office],
  // Whoever reads a step sees what was shown with it.
  photos: stepRoles,
  roster: [...helpers, 'partTimeMember', ...gridTeam, ...office],
  notes: [...helpers, 'partTimeMember', ...gridTeam, ...office],
  meeting: except('admin'),
  proposal: roles,
}

const all: readonly Operation[] = ['set', 'insert', 'delete']
const add: readonly Operation[] = ['insert']
const change: readonly Operation[] = ['set', 'insert']

/** `record` is one whose kind is not told there: its ledger tells it. Named one by one, since who revealed what rests beside them and is changed by nobody. */
const withSensitiveFields = [...Object.keys(tables).filter((kind) => kind !== 'note'), 'record']

/** What no row allows is forbidden: `org` and `roster` are written by the relay alone. */
export const writeRules: readonly WriteRule[] = [
  { document: 'board', path: '*', operations: all, roles: ['community', 'street'] },
  { document: 'board', path: 'notices', operations: change, roles: ['gridLeader'] },
  { document: 'board', path: 'duty', operations: all, roles: ['gridLeader'] },
  { document: 'board', path: 'meetings', operations: change, roles: ['gridLeader'] },
  { document: 'board', path: 'proposals', operations: add, roles: [...gridTeam, 'partTimeMember'] },

  { document: 'ledger', path: '*', operations: all, roles: [...gridTeam, ...office] },
  { document: 'ledger', path: '*/*', operations: all, roles: [...gridTeam, ...office] },
  ...withSensitiveFields.flatMap((kind): WriteRule[] => [
    { document: 'sensitive', path: kind, operations: all, roles: gridTeam },
    { document: 'sensitive', path: `${kind}/*`, operations: all, roles: gridTeam },
  ]),
  { document: 'sensitive', path: 'reveals/own', operations: add, roles: readers.sensitive },
  { document: 'diary', path: '*/*', operations: all, roles: gridTeam },

  ...[...new Set(transitions.map((row) => row.action))].map((action): WriteRule => ({
    document: 'work',
    path: `steps/${action}`,
    operations: add,
    roles: stepRoles.filter((role) => roleMayTake(role, action)),
  })),
  {
    document: 'work',
    path: 'description',
    operations: all,
    roles: ['partTimeMember', ...gridTeam, 'community', 'street'],
  },
  { document: 'photos', path: 'photo', operations: add, roles: stepRoles },
  // What a change of records leaves behind; those of the ledger and of notes rest here.
  { document: 'journal', path: 'journal/own', operations: add, roles: [...gridTeam, 'community'] },

  { document: 'notes', path: 'note/own', operations: all, roles: [...helpers, 'partTimeMember', ...gridTeam] },

  { document: 'meeting', path: 'agenda', operations: all, roles: ['gridLeader', 'community'] },
  { document: 'meeting', path: 'minutes', operations: all, roles: [...gridTeam, 'community'] },
  { document: 'meeting', path: 'decisions', operations: all, roles: ['gridLeader', 'community'] },
  { document: 'meeting', path: 'signIns/own', operations: all, roles: [...council, 'street', 'police'] },
  { document: 'meeting', path: 'signIns/other', operations: change, roles: ['gridLeader', 'community'] },
  { document: 'meeting', path: 'publication', operations: change, roles: ['community'] },

  { document: 'proposal', path: 'title', operations: all, roles: council },
  { document: 'proposal', path: 'body', operations: all, roles: council },
  { document: 'proposal', path: 'comments/own', operations: all, roles: council },
  { document: 'proposal', path: 'cosigners/own', operations: all, roles: council },
  { document: 'proposal', path: 'ballots/own', operations: add, roles: council },
  { document: 'proposal', path: 'reviews/committee', operations: change, roles: ['property', 'community'] },
  { document: 'proposal', path: 'reviews/street', operations: change, roles: ['street'] },
  { document: 'proposal', path: 'state', operations: change, roles: ['gridLeader', 'community', 'street'] },
]
