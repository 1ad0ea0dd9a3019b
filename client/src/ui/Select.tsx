/** One choice of a list, with the platform's own picker. */
import { For, Show, splitProps, type JSX } from 'solid-js'
import { Field, type FieldProps } from './Field.tsx'
import styles from './Field.module.css'

export interface SelectOption {
  readonly value: string
  readonly label: string
}

export interface SelectProps extends FieldProps {
  /** '' stands for no choice. */
  readonly value: string
  readonly options: readonly SelectOption[]
  /** Text of the empty choice; without it a choice must be made. */
  readonly emptyLabel?: string
  readonly disabled?: boolean
  readonly name?: string
  readonly onChange: (value: string) => void
}

export function Select(props: SelectProps): JSX.Element {
  const [own, field] = splitProps(props, ['value', 'options', 'emptyLabel', 'disabled', 'name', 'onChange'])
  return (
    <Field {...field}>
      {(control) => (
        <select
          id={control().id}
          name={own.name}
          class={`${styles.control} ${styles.select}`}
          disabled={own.disabled}
          aria-required={field.required}
          aria-invalid={control().invalid}
          aria-describedby={control().describedBy}
          onChange={(event) => own.onChange(event.currentTarget.value)}
        >
          <Show when={own.emptyLabel !== undefined}>
            <option value="" selected={own.value === ''}>
              {own.emptyLabel}
            </option>
          </Show>
          <For each={own.options}>
            {(option) => (
              <option value={option.value} selected={option.value === own.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}
