/** The frame of all ledger pages: builds the index once and, on a wide screen, keeps the list beside the open record. */
import type { RouteSectionProps } from '@solidjs/router'
import { mayRead } from '@tongge/model'
import BookLock from 'lucide-solid/icons/book-lock'
import { createMemo, createSignal, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { paths } from '../../paths.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { Browser } from './home/Browser.tsx'
import { indexEntries } from './index-store.ts'
import { LedgerContext } from './ledger-context.ts'
import styles from './LedgerLayout.module.css'

export function LedgerLayout(props: RouteSectionProps): JSX.Element {
  const session = useSession()
  return (
    <Show when={mayRead(session.roles, 'ledger')} fallback={<NotForThisRole />}>
      <Ledger>{props.children}</Ledger>
    </Show>
  )
}

function NotForThisRole(): JSX.Element {
  return (
    <Page title={t('ledger.title')}>
      <EmptyState
        icon={<BookLock size="1.75rem" />}
        title={t('ledger.notForRole')}
        text={t('ledger.notForRoleText')}
        actions={<ButtonLink href={paths.notes}>{t('ledger.toNotes')}</ButtonLink>}
      />
    </Page>
  )
}

function Ledger(props: { readonly children: JSX.Element }): JSX.Element {
  const session = useSession()
  const entries = createMemo(() => session.store.snapshot().entries)
  const index = createMemo(() => indexEntries(entries().values()))
  const isWide = createMedia('(min-width: 900px)')
  return (
    <LedgerContext.Provider value={{ index, isWide, search: { left: '' } }}>
      <Show when={isWide()} fallback={<Suspense>{props.children}</Suspense>}>
        <Page title={t('ledger.title')} wide fill>
          <div class={styles.panes}>
            <div class={styles.list}>
              <Browser />
            </div>
            <div class={styles.record}>
              <Suspense>{props.children}</Suspense>
            </div>
          </div>
        </Page>
      </Show>
    </LedgerContext.Provider>
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
