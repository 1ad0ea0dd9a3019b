/** One house: the households in it (none, or several that share it) and what is known of the house. */
import { isActive, type Entry } from '@tongge/model'
import HousePlus from 'lucide-solid/icons/house-plus'
import Pencil from 'lucide-solid/icons/pencil'
import Users from 'lucide-solid/icons/users'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { householdsOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { Pane } from '../Pane.tsx'
import { entryOf, titleOf } from '../record/entry-of.ts'
import { FieldList } from '../record/FieldList.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import { RecordOf } from '../record/RecordOf.tsx'
import recordStyles from '../record/record.module.css'
import { useRights } from '../record/use-rights.ts'

export function HousePage(): JSX.Element {
  return <RecordOf kind="house">{(house) => <HouseRecord house={house()} />}</RecordOf>
}

function HouseRecord(props: { readonly house: Entry<'house'> }): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const rights = useRights()
  const households = createMemo(() => householdsOf(index(), props.house.id))
  const back = (): string => {
    const building = entryOf(session.store, 'building', props.house.fields.building)
    return building === undefined ? paths.ledger : paths.building(building.id)
  }
  return (
    <Pane title={titleOf(session.store, props.house.id)} back={back()}>
      <RecordNotices entry={props.house} />
      <List title={t('ledger.kind.household')} aside={t('ledger.households', households().length)}>
        <For
          each={households()}
          fallback={<EmptyState compact icon={<Users size="2rem" />} title={t('ledger.noHousehold')} />}
        >
          {({ household, persons }) => (
            <Row
              title={titleOf(session.store, household.fields.head) || t('ledger.noHead')}
              detail={t('ledger.peopleCount', persons.filter(isActive).length)}
              href={paths.household(household.id)}
            />
          )}
        </For>
      </List>
      <div class={recordStyles.acts}>
        <Show when={rights.mayAdd('household')}>
          <ButtonLink
            kind="primary"
            href={ledgerPaths.add('household', { house: props.house.id })}
            icon={<HousePlus size="1.25rem" aria-hidden="true" />}
          >
            {t('ledger.addHere.household')}
          </ButtonLink>
        </Show>
        <Show when={rights.mayEdit('house')}>
          <ButtonLink href={ledgerPaths.edit(props.house.id)} icon={<Pencil size="1.125rem" aria-hidden="true" />}>
            {t('ledger.editTitle.house')}
          </ButtonLink>
        </Show>
      </div>
      <FieldList entry={props.house} leaveOut={['entrance', 'door']} />
      <RecordActs entry={props.house} after={back()} mayWrite={rights.mayDelete('house')} />
    </Pane>
  )
}
