/** The device has not met its relay for longer than it may: nothing is shown until it has, and nothing is lost. */
import LockKeyhole from 'lucide-solid/icons/lock-keyhole'
import { createSignal, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { meetRelay, type Lock } from '../session/account.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'
import styles from './LockScreen.module.css'

export function LockScreen(props: { readonly lock: Lock }): JSX.Element {
  const [isAsking, setAsking] = createSignal(false)
  const [hasFailed, setFailed] = createSignal(false)
  const connect = async (): Promise<void> => {
    setAsking(true)
    await meetRelay()
    setAsking(false)
    setFailed(true)
  }
  return (
    <Page title={t('app.name')}>
      <EmptyState
        icon={<LockKeyhole size="1.75rem" />}
        title={t('lock.title')}
        text={t('lock.text', props.lock.name, props.lock.hours)}
        actions={
          <div class={styles.rest}>
            <p class={styles.waiting}>
              {props.lock.waiting > 0 ? t('lock.waiting', props.lock.waiting) : t('lock.kept')}
            </p>
            <Button kind="primary" disabled={isAsking()} onClick={() => void connect()}>
              {t(isAsking() ? 'lock.connecting' : 'lock.connect')}
            </Button>
            <p class={styles.state} role="status">
              {t(hasFailed() && !isAsking() ? 'lock.failed' : 'lock.auto')}
            </p>
          </div>
        }
      />
    </Page>
  )
}
