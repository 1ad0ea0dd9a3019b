/** A textarea that several people write in at once; it knows only the shared text it is given. */
import { createEffect, createSignal, onCleanup, type JSX } from 'solid-js'
import { TextArea } from '../TextArea.tsx'
import { bindTextArea, type SharedText } from './bind-text-area.ts'
import styles from './CoTextArea.module.css'

export interface CoTextAreaProps {
  readonly text: SharedText
  readonly label: string
  readonly hideLabel?: boolean
  readonly placeholder?: string
  readonly readOnly?: boolean
  readonly onFocusChange?: (focused: boolean) => void
}

export function CoTextArea(props: CoTextAreaProps): JSX.Element {
  const [area, setArea] = createSignal<HTMLTextAreaElement>()
  createEffect(() => {
    const element = area()
    if (element !== undefined) onCleanup(bindTextArea(element, props.text))
  })
  return (
    <TextArea
      ref={setArea}
      class={styles.area ?? ''}
      label={props.label}
      hideLabel={props.hideLabel}
      placeholder={props.placeholder}
      readOnly={props.readOnly}
      onFocus={() => props.onFocusChange?.(true)}
      onBlur={() => props.onFocusChange?.(false)}
    />
  )
}
