/** A short mark on a record, or (with `onClick`) a filter that can be on or off. */
import { Show, type JSX } from 'solid-js'
import styles from './Chip.module.css'

/** `danger` is for danger and overdue alone; `notice` for what a person should look at. */
export type ChipTone = 'plain' | 'accent' | 'notice' | 'danger'

export interface ChipProps {
  readonly tone?: ChipTone
  readonly icon?: JSX.Element
  readonly children: JSX.Element
  /** Makes it a toggle. */
  readonly onClick?: () => void
  readonly selected?: boolean
}

export function Chip(props: ChipProps): JSX.Element {
  const classes = () => `${styles.chip} ${styles[props.tone ?? 'plain']}`
  return (
    <Show
      when={props.onClick}
      fallback={
        <span class={classes()}>
          {props.icon}
          {props.children}
        </span>
      }
    >
      <button
        type="button"
        class={`${styles.chip} ${styles.toggle}`}
        aria-pressed={props.selected ?? false}
        onClick={() => props.onClick?.()}
      >
        {props.icon}
        {props.children}
      </button>
    </Show>
  )
}
