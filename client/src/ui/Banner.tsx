/** A message that stays in the page until its cause is gone. */
import { Show, type JSX } from 'solid-js'
import styles from './Banner.module.css'

export interface BannerProps {
  readonly tone?: 'plain' | 'notice' | 'danger'
  readonly icon?: JSX.Element
  readonly title: string
  readonly children?: JSX.Element
  readonly actions?: JSX.Element
}

export function Banner(props: BannerProps): JSX.Element {
  return (
    <div
      class={`${styles.banner} ${styles[props.tone ?? 'plain']}`}
      role={props.tone === 'danger' ? 'alert' : undefined}
    >
      <Show when={props.icon}>
        <span class={styles.icon} aria-hidden="true">
          {props.icon}
        </span>
      </Show>
      <div class={styles.text}>
        <p class={styles.title}>{props.title}</p>
        <div>{props.children}</div>
        <Show when={props.actions}>
          <div class={styles.actions}>{props.actions}</div>
        </Show>
      </div>
    </div>
  )
}
