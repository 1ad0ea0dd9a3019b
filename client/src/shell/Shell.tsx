/** Around everything: who works here at the moment, the update bar, the messages. Without a session it shows the sign-in page at any address. */
import { usePreloadRoute, type RouteSectionProps } from '@solidjs/router'
import { lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js'
import { SignInPage } from '../features/sign-in/SignInPage.tsx'
import { blockedLeave } from '../pwa/dirty.ts'
import { UpdateBar } from '../pwa/UpdateBar.tsx'
import { currentSession, locked, resuming } from '../session/account.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { Loading } from './Loading.tsx'

const Frame = lazy(async () => ({ default: (await import('./Frame.tsx')).Frame }))
const LockScreen = lazy(async () => ({ default: (await import('./LockScreen.tsx')).LockScreen }))
const LeaveDialog = lazy(async () => ({ default: (await import('./LeaveDialog.tsx')).LeaveDialog }))

export function Shell(props: RouteSectionProps): JSX.Element {
  if (resuming()) {
    // What the session will be shown in comes from the cache while it opens, not after it.
    void Frame.preload()
    usePreloadRoute()(location.href)
  }
  return (
    <>
      <Switch fallback={<SignInPage />}>
        <Match when={resuming()}>
          <Loading alone />
        </Match>
        <Match when={locked()}>
          {(lock) => (
            <Suspense fallback={<Loading alone />}>
              <LockScreen lock={lock()} />
            </Suspense>
          )}
        </Match>
        <Match when={currentSession()} keyed>
          {(session) => (
            <Suspense fallback={<Loading alone />}>
              <Frame session={session}>{props.children}</Frame>
            </Suspense>
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
