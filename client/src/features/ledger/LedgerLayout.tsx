/** The frame of all ledger pages: builds the index once and, on a wide screen, keeps the list beside the open record. */
import type { RouteSectionProps } from '@solidjs/router'
import { createMemo, createSignal, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Page } from '../../ui/Page.tsx'
import { Browser } from './home/Browser.tsx'
import { indexStore } from './index-store.ts'
import { LedgerContext } from './ledger-context.ts'
import styles from './LedgerLayout.module.css'

export function LedgerLayout(props: RouteSectionProps): JSX.Element {
  const session = useSession()
  const index = createMemo(() => indexStore(session.store))
  const isWide = createMedia('(min-width: 900px)')
  return (
    <LedgerContext.Provider value={{ index, isWide }}>
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
