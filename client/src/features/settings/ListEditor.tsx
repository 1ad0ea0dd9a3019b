/** The codes of one list in a sheet: the app's as they are, the community's with their labels, and a new one. */
import { checkParameters, codeList, type CodeListId, type CommunityParameters } from '@tongge/model'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { ownCodes, withAdded, withChanged, withoutCode } from './edit-lists.ts'
import styles from './settings.module.css'

export interface ListEditorProps {
  readonly list: { readonly id: CodeListId; readonly zh: string; readonly en: string }
  readonly parameters: CommunityParameters
  /** As the relay has them: what stands there can be retired and not taken away. */
  readonly saved: CommunityParameters
  readonly onClose: () => void
  readonly onChange: (next: CommunityParameters) => void
}

export function ListEditor(props: ListEditorProps): JSX.Element {
  const [label, setLabel] = createSignal('')
  const [error, setError] = createSignal<string>()
  const id = () => props.list.id
  const isSaved = (code: string): boolean => ownCodes(props.saved, id()).some((one) => one.code === code)
  const codes = () => ownCodes(props.parameters, id()).map(({ code }) => code)
  const own = (code: string) => ownCodes(props.parameters, id()).find((one) => one.code === code)
  const add = () => {
    const next = withAdded(props.parameters, id(), label(), freshCode)
    if (checkParameters({ lists: next.lists ?? {} }, {}).length > 0) {
      setError(t('settings.badLabel'))
      return
    }
    props.onChange(next)
    setLabel('')
  }
  const rename = (code: string, zh: string) => {
    const next = withChanged(props.parameters, id(), code, { zh: zh.trim() })
    if (checkParameters({ lists: next.lists ?? {} }, {}).length === 0) props.onChange(next)
  }
  return (
    <Dialog
      open
      shape="sheet"
      title={nameOf(props.list)}
      onClose={props.onClose}
      actions={
        <Button kind="primary" onClick={() => props.onClose()}>
          {t('settings.apply')}
        </Button>
      }
    >
      <div class={styles.terms}>
        <p class={styles.last}>
          {t('settings.builtIn')}{' '}
          {codeList(id())
            .map((code) => nameOf(code))
            .join(t('roles.comma'))}
        </p>
        <For each={codes()}>
          {(code, index) => (
            <div class={styles.term}>
              <TextInput
                label={t('settings.ownLabel', index() + 1)}
                hint={own(code)?.retired ? t('settings.retired') : undefined}
                maxlength={40}
                value={own(code)?.zh ?? ''}
                onInput={(zh) => rename(code, zh)}
              />
              <Show
                when={isSaved(code)}
                fallback={
                  <Button onClick={() => props.onChange(withoutCode(props.parameters, id(), code))}>
                    {t('settings.remove')}
                  </Button>
                }
              >
                <Button
                  onClick={() =>
                    props.onChange(withChanged(props.parameters, id(), code, { retired: !own(code)?.retired }))
                  }
                >
                  {t(own(code)?.retired ? 'settings.bringBack' : 'settings.retire')}
                </Button>
              </Show>
            </div>
          )}
        </For>
        <TextInput
          label={t('settings.newLabel')}
          hint={t('settings.newLabelHint')}
          error={error()}
          maxlength={40}
          value={label()}
          onInput={(text) => {
            setLabel(text)
            setError(undefined)
          }}
        />
        <Button onClick={add}>{t('settings.addCode')}</Button>
      </div>
    </Dialog>
  )
}

/** Short, since every record that holds it stores it. */
function freshCode(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  return `x-${random.toString(36)}`
}
