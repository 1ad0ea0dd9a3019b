/** The photos 照片 of a record in its form. */
import { createUniqueId, Show, type JSX } from 'solid-js'
import { PhotoInput } from '../../photos/PhotoInput.tsx'
import styles from './form.module.css'

export function PhotosControl(props: {
  readonly label: string
  readonly hint: string | undefined
  readonly error: string | undefined
  readonly photos: readonly string[]
  readonly onChange: (photos: readonly string[]) => void
}): JSX.Element {
  const id = createUniqueId()
  return (
    <fieldset class={styles.chips} aria-describedby={props.error || props.hint ? id : undefined}>
      <legend class={styles.legend}>{props.label}</legend>
      <PhotoInput photos={props.photos} onChange={props.onChange} />
      <Show
        when={props.error}
        fallback={
          <Show when={props.hint}>
            <p id={id} class={styles.quiet}>
              {props.hint}
            </p>
          </Show>
        }
      >
        <p id={id} class={styles.error} role="alert">
          {props.error}
        </p>
      </Show>
    </fieldset>
  )
}
