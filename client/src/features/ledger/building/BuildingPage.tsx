/** One building: its doors as a grid, then what is known of it. */
import type { Entry } from '@tongge/model'
import DoorOpen from 'lucide-solid/icons/door-open'
import Pencil from 'lucide-solid/icons/pencil'
import UserPlus from 'lucide-solid/icons/house-plus'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { housesOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { Pane } from '../Pane.tsx'
import { FieldList } from '../record/FieldList.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import { RecordOf } from '../record/RecordOf.tsx'
import recordStyles from '../record/record.module.css'
import { useRights } from '../record/use-rights.ts'
import { buildingCounts } from './building-counts.ts'
import { doorFrom, doorGrid } from './door-grid.ts'
import { DoorGrid } from './DoorGrid.tsx'

export function BuildingPage(): JSX.Element {
  return <RecordOf kind="building">{(building) => <Building building={building()} />}</RecordOf>
}

function Building(props: { readonly building: Entry<'building'> }): JSX.Element {
  const { index } = useLedger()
  const rights = useRights()
  const doors = createMemo(() => housesOf(index(), props.building.id).map(doorFrom))
  const counts = createMemo(() => buildingCounts(doors()))
  const given = () => ({ building: props.building.id })
  return (
    <Pane
      title={[props.building.fields.estate, props.building.fields.name].filter(Boolean).join(' ')}
      back={paths.ledger}
    >
      <RecordNotices entry={props.building} />
      <div class={recordStyles.marks}>
        <Chip>{t('ledger.buildingCounts', counts().households, counts().people)}</Chip>
        <Show when={counts().unregistered > 0}>
          <Chip tone="notice">{t('ledger.unregisteredCount', counts().unregistered)}</Chip>
        </Show>
        <Show when={counts().unverified > 0}>
          <Chip tone="notice">{t('ledger.unverifiedCount', counts().unverified)}</Chip>
        </Show>
      </div>
      <Show
        when={doors().length > 0}
        fallback={
          <EmptyState icon={<DoorOpen size="1.75rem" />} title={t('ledger.noDoors')} text={t('ledger.noDoorsText')} />
        }
      >
        <DoorGrid entrances={doorGrid(doors(), ({ house }) => house.fields)} />
      </Show>
      <Show when={rights.mayAdd('household')}>
        <div class={recordStyles.acts}>
          <ButtonLink
            href={ledgerPaths.add('household', given())}
            icon={<UserPlus size="1.25rem" aria-hidden="true" />}
          >
            {t('ledger.addHere.household')}
          </ButtonLink>
          <ButtonLink href={ledgerPaths.add('house', given())} icon={<DoorOpen size="1.25rem" aria-hidden="true" />}>
            {t('ledger.addHere.house')}
          </ButtonLink>
          <ButtonLink href={ledgerPaths.edit(props.building.id)} icon={<Pencil size="1.125rem" aria-hidden="true" />}>
            {t('ledger.editTitle.building')}
          </ButtonLink>
        </div>
      </Show>
      <FieldList entry={props.building} leaveOut={['estate', 'name']} />
      <RecordActs entry={props.building} after={paths.ledger} mayWrite={rights.mayDelete('building')} />
    </Pane>
  )
}
