/** Several lines of text. `ref` gives the element to bindings that edit it together with others. */
import { splitProps, type JSX } from 'solid-js'
import { Field, type FieldProps } from './Field.tsx'
import styles from './Field.module.css'

export interface TextAreaProps
  extends FieldProps, Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'onInput' | 'value' | 'required'> {
  /** Leave both out when a binding owns the content. */
  readonly value?: string
  readonly onInput?: (value: string) => void
}

export function TextArea(props: TextAreaProps): JSX.Element {
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
        <textarea
          rows={4}
          {...rest}
          {...(own.value === undefined ? {} : { value: own.value })}
          id={control().id}
          class={`${styles.control} ${own.class ?? ''}`}
          aria-required={own.required}
          aria-invalid={control().invalid}
          aria-describedby={control().describedBy}
          onInput={(event) => own.onInput?.(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
