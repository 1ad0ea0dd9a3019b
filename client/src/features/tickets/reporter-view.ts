/** Who may see which resident reported a matter (domain.md §4, row 工单 reporter): leaders and the office always, others only on their own tickets. */
import type { AccountId, Role, Ticket } from '@tongge/model'

const always: ReadonlySet<Role> = new Set(['gridLeader', 'community'])
const whenInvolved: ReadonlySet<Role> = new Set(['partTimeMember', 'gridMember', 'police', 'street'])

export function maySeeReporter(
  ticket: Ticket,
  viewer: { readonly account: AccountId; readonly roles: readonly Role[] },
): boolean {
  const { account, roles } = viewer
  if (roles.some((role) => always.has(role))) return true
  const isInvolved =
    ticket.reportedBy === account ||
    ticket.firstContact === account ||
    ticket.assignee === account ||
    ticket.coAssignees.includes(account)
  return isInvolved && roles.some((role) => whenInvolved.has(role))
}
