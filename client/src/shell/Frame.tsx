/** The frame of every page inside a session: the five places, the sync light, and the page itself. */
import { useLocation } from '@solidjs/router'
import { createEffect, ErrorBoundary, Show, Suspense, type JSX, type ParentProps } from 'solid-js'
import { SyncLightButton } from '../features/sync/SyncLightButton.tsx'
import { tellOwnLists } from '../i18n/code-lists.ts'
import { t } from '../i18n/i18n.ts'
import { PersistenceNotice } from '../pwa/PersistenceNotice.tsx'
import type { Session } from '../session/session.ts'
import { SessionProvider } from '../session/SessionContext.tsx'
import { useSession } from '../session/use-session.ts'
import { BarEndContext } from '../ui/bar-end.ts'
import { BrokenPage } from './BrokenPage.tsx'
import { FollowAudit } from './FollowAudit.tsx'
import { FirstSync } from './FirstSync.tsx'
import styles from './Frame.module.css'
import { keepScroll } from './keep-scroll.ts'
import { Navigation } from './Navigation.tsx'
import { NoAccessPage } from './NoAccessPage.tsx'
import { mayOpen } from './places.ts'
import { followRedoKeys } from './redo-keys.ts'
import { TellSync } from './TellSync.tsx'

export function Frame(props: ParentProps<{ readonly session: Session }>): JSX.Element {
  return (
    <SessionProvider session={props.session}>
      <Places>{props.children}</Places>
    </SessionProvider>
  )
}

function Places(props: ParentProps): JSX.Element {
  const session = useSession()
  const scroll = keepScroll()
  followRedoKeys(session)
  const location = useLocation()
  createEffect(() => tellOwnLists(session.directory().parameters.lists ?? {}))
  return (
    <div class={styles.frame}>
      <a href="#content" class={styles.skip}>
        {t('app.skip')}
      </a>
      <Navigation />
      <PersistenceNotice />
      <FollowAudit />
      <TellSync />
      <div id="content" class={styles.view} tabindex="-1" ref={scroll}>
        <BarEndContext.Provider value={() => <SyncLightButton />}>
          <Show when={session.loaded()} fallback={<FirstSync />}>
            <ErrorBoundary fallback={(error, reset) => <BrokenPage error={error} reset={reset} />}>
              <Show when={mayOpen(session.roles, location.pathname)} fallback={<NoAccessPage />}>
                <Suspense>{props.children}</Suspense>
              </Show>
            </ErrorBoundary>
          </Show>
        </BarEndContext.Provider>
      </div>
    </div>
  )
}
