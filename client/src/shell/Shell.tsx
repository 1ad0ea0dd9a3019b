/** The frame around every page: the five places, the sync light, the messages. Without a session it shows the sign-in page at any address. */
import { useLocation, type RouteSectionProps } from '@solidjs/router'
import { ErrorBoundary, lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js'
import { SyncLightButton } from '../features/sync/SyncLightButton.tsx'
import { t } from '../i18n/i18n.ts'
import { blockedLeave } from '../pwa/dirty.ts'
import { PersistenceNotice } from '../pwa/PersistenceNotice.tsx'
import { UpdateBar } from '../pwa/UpdateBar.tsx'
import { currentSession, resuming } from '../session/account.ts'
import { SessionProvider } from '../session/SessionContext.tsx'
import { useSession } from '../session/use-session.ts'
import { BarEndContext } from '../ui/bar-end.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { BrokenPage } from './BrokenPage.tsx'
import { FirstSync } from './FirstSync.tsx'
import { keepScroll } from './keep-scroll.ts'
import { Loading } from './Loading.tsx'
import { Navigation } from './Navigation.tsx'
import { NoAccessPage } from './NoAccessPage.tsx'
import { mayOpen } from './places.ts'
import styles from './Shell.module.css'

const SignInPage = lazy(async () => ({ default: (await import('../features/sign-in/SignInPage.tsx')).SignInPage }))
const LeaveDialog = lazy(async () => ({ default: (await import('./LeaveDialog.tsx')).LeaveDialog }))

export function Shell(props: RouteSectionProps): JSX.Element {
  return (
    <>
      <Switch
        fallback={
          <Suspense fallback={<Loading alone />}>
            <SignInPage />
          </Suspense>
        }
      >
        <Match when={resuming()}>
          <Loading alone />
        </Match>
        <Match when={currentSession()} keyed>
          {(session) => (
            <SessionProvider session={session}>
              <Frame>{props.children}</Frame>
            </SessionProvider>
          )}
        </Match>
      </Switch>
      <UpdateBar />
      <Toasts />
      <Show when={blockedLeave()}>
        <Suspense>
          <LeaveDialog />
        </Suspense>
      </Show>
    </>
  )
}

function Frame(props: { readonly children: JSX.Element }): JSX.Element {
  const session = useSession()
  const scroll = keepScroll()
  const location = useLocation()
  return (
    <div class={styles.frame}>
      <a href="#content" class={styles.skip}>
        {t('app.skip')}
      </a>
      <Navigation />
      <PersistenceNotice />
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
