/** What colleagues and grids are called. */
import type { AccountId, GridCode } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'

/** 我 for oneself, else the colleague's name, else the account. Reactive. */
export function personName(session: Session, account: AccountId): string {
  return account === session.account ? t('records.myself') : session.directory().nameOf(account)
}

/** The directory's name, or the number within the community while the directory is not here. Reactive. */
export function gridName(session: Session, grid: GridCode): string {
  const name = session.directory().gridNameOf(grid)
  return name === grid ? t('records.grid', String(Number(grid.slice(12)))) : name
}
