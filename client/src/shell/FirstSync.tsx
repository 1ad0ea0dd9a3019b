/** Shown until the grid's data is there: a moment on a device that has it, longer on one that fetches it for the first time. */
import WifiOff from 'lucide-solid/icons/wifi-off'
import { onCleanup, Show, type JSX } from 'solid-js'
import { mayRead } from '@tongge/model'
import { t } from '../i18n/i18n.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'
import { Loading } from './Loading.tsx'

export function FirstSync(): JSX.Element {
  const session = useSession()
  const key = `tongge.fetched.${session.account}.${session.grid}`
  const readsLedger = mayRead(session.roles, 'ledger')
  const isFirst = localStorage.getItem(key) === null
  onCleanup(() => {
    if (session.loaded()) localStorage.setItem(key, '1')
  })
  return (
    <Page title={t('app.name')}>
      <Show when={isFirst} fallback={<Loading />}>
        <Show
          when={session.light().connection === 'offline'}
          fallback={
            <Loading title={t(readsLedger ? 'app.firstSync' : 'roles.firstSync')} text={t('app.firstSyncText')} />
          }
        >
          <EmptyState
            icon={<WifiOff size="1.75rem" />}
            title={t(readsLedger ? 'app.firstOffline' : 'roles.firstOffline')}
            text={t('app.firstSyncText')}
            actions={
              <Button kind="primary" onClick={() => session.syncNow()}>
                {t('ui.retry')}
              </Button>
            }
          />
        </Show>
      </Show>
    </Page>
  )
}
