/** One of many codes: a button that opens a sheet with a search box. */
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down'
import { createEffect, createMemo, createSignal, For, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, type FieldProps } from '../../../ui/Field.tsx'
import { Row } from '../../../ui/Row.tsx'
import { List } from '../../../ui/List.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { createSpeller } from '../search/speller.ts'
import styles from './form.module.css'

export interface CodePickerProps extends FieldProps {
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

export function CodePicker(props: CodePickerProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const [query, setQuery] = createSignal('')
  const speller = createSpeller()
  const found = createMemo(() => {
    const text = query().trim()
    return text === ''
      ? props.options
      : props.options.filter((option) => speller()(option.label, text) !== undefined || option.value === text)
  })
  let box: HTMLInputElement | undefined
  // With a keyboard one types at once; on a phone the list stays in sight instead of the screen keyboard.
  createEffect(() => {
    if (isOpen() && matchMedia('(pointer: fine)').matches) requestAnimationFrame(() => box?.focus())
  })
  const choose = (value: string): void => {
    props.onChange(value)
    setOpen(false)
    setQuery('')
  }
  const chosen = (): string | undefined => props.options.find((option) => option.value === props.value)?.label
  return (
    <>
      <Field label={props.label} hint={props.hint} error={props.error} required={props.required}>
        {(control) => (
          <button
            type="button"
            id={control().id}
            class={styles.picker}
            aria-haspopup="dialog"
            aria-describedby={control().describedBy}
            data-empty={chosen() === undefined}
            onClick={() => setOpen(true)}
          >
            <span class={styles.picked}>{chosen() ?? t('ledger.form.choose')}</span>
            <ChevronsUpDown size="1.125rem" aria-hidden="true" />
          </button>
        )}
      </Field>
      <Dialog open={isOpen()} title={props.label} shape="sheet" onClose={() => setOpen(false)}>
        <TextInput
          ref={(element) => (box = element)}
          label={t('ledger.form.searchCode')}
          hideLabel
          placeholder={t('ledger.form.searchCode')}
          value={query()}
          onInput={setQuery}
        />
        <List>
          <Row title={t('ledger.form.unset')} current={props.value === ''} onClick={() => choose('')} />
          <For each={found()}>
            {(option) => (
              <Row title={option.label} current={option.value === props.value} onClick={() => choose(option.value)} />
            )}
          </For>
        </List>
      </Dialog>
    </>
  )
}
