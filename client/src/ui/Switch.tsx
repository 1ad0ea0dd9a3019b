/** An on/off setting with its label in front; the whole row is the target. */
import { createUniqueId, Show, type JSX } from 'solid-js'
import styles from './Switch.module.css'

export interface SwitchProps {
  readonly label: string
  readonly hint?: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

export function Switch(props: SwitchProps): JSX.Element {
  const id = createUniqueId()
  return (
    <label class={styles.row} for={id}>
      <span class={styles.text}>
        <span>{props.label}</span>
        <Show when={props.hint}>
          <span class={styles.hint}>{props.hint}</span>
        </Show>
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        class={styles.switch}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </label>
  )
}
