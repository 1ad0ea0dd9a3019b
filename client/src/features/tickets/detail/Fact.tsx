/** One line of facts; left out while nothing is given. */
import { Show, type JSX } from 'solid-js'
import styles from './detail.module.css'

export interface FactProps {
  readonly name: string
  readonly given: string
  /** Shown instead of the text that is given. */
  readonly children?: JSX.Element
}

export function Fact(props: FactProps): JSX.Element {
  return (
    <Show when={props.given}>
      <div class={styles.fact}>
        <dt>{props.name}</dt>
        <dd>{props.children ?? props.given}</dd>
      </div>
    </Show>
  )
}
