/** A few codes as large tiles under the thumb; a second tap takes the choice back. */
import { codeList, type CodeListId } from '@tongge/model'
import { createUniqueId, For, Show, type JSX } from 'solid-js'
import { nameOf } from '../../i18n/i18n.ts'
import styles from './notes.module.css'

export interface CodeTilesProps {
  readonly label: string
  readonly list: CodeListId
  readonly value: string
  readonly error?: string | undefined
  readonly onChange: (code: string) => void
}

export function CodeTiles(props: CodeTilesProps): JSX.Element {
  const id = createUniqueId()
  return (
    <div
      class={styles.tileSet}
      role="group"
      aria-labelledby={id}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <p id={id} class={styles.legend}>
        {props.label}
      </p>
      <div class={styles.tiles}>
        <For each={codeList(props.list)}>
          {(code) => (
            <button
              type="button"
              class={styles.tile}
              aria-pressed={code.code === props.value}
              onClick={() => props.onChange(code.code === props.value ? '' : code.code)}
            >
              {nameOf(code)}
            </button>
          )}
        </For>
      </div>
      <Show when={props.error}>
        <p id={`${id}-error`} class={styles.error} role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  )
}
