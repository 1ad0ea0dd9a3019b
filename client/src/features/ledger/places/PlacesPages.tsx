/** Lists of units 单位场所 and facilities 设施, with filters. */
import { dayOf, labelOf, dayLength, type Entry } from '@tongge/model'
import Lamp from 'lucide-solid/icons/lamp'
import Plus from 'lucide-solid/icons/plus'
import Store from 'lucide-solid/icons/store'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { dayText, number } from '../../../i18n/format.ts'
import { codeOptions, codeText } from '../../../i18n/code-lists.ts'
import { language, t } from '../../../i18n/i18n.ts'
import { paths, recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { Pane } from '../Pane.tsx'
import { useRights } from '../record/use-rights.ts'
import { createSpeller } from '../search/speller.ts'
import styles from './places.module.css'

export function UnitsPage(): JSX.Element {
  return <PlacesPage kind="unit" />
}

export function FacilitiesPage(): JSX.Element {
  return <PlacesPage kind="facility" />
}

type Place = Entry<'unit'> | Entry<'facility'>
const soon = 30 * dayLength

function PlacesPage(props: { readonly kind: 'unit' | 'facility' }): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const rights = useRights()
  const speller = createSpeller()
  const [typed, setTyped] = createSignal('')
  const [type, setType] = createSignal('')
  const [only, setOnly] = createSignal<'due' | 'flagged'>()
  const isUnit = (): boolean => props.kind === 'unit'
  const today = (): string => dayOf(session.context().now)
  const all = (): readonly Place[] => (isUnit() ? index().units : index().facilities)
  const isDue = (place: Place): boolean =>
    place.fields.nextInspection !== undefined && place.fields.nextInspection <= dayOf(session.context().now + soon)
  const isFlagged = (place: Place): boolean =>
    place.kind === 'unit' ? place.fields.isHazardous === true : place.fields.condition !== 'good'
  const found = createMemo(() => {
    const text = typed().trim()
    return all().filter(
      (place) =>
        (type() === '' || typeOf(place) === type()) &&
        (only() !== 'due' || isDue(place)) &&
        (only() !== 'flagged' || isFlagged(place)) &&
        (text === '' ||
          [place.fields.name, detailOf(place)].some(
            (part) => part !== undefined && speller()(part, text) !== undefined,
          )),
    )
  })
  const toggle = (one: 'due' | 'flagged') => (): void => void setOnly(only() === one ? undefined : one)
  return (
    <Pane
      title={t(isUnit() ? 'ledger.units' : 'ledger.facilities')}
      back={paths.ledger}
      actions={
        <Show when={rights.mayAdd(props.kind)}>
          <ButtonLink kind="quiet" href={ledgerPaths.add(props.kind)} icon={<Plus size="1.25rem" aria-hidden="true" />}>
            {t('ui.add')}
          </ButtonLink>
        </Show>
      }
    >
      <div class={styles.filters}>
        <TextInput
          label={t('ledger.filter.find')}
          hideLabel
          placeholder={t('ledger.filter.find')}
          value={typed()}
          onInput={setTyped}
        />
        <Select
          label={t('ledger.filter.type')}
          hideLabel
          value={type()}
          options={codeOptions(isUnit() ? 'UNIT_TYPE' : 'FACILITY_TYPE', [type()])}
          emptyLabel={t('ledger.filter.all')}
          onChange={setType}
        />
        <div class={styles.chips}>
          <Chip selected={only() === 'due'} onClick={toggle('due')}>
            {t('ledger.filter.due')}
          </Chip>
          <Chip selected={only() === 'flagged'} onClick={toggle('flagged')}>
            {t(isUnit() ? 'ledger.filter.hazardous' : 'ledger.filter.damaged')}
          </Chip>
        </div>
      </div>
      <Show
        when={found().length > 0}
        fallback={
          <EmptyState
            icon={isUnit() ? <Store size="1.75rem" /> : <Lamp size="1.75rem" />}
            title={t(all().length > 0 ? 'ledger.noMatch' : isUnit() ? 'ledger.noUnits' : 'ledger.noFacilities')}
          />
        }
      >
        <List aside={number(found().length)}>
          <For each={found()}>
            {(place) => (
              <Row
                title={place.fields.name ?? ''}
                detail={[typeText(place), detailOf(place)].filter(Boolean).join(' · ')}
                trail={<PlaceMarks place={place} isFlagged={isFlagged(place)} isDue={isDue(place)} today={today()} />}
                href={recordPath(place.kind, place.id)}
              />
            )}
          </For>
        </List>
      </Show>
    </Pane>
  )
}

function PlaceMarks(props: {
  readonly place: Place
  readonly isFlagged: boolean
  readonly isDue: boolean
  readonly today: string
}): JSX.Element {
  const due = (): string => props.place.fields.nextInspection ?? ''
  const spoken = () => (language() === 'en' ? 'en' : 'zh')
  return (
    <>
      <Show when={props.isFlagged}>
        <Chip tone="notice">
          {props.place.kind === 'unit'
            ? t('ledger.filter.hazardous')
            : labelOf('CONDITION', props.place.fields.condition ?? '', spoken())}
        </Chip>
      </Show>
      <Show when={props.isDue}>
        <Chip tone={due() < props.today ? 'danger' : 'plain'}>
          {t(due() < props.today ? 'ledger.overdue' : 'ledger.due', dayText(due(), props.today))}
        </Chip>
      </Show>
    </>
  )
}

const typeOf = (place: Place): string | undefined =>
  place.kind === 'unit' ? place.fields.unitType : place.fields.facilityType

function typeText(place: Place): string {
  const type = typeOf(place)
  return type === undefined ? '' : codeText(place.kind === 'unit' ? 'UNIT_TYPE' : 'FACILITY_TYPE', type)
}

function detailOf(place: Place): string | undefined {
  return place.kind === 'unit'
    ? [place.fields.address, place.fields.legalRep].filter(Boolean).join(' · ')
    : place.fields.place
}
