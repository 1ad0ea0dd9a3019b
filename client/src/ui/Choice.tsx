/** One of a few choices, all visible: a row of segments made of radio buttons. */
import { createUniqueId, For, type JSX } from 'solid-js'
import styles from './Choice.module.css'

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

export function Choice<T extends string>(props: ChoiceProps<T>): JSX.Element {
  const name = createUniqueId()
  return (
    <fieldset class={styles.set}>
      <legend class={props.hideLabel ? styles.hidden : styles.legend}>{props.label}</legend>
      <div class={styles.track}>
        <For each={props.options}>
          {(option) => (
            <label class={styles.segment}>
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={option.value === props.value}
                onChange={() => props.onChange(option.value)}
              />
              <span>{option.label}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
