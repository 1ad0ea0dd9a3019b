/** The states of a ticket and the steps between them (domain.md §3.2), as a table. Who may take a step is part of the row. */
import type { AccountId } from '../ids.ts'
import type { Role } from '../policy/roles.ts'
import type { Level, StepAction, TicketState } from './types.ts'

/** What a step must carry; plan demands it and the fold refuses a step without it. */
export type StepField = 'note' | 'noteOrEvidence' | 'evidence' | 'assignee' | 'dueAt' | 'level' | 'parent' | 'score'

export interface Transition {
  readonly action: StepAction
  readonly from: readonly TicketState[]
  /** Absent: the state stays. */
  readonly to?: TicketState
  /** Roles that may always take it. */
  readonly roles: readonly Role[]
  /** People who may take it when they hold one of `partyRoles`. */
  readonly parties?: readonly Party[]
  readonly partyRoles?: readonly Role[]
  /** Whose own step may not be judged by themselves: the one who finished, or who asked. */
  readonly notBy?: 'finisher' | 'applicant'
  readonly needs?: readonly StepField[]
}

export type Party = 'assignee' | 'coAssignee' | 'firstContact' | 'reporter'

const leaders = ['gridLeader', 'community', 'street'] as const satisfies readonly Role[]
const members = ['partTimeMember', 'gridMember', ...leaders] as const satisfies readonly Role[]
/** Everyone whose role lets them write work documents. */
export const stepRoles = [...members, 'police', 'department'] as const satisfies readonly Role[]

const handlers = { parties: ['assignee', 'coAssignee'], partyRoles: stepRoles } as const satisfies Partial<Transition>
const anyState = [
  'submitted',
  'registered',
  'assigned',
  'inProgress',
  'resolved',
  'verified',
  'closed',
  'returned',
  'extensionPending',
  'suspended',
  'escalated',
  'merged',
  'rejected',
] as const satisfies readonly TicketState[]

export const transitions: readonly Transition[] = [
  { action: 'submit', from: ['draft'], to: 'submitted', roles: members },
  { action: 'accept', from: ['submitted'], to: 'registered', roles: members },
  {
    action: 'dispatch',
    from: ['registered', 'assigned', 'returned', 'escalated'],
    to: 'assigned',
    roles: leaders,
    needs: ['assignee'],
  },
  // 首问负责: who took the matter in may handle it without being told to.
  {
    action: 'start',
    from: ['registered'],
    to: 'inProgress',
    roles: [],
    // Who accepted at the same time, and has begun already when the earlier one arrives, has not begun in vain.
    parties: ['firstContact', 'coAssignee'],
    partyRoles: stepRoles,
  },
  { action: 'start', from: ['assigned'], to: 'inProgress', roles: [], ...handlers },
  { action: 'finish', from: ['inProgress'], to: 'resolved', roles: leaders, ...handlers, needs: ['noteOrEvidence'] },
  { action: 'verify', from: ['resolved'], to: 'verified', roles: leaders, notBy: 'finisher' },
  {
    action: 'callback',
    from: ['verified'],
    to: 'closed',
    roles: leaders,
    parties: ['firstContact', 'assignee'],
    partyRoles: members,
    needs: ['score'],
  },
  { action: 'close', from: ['verified'], to: 'closed', roles: leaders, needs: ['note'] },
  { action: 'return', from: ['assigned', 'inProgress'], to: 'returned', roles: leaders, ...handlers, needs: ['note'] },
  {
    action: 'requestExtension',
    from: ['inProgress'],
    to: 'extensionPending',
    roles: [],
    ...handlers,
    needs: ['note', 'dueAt'],
  },
  { action: 'approveExtension', from: ['extensionPending'], to: 'inProgress', roles: leaders, notBy: 'applicant' },
  {
    action: 'refuseExtension',
    from: ['extensionPending'],
    to: 'inProgress',
    roles: leaders,
    notBy: 'applicant',
    needs: ['note'],
  },
  { action: 'suspend', from: ['inProgress'], to: 'suspended', roles: leaders, ...handlers, needs: ['note'] },
  { action: 'resume', from: ['suspended'], to: 'inProgress', roles: leaders, ...handlers },
  {
    action: 'escalate',
    from: ['registered', 'assigned', 'inProgress', 'returned'],
    to: 'escalated',
    roles: leaders,
    parties: ['firstContact', 'assignee', 'coAssignee'],
    partyRoles: stepRoles,
    needs: ['note', 'level'],
  },
  {
    action: 'takeBack',
    from: ['escalated'],
    to: 'registered',
    roles: leaders,
    parties: ['firstContact'],
    partyRoles: members,
    needs: ['note'],
  },
  {
    action: 'merge',
    from: ['submitted', 'registered', 'assigned', 'inProgress'],
    to: 'merged',
    roles: leaders,
    needs: ['parent'],
  },
  { action: 'reject', from: ['submitted', 'registered'], to: 'rejected', roles: leaders, needs: ['note'] },
  {
    action: 'reopen',
    from: ['resolved', 'verified', 'closed'],
    to: 'inProgress',
    roles: leaders,
    parties: ['firstContact', 'reporter'],
    partyRoles: members,
    needs: ['note'],
  },
  {
    action: 'reopen',
    from: ['merged'],
    to: 'registered',
    roles: leaders,
    parties: ['firstContact', 'reporter'],
    partyRoles: members,
    needs: ['note'],
  },
  {
    action: 'reopen',
    from: ['rejected'],
    to: 'submitted',
    roles: leaders,
    parties: ['firstContact', 'reporter'],
    partyRoles: members,
    needs: ['note'],
  },
  { action: 'comment', from: anyState, roles: stepRoles, needs: ['note'] },
  { action: 'evidence', from: anyState, roles: stepRoles, needs: ['noteOrEvidence'] },
  { action: 'settle', from: anyState, roles: leaders },
]

export function transitionsOf(action: StepAction): readonly Transition[] {
  return transitions.filter((transition) => transition.action === action)
}

export function transitionFrom(action: StepAction, from: TicketState): Transition | undefined {
  return transitions.find((transition) => transition.action === action && transition.from.includes(from))
}

/** Whether a role may take an action at all, in some state, as some party. */
export function roleMayTake(role: Role, action: StepAction): boolean {
  return transitions.some(
    (row) => row.action === action && (row.roles.includes(role) || (row.partyRoles ?? []).includes(role)),
  )
}

/** Who stands in which relation to a ticket; what `mayTake` needs to know of it. */
export interface Parties {
  readonly firstContact?: AccountId | undefined
  readonly assignee?: AccountId | undefined
  readonly coAssignees: readonly AccountId[]
  readonly reportedBy: AccountId
  /** Who took the last `finish`. */
  readonly finisher?: AccountId | undefined
  /** Who took the last `requestExtension`. */
  readonly applicant?: AccountId | undefined
}

export type TakeRefusal = 'role' | 'party' | 'own'

/** undefined when this person in this role may take this row's step on this ticket. */
export function mayTake(row: Transition, role: Role, account: AccountId, parties: Parties): TakeRefusal | undefined {
  if (row.notBy && parties[row.notBy] === account) return 'own'
  if (row.roles.includes(role)) return undefined
  if (!row.partyRoles?.includes(role)) return 'role'
  const isParty = row.parties?.some((party) => {
    if (party === 'coAssignee') return parties.coAssignees.includes(account)
    return (party === 'reporter' ? parties.reportedBy : parties[party]) === account
  })
  return isParty ? undefined : 'party'
}

const levels: readonly Level[] = ['grid', 'community', 'street']

export function isHigher(level: Level, than: Level): boolean {
  return levels.indexOf(level) > levels.indexOf(than)
}

export const openStates: readonly TicketState[] = anyState.filter(
  (state) => state !== 'closed' && state !== 'merged' && state !== 'rejected',
)

/** 待受理 / 处置中 / 已结案. */
export type PublicState = 'waiting' | 'handling' | 'done'

export function publicState(state: TicketState): PublicState {
  switch (state) {
    case 'draft':
    case 'submitted':
    case 'registered':
      return 'waiting'
    case 'closed':
    case 'merged':
    case 'rejected':
      return 'done'
    case 'assigned':
    case 'inProgress':
    case 'resolved':
    case 'verified':
    case 'returned':
    case 'extensionPending':
    case 'suspended':
    case 'escalated':
      return 'handling'
  }
}
