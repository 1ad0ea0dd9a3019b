/** Shown while this device's data opens. Quiet at first, so that a quick start shows no flash; says what it waits for if it takes longer. */
import type { JSX } from 'solid-js'
import { currentSession } from '../session/account.ts'
import { t } from '../i18n/i18n.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Loading.module.css'

export function Loading(): JSX.Element {
  const first = () => currentSession()?.light().connection !== undefined && currentSession()?.light().connection !== 'offline'
  return (
    <div class={styles.loading} role="status">
      <Mark size="4rem" />
      <p class={styles.title}>{first() ? t('app.firstSync') : t('app.preparing')}</p>
      <p class={styles.text}>{first() ? t('app.firstSyncText') : ''}</p>
    </div>
  )
}
