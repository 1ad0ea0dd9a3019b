/** A reference to another record: a building, or a door of one, chosen building first. */
import { doorOf } from '@tongge/model'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import type { FieldProps } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { householdsOf, housesOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { entryOf, titleOf } from '../record/entry-of.ts'
import styles from './form.module.css'

export interface RefPickerProps extends FieldProps {
  /** Kind of the record referred to: `building`, `house` or `household`. */
  readonly kind: string
  readonly value: string
  readonly onChange: (id: string) => void
}

export function RefPicker(props: RefPickerProps): JSX.Element {
  return (
    <Show when={props.kind !== 'building'} fallback={<BuildingSelect {...props} />}>
      <DoorSelect {...props} />
    </Show>
  )
}

export function BuildingSelect(
  props: FieldProps & { readonly value: string; readonly onChange: (id: string) => void },
): JSX.Element {
  const { index } = useLedger()
  const options = () =>
    index().buildings.map(({ building }) => ({
      value: building.id,
      label: [building.fields.estate, building.fields.name].filter(Boolean).join(' '),
    }))
  return (
    <Select
      label={props.label}
      hint={props.hint}
      error={props.error}
      required={props.required}
      value={props.value}
      options={options()}
      emptyLabel={t('ledger.form.choose')}
      onChange={(id) => props.onChange(id)}
    />
  )
}

function DoorSelect(props: RefPickerProps): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const houseOf = (id: string): string | undefined =>
    props.kind === 'house' ? id : entryOf(session.store, 'household', id)?.fields.house
  const [picked, setPicked] = createSignal<string>()
  const building = (): string =>
    picked() ?? entryOf(session.store, 'house', houseOf(props.value))?.fields.building ?? ''
  const options = () => {
    const houses = housesOf(index(), building())
    if (props.kind === 'house') return houses.map(({ house }) => ({ value: house.id as string, label: doorOf(house) }))
    return houses.flatMap(({ house }) =>
      householdsOf(index(), house.id).map(({ household }) => ({
        value: household.id as string,
        label: [doorOf(house), titleOf(session.store, household.fields.head)].filter(Boolean).join(' · '),
      })),
    )
  }
  return (
    <div class={styles.pair}>
      <BuildingSelect
        label={t('ledger.kind.building')}
        required={props.required}
        value={building()}
        onChange={setPicked}
      />
      <Select
        label={props.label}
        hint={props.hint}
        error={props.error}
        required={props.required}
        value={props.value}
        options={options()}
        emptyLabel={building() === '' ? t('ledger.form.chooseBuilding') : t('ledger.form.choose')}
        disabled={building() === ''}
        onChange={(id) => props.onChange(id)}
      />
    </div>
  )
}
