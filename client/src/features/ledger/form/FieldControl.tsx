/** The one control of a field, chosen by its type, with its problem beside it. */
import type { CodeListId, NamedField } from '@tongge/model'
import { For, Match, Show, Switch as When, type JSX } from 'solid-js'
import { codeOptions } from '../../../i18n/code-lists.ts'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { TextInput, type TextInputProps } from '../../../ui/TextInput.tsx'
import { problemText } from '../record/use-acts.ts'
import { CodePicker } from './CodePicker.tsx'
import type { Draft } from './draft.ts'
import styles from './form.module.css'
import { PhotosControl } from './PhotosControl.tsx'
import { RefPicker } from './RefPicker.tsx'

export interface FieldControlProps {
  readonly draft: Draft
  readonly field: NamedField
  readonly hint?: string | undefined
  /** For a reference to one of a few records, such as the head among the people of a household. */
  readonly options?: readonly { readonly value: string; readonly label: string }[] | undefined
}

const longText = 120
/** Half-width characters that stand side by side on a phone, also in large type. */
const rowWidth = 22
const manyCodes = 20

export function FieldControl(props: FieldControlProps): JSX.Element {
  const field = (): NamedField => props.field
  const text = (): string => String(props.draft.typed(field().name) ?? '')
  const error = (): string | undefined => {
    const problem = props.draft.problem(field().name)
    return problem && problemText(problem)
  }
  const input = (value: string): void => props.draft.input(field().name, value)
  const leave = (): void => props.draft.leave(field().name)
  const choose = (value: string): void => {
    input(value)
    leave()
  }
  const list = (): CodeListId | undefined => {
    const { type } = field()
    return type === 'code' || type === 'codes' ? (field() as { readonly list: CodeListId }).list : undefined
  }
  const chosen = (): readonly string[] => {
    const typed = props.draft.typed(field().name)
    return Array.isArray(typed) ? typed.map(String) : [text()]
  }
  const options = (): { readonly value: string; readonly label: string }[] => {
    const id = list()
    return id === undefined ? [] : codeOptions(id, chosen())
  }
  const photos = (): readonly string[] => {
    const typed = props.draft.typed(field().name)
    return Array.isArray(typed) ? typed : []
  }
  const shared = () => ({ label: nameOf(field()), hint: props.hint, error: error(), required: field().required })

  return (
    <div data-field={field().name} class={isWide(field()) ? styles.whole : ''}>
      <When>
        <Match when={isLong(field())}>
          <TextArea {...shared()} value={text()} onInput={input} onBlur={leave} rows={2} />
        </Match>
        <Match when={field().type === 'flag'}>
          <Switch
            label={nameOf(field())}
            checked={props.draft.typed(field().name) === true}
            onChange={(on) => props.draft.input(field().name, on)}
          />
        </Match>
        <Match when={field().type === 'code' && field().required && fitsInRow(options())}>
          <Choice
            label={`${shared().label} ${t('ui.required')}`}
            value={text()}
            options={options()}
            onChange={choose}
          />
          <Show when={error()}>
            {(message) => (
              <p class={styles.error} role="alert">
                {message()}
              </p>
            )}
          </Show>
        </Match>
        <Match when={field().type === 'code' && options().length > manyCodes}>
          <CodePicker {...shared()} value={text()} options={options()} onChange={choose} />
        </Match>
        <Match when={field().type === 'code'}>
          <Select
            {...shared()}
            value={text()}
            options={options()}
            emptyLabel={t('ledger.form.unset')}
            onChange={choose}
          />
        </Match>
        <Match when={field().type === 'codes'}>
          <CodeChips draft={props.draft} field={field()} options={options()} />
        </Match>
        <Match when={field().type === 'photos'}>
          <PhotosControl
            {...shared()}
            photos={photos()}
            onChange={(photos) => props.draft.input(field().name, photos)}
          />
        </Match>
        <Match when={field().type === 'ref' && props.options}>
          {(few) => (
            <Select
              {...shared()}
              value={text()}
              options={few()}
              emptyLabel={t('ledger.form.unset')}
              onChange={choose}
            />
          )}
        </Match>
        <Match when={field().type === 'ref'}>
          <RefPicker
            {...shared()}
            kind={(field() as { readonly kind: string }).kind}
            value={text()}
            onChange={choose}
          />
        </Match>
        <Match when={true}>
          <TextInput {...shared()} {...keyboardOf(field())} value={text()} onInput={input} onBlur={leave} />
        </Match>
      </When>
    </div>
  )
}

function CodeChips(props: {
  readonly draft: Draft
  readonly field: NamedField
  readonly options: readonly { readonly value: string; readonly label: string }[]
}): JSX.Element {
  const chosen = (): readonly string[] => {
    const typed = props.draft.typed(props.field.name)
    return Array.isArray(typed) ? typed : []
  }
  const toggle = (code: string): void =>
    props.draft.input(
      props.field.name,
      chosen().includes(code) ? chosen().filter((one) => one !== code) : [...chosen(), code],
    )
  return (
    <fieldset class={styles.chips}>
      <legend class={styles.legend}>{nameOf(props.field)}</legend>
      <For each={props.options}>
        {(option) => (
          <Chip selected={chosen().includes(option.value)} onClick={() => toggle(option.value)}>
            {option.label}
          </Chip>
        )}
      </For>
    </fieldset>
  )
}

const fitsInRow = (options: readonly { readonly label: string }[]): boolean =>
  options.reduce((width, { label }) => width + label.length + (label.match(/[\u2e80-\uffff]/g)?.length ?? 0), 0) <=
  rowWidth

const isWide = (field: NamedField): boolean => field.type === 'codes' || field.type === 'photos' || isLong(field)

const isLong = (field: NamedField): boolean => field.type === 'text' && field.max >= longText

function keyboardOf(field: NamedField): Partial<TextInputProps> {
  if (field.type === 'text') return { maxLength: field.max }
  return keyboards[field.type] ?? {}
}

const keyboards: { readonly [type in NamedField['type']]?: Partial<TextInputProps> } = {
  day: { type: 'date' },
  phone: { type: 'tel', inputmode: 'tel' },
  int: { inputmode: 'numeric' },
  decimal: { inputmode: 'decimal' },
  idNo: { maxLength: 24, autocapitalize: 'characters', spellcheck: false },
}
