/** What a place shows when it has nothing: empty, offline, not permitted, failed. Says why and what to do. */
import { children, Show, type JSX } from 'solid-js'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  readonly icon: JSX.Element
  readonly title: string
  readonly text?: string | undefined
  /** Buttons or links. */
  readonly actions?: JSX.Element
  /** Smaller, for use inside a card. */
  readonly compact?: boolean
}

export function EmptyState(props: EmptyStateProps): JSX.Element {
  const actions = children(() => props.actions)
  return (
    <div class={`${styles.state} ${props.compact ? styles.compact : ''}`}>
      <span class={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <p class={styles.title}>{props.title}</p>
      <Show when={props.text}>
        <p class={styles.text}>{props.text}</p>
      </Show>
      <Show when={actions()}>
        <div class={styles.actions}>{actions()}</div>
      </Show>
    </div>
  )
}
