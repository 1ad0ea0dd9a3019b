/** A card of rows. Put `Row`, `Switch` or any block into it. */
import { Show, type JSX } from 'solid-js'
import styles from './List.module.css'

export interface ListProps {
  /** Heading above the card. */
  readonly title?: JSX.Element
  /** Shown at the end of the heading line, such as a count or a link. */
  readonly aside?: JSX.Element
  readonly children: JSX.Element
}

export function List(props: ListProps): JSX.Element {
  return (
    <section class={styles.section}>
      <Show when={props.title}>
        <header class={styles.head}>
          <h2 class={styles.title}>{props.title}</h2>
          <div class={styles.aside}>{props.aside}</div>
        </header>
      </Show>
      <div class={styles.card}>{props.children}</div>
    </section>
  )
}
