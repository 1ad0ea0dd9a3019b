/** The quiet bar 新版本已就绪. Never reloads by itself, and waits while a form holds unsaved input. */
import { createSignal, createEffect, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { currentSession } from '../session/account.ts'
import { Button } from '../ui/Button.tsx'
import { toast } from '../ui/toast.ts'
import { isDirty } from './dirty.ts'
import { applyUpdate, isOfflineReady, isReloadDue, isUpdateReady } from './register.ts'
import styles from './UpdateBar.module.css'

export function UpdateBar(): JSX.Element {
  const [later, setLater] = createSignal(false)
  let hasTold = false
  /** An edit on its way to the disk is not lost to a reload either. */
  const isSafe = () => !isDirty() && currentSession()?.light().light !== 'unsaved'
  createEffect(() => {
    // Told once, in whatever language; and not before there is something to open without a network.
    if (hasTold || !isOfflineReady() || !currentSession()) return
    hasTold = true
    untrack(() => toast(t('pwa.offlineReady')))
  })
  createEffect(() => {
    if (isReloadDue() && isSafe()) location.reload()
  })
  return (
    <Show when={isUpdateReady() && !later() && !isDirty()}>
      <div class={styles.bar} role="status" ref={makeRoom}>
        <span class={styles.text}>{t('pwa.updateReady')}</span>
        <Button kind="quiet" onClick={() => setLater(true)}>
          {t('pwa.later')}
        </Button>
        <Button kind="primary" onClick={applyUpdate}>
          {t('pwa.updateNow')}
        </Button>
      </div>
    </Show>
  )
}

/** The page keeps this much free at its end: nothing stays under the bar. */
function makeRoom(bar: HTMLElement): void {
  const { style } = document.body
  onMount(() => style.setProperty('--update-room', `calc(${bar.offsetHeight}px + var(--space-5))`))
  onCleanup(() => style.removeProperty('--update-room'))
}
