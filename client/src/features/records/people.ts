/** What colleagues and grids are called. */
import type { AccountId, GridCode } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'

/** What a session may know besides; without it the account or the code is shown. */
interface Directory {
  personName?(account: AccountId): string | undefined
  gridName?(grid: GridCode): string | undefined
}

/** 我 for oneself, else the colleague's name, else the account. */
export function personName(session: Session, account: AccountId): string {
  if (account === session.account) return t('records.myself')
  return directoryOf(session).personName?.(account) ?? session.peers().find((peer) => peer.account === account)?.name ?? account
}

export function gridName(session: Session, grid: GridCode): string {
  return directoryOf(session).gridName?.(grid) ?? t('records.grid', String(Number(grid.slice(12))))
}

function directoryOf(session: Session & Directory): Directory {
  return session
}
