/** Moves a whole household to another house of the grid. */
import type { Entry, RecordId } from '@tongge/model'
import { createSignal, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { RefPicker } from '../form/RefPicker.tsx'
import { useActs } from '../record/use-acts.ts'

export function MoveHouseholdDialog(props: {
  readonly household: Entry<'household'>
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const { act } = useActs()
  const [house, setHouse] = createSignal('')
  const move = (): void => {
    const from = props.household.fields.house
    const undo =
      from === undefined
        ? undefined
        : ([{ do: 'moveHousehold', household: props.household.id, toHouse: from as RecordId }] as const)
    const moved = act(
      { do: 'moveHousehold', household: props.household.id, toHouse: house() as RecordId },
      t('ledger.moved'),
      undo,
    )
    if (moved !== undefined) props.onClose()
  }
  return (
    <Dialog
      open={props.open}
      title={t('ledger.moveHousehold')}
      shape="sheet"
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={house() === '' || house() === props.household.fields.house} onClick={move}>
            {t('ledger.move')}
          </Button>
        </>
      }
    >
      <p>{t('ledger.moveHouseholdText')}</p>
      <RefPicker kind="house" label={t('ledger.moveTo')} required value={house()} onChange={setHouse} />
    </Dialog>
  )
}
