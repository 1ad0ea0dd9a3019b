/** The list of tickets; on a wide screen it stands at the left already and this is the right side sums the open ones up while none is chosen. */
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Page } from '../../../ui/Page.tsx'
import { useTickets } from '../tickets-context.ts'
import { Browser } from './Browser.tsx'
import styles from './list.module.css'
import { ReportLink } from './ReportLink.tsx'
import { TicketsOverview } from './TicketsOverview.tsx'

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
      <TicketsOverview />
    </Show>
  )
}
