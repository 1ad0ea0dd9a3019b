/** What a change of accounts means to somebody who reads about it later; no names of persons. */
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Account, Assignment } from './accounts.ts'
import { formatScope } from './scope.ts'

export interface Standing {
  readonly account: Account
  readonly assignments: readonly Assignment[]
  /** What else is known of the person, as stored; only whether it changed is told. */
  readonly details: string | undefined
}

/** What became of one account; nothing when nothing did. */
export function accountEvents(before: Standing | undefined, after: Standing, by: string): AuditEvent[] {
  const { account } = after.account
  const events: AuditEvent[] = []
  if (!before) events.push({ type: 'account', account, change: 'created', by })
  else {
    if (before.account.name !== after.account.name) events.push({ type: 'account', account, change: 'renamed', by })
    if (before.account.disabled !== after.account.disabled)
      events.push({ type: 'account', account, change: after.account.disabled ? 'disabled' : 'enabled', by })
    if (before.account.passwordHash !== after.account.passwordHash) events.push({ type: 'password', account, by })
  }
  if (before && before.details !== after.details) events.push({ type: 'account', account, change: 'described', by })
  const [held, holds] = [rolesOf(before?.assignments ?? []), rolesOf(after.assignments)]
  if (held.join('\n') !== holds.join('\n')) events.push({ type: 'roles', account, roles: holds, by })
  return events
}

/** `gridMember 990101001001001 2026-01-01..2026-12-31`; an open side is blank, and without days nothing follows the place. */
function rolesOf(assignments: readonly Assignment[]): readonly string[] {
  return assignments
    .map(
      ({ role, scope, from, to }) =>
        `${role} ${formatScope(scope)}${from === undefined && to === undefined ? '' : ` ${from ?? ''}..${to ?? ''}`}`,
    )
    .toSorted()
}
