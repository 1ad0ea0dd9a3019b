/** Says what the app waits for. Appears late, so that a quick start shows no flash. */
import type { JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../i18n/i18n.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Loading.module.css'

export interface LoadingProps {
  readonly title?: string
  readonly text?: string
  /** Where no page stands around it. */
  readonly alone?: boolean
}

export function Loading(props: LoadingProps): JSX.Element {
  return (
    <Dynamic component={props.alone ? 'main' : 'div'} class={styles.loading} role={props.alone ? undefined : 'status'}>
      <Mark size="4rem" />
      <Dynamic component={props.alone ? 'h1' : 'p'} class={styles.title}>
        {props.title ?? t('app.preparing')}
      </Dynamic>
      <p class={styles.text}>{props.text}</p>
    </Dynamic>
  )
}
