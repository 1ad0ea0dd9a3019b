/** One household: where it lives, who belongs to it, what was noted, and the acts at the door. */
import type { Entry } from '@tongge/model'
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left'
import Building2 from 'lucide-solid/icons/building'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Row } from '../../../ui/Row.tsx'
import { Pane } from '../Pane.tsx'
import { entryOf, titleOf } from '../record/entry-of.ts'
import { FieldList } from '../record/FieldList.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import { RecordOf } from '../record/RecordOf.tsx'
import { useRights } from '../record/use-rights.ts'
import { Diary } from './Diary.tsx'
import styles from './household.module.css'
import { HouseholdHead } from './HouseholdHead.tsx'
import { MoveHouseholdDialog } from './MoveHouseholdDialog.tsx'
import { PeopleList } from './PeopleList.tsx'

export function HouseholdPage(): JSX.Element {
  return <RecordOf kind="household">{(household) => <Household household={household()} />}</RecordOf>
}

function Household(props: { readonly household: Entry<'household'> }): JSX.Element {
  const session = useSession()
  const rights = useRights()
  const [isMoving, setMoving] = createSignal(false)
  const building = () =>
    entryOf(session.store, 'building', entryOf(session.store, 'house', props.household.fields.house)?.fields.building)
  const back = (): string => {
    const found = building()
    return found === undefined ? paths.ledger : paths.building(found.id)
  }
  return (
    <Pane title={titleOf(session.store, props.household.id)} back={back()}>
      <RecordNotices entry={props.household} />
      <HouseholdHead household={props.household} />
      <div class={styles.columns}>
        <div class={styles.column}>
          <PeopleList household={props.household} />
        </div>
        <div class={styles.column}>
          <Show when={rights.mayReadDiary()}>
            <Diary household={props.household} readOnly={!rights.mayWriteDiary()} />
          </Show>
          <FieldList entry={props.household} leaveOut={['house', 'head', 'phone', 'lastConfirmedAt']} />
        </div>
      </div>
      <RecordActs entry={props.household} after={back()} canMerge mayWrite={rights.mayDelete('household')}>
        <Show when={building()}>
          {(found) => (
            <Row
              lead={<Building2 size="1.25rem" aria-hidden="true" />}
              title={t('ledger.toBuilding')}
              detail={titleOf(session.store, found().id)}
              href={paths.building(found().id)}
            />
          )}
        </Show>
        <Show when={rights.mayEdit('household')}>
          <Row
            lead={<ArrowRightLeft size="1.25rem" aria-hidden="true" />}
            title={t('ledger.moveHousehold')}
            onClick={() => setMoving(true)}
          />
        </Show>
      </RecordActs>
      <MoveHouseholdDialog household={props.household} open={isMoving()} onClose={() => setMoving(false)} />
    </Pane>
  )
}
