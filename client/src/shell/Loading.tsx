/** Shown while the app finds out who works here. Appears late, so that a quick start shows no flash. */
import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Loading.module.css'

export function Loading(props: { readonly title?: string; readonly text?: string }): JSX.Element {
  return (
    <div class={styles.loading} role="status">
      <Mark size="4rem" />
      <p class={styles.title}>{props.title ?? t('app.preparing')}</p>
      <p class={styles.text}>{props.text}</p>
    </div>
  )
}
