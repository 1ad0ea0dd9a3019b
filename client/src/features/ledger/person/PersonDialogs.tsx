/** The questions asked before a person moves to another household, moves away or is recorded as deceased. */
import { codeList, dayOf, isDay, type Command, type Entry, type RecordId } from '@tongge/model'
import { createSignal, Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { CodePicker } from '../form/CodePicker.tsx'
import { RefPicker } from '../form/RefPicker.tsx'
import { headAgain } from '../record/head-again.ts'
import { useActs } from '../record/use-acts.ts'

interface PersonDialogProps {
  readonly person: Entry<'person'>
  readonly open: boolean
  readonly onClose: () => void
}

export function MovePersonDialog(props: PersonDialogProps): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  const [household, setHousehold] = createSignal('')
  const [kin, setKin] = createSignal('')
  const move = (): void => {
    const { id, fields } = props.person
    const back: Command[] =
      fields.household === undefined
        ? []
        : [
            {
              do: 'movePerson',
              person: id,
              toHousehold: fields.household as RecordId,
              kinToHead: fields.kinToHead ?? '99',
            },
            ...headAgain(session, props.person),
          ]
    const moved = act(
      { do: 'movePerson', person: id, toHousehold: household() as RecordId, kinToHead: kin() },
      t('ledger.moved'),
      back,
    )
    if (moved !== undefined) props.onClose()
  }
  return (
    <Dialog
      open={props.open}
      title={t('ledger.movePerson')}
      shape="sheet"
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.cancel')}</Button>
          <Button
            kind="primary"
            disabled={household() === '' || kin() === '' || household() === props.person.fields.household}
            onClick={move}
          >
            {t('ledger.movePerson')}
          </Button>
        </>
      }
    >
      <RefPicker
        kind="household"
        label={t('ledger.kind.household')}
        required
        value={household()}
        onChange={setHousehold}
      />
      <CodePicker
        label={t('ledger.kinToHead')}
        required
        value={kin()}
        options={codeList('KIN').map((code) => ({ value: code.code, label: nameOf(code) }))}
        onChange={setKin}
      />
    </Dialog>
  )
}

export function LeavingDialog(props: PersonDialogProps & { readonly how: 'movedOut' | 'deceased' }): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  const today = (): string => dayOf(session.context().now)
  const [on, setOn] = createSignal(today())
  const [to, setTo] = createSignal('')
  const name = (): string => props.person.fields.name ?? ''
  const isMovedOut = (): boolean => props.how === 'movedOut'
  const isValid = (): boolean => isDay(on()) && on() <= today()
  const save = (): void => {
    const { id, fields } = props.person
    const command: Command = isMovedOut()
      ? { do: 'markMovedOut', person: id, on: on(), ...(to().trim() === '' ? {} : { to: to().trim() }) }
      : { do: 'markDeceased', person: id, on: on() }
    const { status, movedOutOn, movedTo, deceasedOn, effectiveTo } = fields
    const back: Command = {
      do: 'editRecord',
      id,
      fields: { status, effectiveTo, ...(isMovedOut() ? { movedOutOn, movedTo } : { deceasedOn }) },
    }
    const done = isMovedOut() ? t('ledger.movedOutDone', name()) : t('ledger.deceasedDone', name())
    if (act(command, done, [back, ...headAgain(session, props.person)]) !== undefined) props.onClose()
  }
  return (
    <Dialog
      open={props.open}
      title={isMovedOut() ? t('ledger.movedOutTitle', name()) : t('ledger.deceasedTitle', name())}
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={!isValid()} onClick={save}>
            {t('ui.confirm')}
          </Button>
        </>
      }
    >
      <TextInput
        type="date"
        required
        label={isMovedOut() ? t('ledger.movedOutOn') : t('ledger.deceasedOn')}
        max={today()}
        value={on()}
        error={isValid() ? undefined : t(isDay(on()) ? 'refusals.problem.futureDate' : 'refusals.problem.badDate')}
        onInput={setOn}
      />
      <Show when={isMovedOut()}>
        <TextInput label={t('ledger.movedTo')} maxLength={120} value={to()} onInput={setTo} />
      </Show>
    </Dialog>
  )
}
