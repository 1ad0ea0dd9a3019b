/** The list of tickets; on a wide screen it stands at the left already and this is what the right side shows while none is open. */
import ClipboardList from 'lucide-solid/icons/clipboard-list'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { useTickets } from '../tickets-context.ts'
import { Browser } from './Browser.tsx'
import styles from './list.module.css'
import { ReportLink } from './ReportLink.tsx'

export function TicketsHome(): JSX.Element {
  const { isWide } = useTickets()
  return (
    <Show
      when={isWide()}
      fallback={
        <Page title={t('tickets.title')} wide fill>
          <Browser />
          <div class={styles.float}>
            <ReportLink />
          </div>
        </Page>
      }
    >
      <EmptyState
        icon={<ClipboardList size="1.75rem" />}
        title={t('tickets.pick')}
        text={t('tickets.pickText')}
        actions={<ReportLink />}
      />
    </Show>
  )
}
