/** What colleagues are called on tickets, and who can be asked to handle one. */
import { mayStep, roleNames, type AccountId, type Role } from '@tongge/model'
import { nameOf, t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'

/** 我 for oneself. Reactive. */
export function whoIs(session: Session, account: AccountId): string {
  return account === session.account ? t('records.myself') : session.directory().nameOf(account)
}

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
