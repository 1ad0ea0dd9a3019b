/** A sync in one line. */
import type { RecordId } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { GridStore, SyncSummary } from '../../session/session.ts'

export function summaryText(summary: SyncSummary, store: Pick<GridStore, 'entries'>): string {
  const households = summary.added.filter((id: RecordId) => store.entries[id]?.kind === 'household').length
  const others = summary.added.length - households
  const parts = [
    households > 0 ? t('sync.summary.households', households) : '',
    others > 0 ? t('sync.summary.added', others) : '',
    summary.changed.length > 0 ? t('sync.summary.changed', summary.changed.length) : '',
    summary.removed.length > 0 ? t('sync.summary.removed', summary.removed.length) : '',
    summary.tickets.length > 0 ? t('sync.summary.tickets', summary.tickets.length) : '',
    summary.conflicts > 0 ? t('sync.summary.conflicts', summary.conflicts) : '',
  ].filter((text) => text !== '')
  return t('sync.summary.line', parts.length > 0 ? parts.join(t('sync.summary.separator')) : t('sync.summary.nothing'))
}
