/** Who can be asked to handle a ticket, and what their roles are called. */
import { mayStep, roleNames, type AccountId, type Role } from '@tongge/model'
import { nameOf, t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'

export function roleText(role: Role): string {
  return Object.hasOwn(roleNames, role) ? nameOf(roleNames[role]) : role
}

/** Everyone of grid, community and street whose role may handle a ticket, as options; oneself included. */
export function handlerOptions(session: Session): readonly { readonly value: AccountId; readonly label: string }[] {
  return session
    .directory()
    .staff.filter(({ role }) => mayStep([role], 'start'))
    .map(({ account, name, role }) => ({ value: account, label: t('tickets.detail.by', name, roleText(role)) }))
}
