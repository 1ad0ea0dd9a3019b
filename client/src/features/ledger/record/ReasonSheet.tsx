/** Why somebody needs to see sensitive fields: one tap, or words where none of the usual reasons is it. */
import { longestRevealNote, revealReasons, type RevealReason } from '@tongge/model'
import { createEffect, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'

export function ReasonSheet(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly onChosen: (reason: RevealReason, note?: string) => void
}): JSX.Element {
  const [inWords, setInWords] = createSignal(false)
  const [note, setNote] = createSignal('')
  createEffect(() => {
    if (props.open) return
    setInWords(false)
    setNote('')
  })
  const isSaid = (): boolean => note().trim() !== ''
  const tell = (): void => {
    if (isSaid()) props.onChosen('other', note().trim())
  }
  return (
    <Dialog
      open={props.open}
      title={t('ledger.sensitive.why')}
      shape="sheet"
      onClose={() => props.onClose()}
      actions={
        inWords() ? (
          <Button kind="primary" disabled={!isSaid()} onClick={tell}>
            {t('ledger.sensitive.show')}
          </Button>
        ) : undefined
      }
    >
      <p>{t('ledger.sensitive.whyText')}</p>
      <List>
        <For each={revealReasons}>
          {(reason) => (
            <Row
              title={t(`ledger.sensitive.reason.${reason}`)}
              onClick={() => (reason === 'other' ? setInWords(true) : props.onChosen(reason))}
            />
          )}
        </For>
      </List>
      <Show when={inWords()}>
        <TextInput
          label={t('ledger.sensitive.note')}
          value={note()}
          maxlength={longestRevealNote}
          ref={(input) => queueMicrotask(() => input.focus())}
          onInput={setNote}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) tell()
          }}
        />
      </Show>
    </Dialog>
  )
}
