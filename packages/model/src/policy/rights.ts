/** Questions to the permission table. A person with several roles may do what any of them may. */
import { mayTake, roleMayTake, transitionFrom } from '../tickets/machine.ts'
import type { StepAction, Ticket } from '../tickets/types.ts'
import type { AccountId } from '../ids.ts'
import type { Role } from './roles.ts'
import { readers, writeRules, type DocumentClass, type Operation, type WriteRule } from './table.ts'

export function mayRead(roles: readonly Role[], document: DocumentClass): boolean {
  return roles.some((role) => readers[document].includes(role))
}

/** Whether anything at all in such a document may be written, as one's own reveals are by those who write nothing else there; a right to write is always one to read. */
export function mayWriteDocument(roles: readonly Role[], document: DocumentClass): boolean {
  return writeRules.some((rule) => rule.document === document && rule.roles.some((role) => roles.includes(role)))
}

/** `path` is one of meaning, such as `household/phone` (see table.ts); own and other entries are told apart by the caller. */
export function mayWrite(roles: readonly Role[], document: DocumentClass, path: string, operation: Operation): boolean {
  const given = path.split('/')
  return rulesOf(document).some(
    ({ rule, wanted }) =>
      wanted.length === given.length &&
      rule.operations.includes(operation) &&
      rule.roles.some((role) => roles.includes(role)) &&
      wanted.every((segment, index) => segment === given[index] || (segment === '*' && given[index] !== '')),
  )
}

/** Without a ticket: in some state, as some party. With one: in its state, as this account (the whole answer is `allowedSteps`). */
export function mayStep(
  roles: readonly Role[],
  action: StepAction,
  on?: { readonly ticket: Ticket; readonly account: AccountId },
): boolean {
  if (!on) return roles.some((role) => roleMayTake(role, action))
  const row = transitionFrom(action, on.ticket.state)
  return row !== undefined && roles.some((role) => mayTake(row, role, on.account, on.ticket) === undefined)
}

/** Whether sensitive fields may be shown, one record at a time and with a reason that is written down before. */
export function mayReveal(roles: readonly Role[]): boolean {
  return mayWrite(roles, 'sensitive', 'reveals/own', 'insert')
}

const overseers: ReadonlySet<Role> = new Set(['gridLeader', 'community'])

/** Whether somebody is told who has looked at the sensitive fields of a record. */
export function mayReadReveals(roles: readonly Role[]): boolean {
  return roles.some((role) => overseers.has(role))
}

/** Whether the audit log may be read. Nobody writes it. */
export function mayReadAudit(roles: readonly Role[]): boolean {
  return roles.includes('auditor')
}

/** Whether somebody with these roles sets times of tickets, working days and lists, as far as the roles reach. */
export function maySetParameters(roles: readonly Role[]): boolean {
  return roles.includes('community') || roles.includes('street')
}

/** How far a role reaches: its buildings, its grids, the grids of its community or street, or only what it was invited to. */
export type Scope = 'public' | 'building' | 'grid' | 'community' | 'street' | 'invited'

export function scopeOf(role: Role): Scope {
  switch (role) {
    case 'buildingLeader':
    case 'volunteer':
      return 'building'
    case 'partTimeMember':
    case 'gridMember':
    case 'gridLeader':
    case 'police':
    case 'citizenSupervisor':
      return 'grid'
    case 'community':
      return 'community'
    case 'street':
      return 'street'
    case 'department':
    case 'property':
      return 'invited'
    case 'resident':
    case 'admin':
    case 'auditor':
      return 'public'
  }
}

interface SplitRule {
  readonly rule: WriteRule
  readonly wanted: readonly string[]
}

const rulesByDocument = new Map<DocumentClass, readonly SplitRule[]>()

function rulesOf(document: DocumentClass): readonly SplitRule[] {
  const known = rulesByDocument.get(document)
  if (known) return known
  const rules = writeRules
    .filter((rule) => rule.document === document)
    .map((rule) => ({ rule, wanted: rule.path.split('/') }))
  rulesByDocument.set(document, rules)
  return rules
}
