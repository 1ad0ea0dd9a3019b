/** The frame of all pages of tickets: on a wide screen it keeps the list beside the open ticket. */
import type { RouteSectionProps } from '@solidjs/router'
import { mayRead, mayWriteDocument } from '@tongge/model'
import Lock from 'lucide-solid/icons/lock'
import { createMemo, createSignal, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNow } from '../records/use-now.ts'
import { Browser } from './list/Browser.tsx'
import { ReportLink } from './list/ReportLink.tsx'
import { TicketsContext } from './tickets-context.ts'
import styles from './TicketsLayout.module.css'

export function TicketsLayout(props: RouteSectionProps): JSX.Element {
  const session = useSession()
  return (
    <Show when={mayRead(session.roles, 'work')} fallback={<NoAccess />}>
      <Panes>{props.children}</Panes>
    </Show>
  )
}

function Panes(props: { readonly children: JSX.Element }): JSX.Element {
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

function NoAccess(): JSX.Element {
  const session = useSession()
  return (
    <Page title={t('tickets.title')}>
      <EmptyState
        icon={<Lock size="1.75rem" />}
        title={t('tickets.noAccess')}
        text={mayWriteDocument(session.roles, 'notes') ? t('tickets.noAccessText') : undefined}
        actions={
          <Show when={mayWriteDocument(session.roles, 'notes')}>
            <ButtonLink href={paths.notes}>{t('tickets.toNotes')}</ButtonLink>
          </Show>
        }
      />
    </Page>
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
