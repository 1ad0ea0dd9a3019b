/** One-line input. `type="date"` is the native day picker; `inputmode` chooses the phone's keyboard. */
import { splitProps, type JSX } from 'solid-js'
import { Field, type FieldProps } from './Field.tsx'
import styles from './Field.module.css'

export interface TextInputProps
  extends FieldProps, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput' | 'value' | 'required'> {
  readonly value: string
  readonly onInput: (value: string) => void
}

export function TextInput(props: TextInputProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    'label',
    'hint',
    'error',
    'required',
    'hideLabel',
    'value',
    'onInput',
    'class',
  ])
  return (
    <Field label={own.label} hint={own.hint} error={own.error} required={own.required} hideLabel={own.hideLabel}>
      {(control) => (
        <input
          type="text"
          autocomplete="off"
          {...rest}
          id={control().id}
          class={`${styles.control} ${own.class ?? ''}`}
          value={own.value}
          aria-required={own.required}
          aria-invalid={control().invalid}
          aria-describedby={control().describedBy}
          onInput={(event) => own.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
