/** A labelled input with its hint and its error beside it; the shell that TextInput, TextArea, Select and DateInput share. */
import { createUniqueId, Show, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import styles from './Field.module.css'

export interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  /** Shown in words beside the input and announced. */
  readonly error?: string | undefined
  readonly required?: boolean | undefined
  /** Keeps the label for screen readers only. */
  readonly hideLabel?: boolean | undefined
}

export interface FieldControl {
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

export function Field(
  props: FieldProps & { readonly children: (control: () => FieldControl) => JSX.Element },
): JSX.Element {
  const id = createUniqueId()
  const control = (): FieldControl => ({
    id,
    describedBy: props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined,
    invalid: Boolean(props.error),
  })
  return (
    <div class={styles.field}>
      <label for={id} class={props.hideLabel ? styles.hidden : styles.label}>
        {props.label}
        <Show when={props.required}>
          <span class={styles.required}>{t('ui.required')}</span>
        </Show>
      </label>
      {props.children(control)}
      <Show
        when={props.error}
        fallback={
          <Show when={props.hint}>
            <p id={`${id}-hint`} class={styles.hint}>
              {props.hint}
            </p>
          </Show>
        }
      >
        <p id={`${id}-error`} class={styles.error} role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  )
}
