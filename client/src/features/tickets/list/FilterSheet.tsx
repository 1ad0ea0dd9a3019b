/** The filters of the list in a sheet; they apply at once. */
import { openStates, publicState, taxonomy, type PublicState, type RecordId, type TicketState } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { buildingOptions } from '../buildings.ts'
import { doneStates, withoutFilters, type TicketFilter } from './ticket-filter.ts'

export interface FilterSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly filter: TicketFilter
  readonly change: (part: Partial<TicketFilter>) => void
  readonly found: number
}

export function FilterSheet(props: FilterSheetProps): JSX.Element {
  return (
    <Dialog
      open={props.open}
      title={t('tickets.list.filter')}
      shape="sheet"
      onClose={() => props.onClose()}
      actions={
        <>
          <Button kind="quiet" onClick={() => props.change(withoutFilters(props.filter))}>
            {t('tickets.list.clear')}
          </Button>
          <Button kind="primary" onClick={() => props.onClose()}>
            {t('tickets.list.show', props.found)}
          </Button>
        </>
      }
    >
      <Filters {...props} />
    </Dialog>
  )
}

function Filters(props: FilterSheetProps): JSX.Element {
  const session = useSession()
  const isDone = () => props.filter.tab === 'done'
  const states = (): readonly TicketState[] =>
    isDone()
      ? doneStates
      : openStates.filter((state) => props.filter.phase === '' || publicState(state) === props.filter.phase)
  const phaseOptions = () => [
    { value: '' as const, label: t('tickets.list.any') },
    ...(['waiting', 'handling'] as const).map((phase) => ({ value: phase, label: t(`tickets.phase.${phase}`) })),
  ]
  return (
    <>
      <Show when={!isDone()}>
        <Choice<PublicState | ''>
          label={t('tickets.list.phase')}
          value={props.filter.phase}
          options={phaseOptions()}
          onChange={(phase) => props.change({ phase, state: '' })}
        />
        <List>
          <Switch
            label={t('tickets.list.overdue')}
            checked={props.filter.overdue}
            onChange={(overdue) => props.change({ overdue })}
          />
        </List>
      </Show>
      <Select
        label={t('tickets.list.state')}
        value={props.filter.state}
        emptyLabel={t('tickets.list.any')}
        options={states().map((state) => ({ value: state, label: t(`records.state.${state}`) }))}
        onChange={(state) => props.change({ state: state as TicketState | '' })}
      />
      <Select
        label={t('tickets.list.group')}
        value={props.filter.group}
        emptyLabel={t('tickets.list.any')}
        options={taxonomy.map((group) => ({ value: group.code, label: nameOf(group) }))}
        onChange={(group) => props.change({ group })}
      />
      <Select
        label={t('tickets.list.building')}
        value={props.filter.building}
        emptyLabel={t('tickets.list.any')}
        options={buildingOptions(session)}
        onChange={(building) => props.change({ building: building as RecordId | '' })}
      />
    </>
  )
}
