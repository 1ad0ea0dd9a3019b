/** The frame of all pages of tickets: on a wide screen it keeps the list beside the open ticket. */
import type { RouteSectionProps } from '@solidjs/router'
import { createMemo, createSignal, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Page } from '../../ui/Page.tsx'
import { useNow } from '../records/use-now.ts'
import { Browser } from './list/Browser.tsx'
import { ReportLink } from './list/ReportLink.tsx'
import { TicketsContext } from './tickets-context.ts'
import styles from './TicketsLayout.module.css'

export function TicketsLayout(props: RouteSectionProps): JSX.Element {
  const session = useSession()
  const now = useNow()
  const isWide = createMedia('(min-width: 900px)')
  const byId = createMemo(() => session.store.snapshot().tickets)
  const tickets = createMemo(() => [...byId().values()])
  return (
    <TicketsContext.Provider value={{ tickets, isWide, now, list: { query: '', top: 0 } }}>
      <Show when={isWide()} fallback={<Suspense>{props.children}</Suspense>}>
        <Page title={t('tickets.title')} wide fill>
          <div class={styles.panes}>
            <div class={styles.list}>
              <Browser aside={<ReportLink />} />
            </div>
            <div class={styles.ticket}>
              <Suspense>{props.children}</Suspense>
            </div>
          </div>
        </Page>
      </Show>
    </TicketsContext.Provider>
  )
}

function createMedia(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  const onChange = (): void => void setMatches(media.matches)
  media.addEventListener('change', onChange)
  onCleanup(() => media.removeEventListener('change', onChange))
  return matches
}
