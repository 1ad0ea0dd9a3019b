/** A door by few taps: doors noted lately as chips, or digits on the phone's number keys. */
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Chip } from '../../ui/Chip.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import styles from './notes.module.css'

export interface DoorInputProps {
  readonly value: string
  readonly required: boolean
  readonly error?: string | undefined
  readonly suggestions: readonly string[]
  readonly onChange: (door: string) => void
}

export function DoorInput(props: DoorInputProps): JSX.Element {
  const choices = () =>
    props.value !== '' && !props.suggestions.includes(props.value)
      ? [props.value, ...props.suggestions]
      : props.suggestions
  return (
    <div class={styles.door}>
      <TextInput
        label={t('notes.door')}
        hint={t('notes.doorHint')}
        error={props.error}
        required={props.required}
        inputmode="tel"
        enterkeyhint="done"
        maxlength={20}
        class={styles.digits ?? ''}
        value={props.value}
        onInput={props.onChange}
      />
      <Show when={choices().length > 0}>
        <div class={styles.chips} role="group" aria-label={t('notes.recentDoors')}>
          <For each={choices()}>
            {(door) => (
              <Chip selected={door === props.value} onClick={() => props.onChange(door === props.value ? '' : door)}>
                {door}
              </Chip>
            )}
          </For>
        </div>
      </Show>
    </div>
  )
}
