/** One person: what is known, by group; sensitive fields masked; moving, leaving and dying as acts of their own. */
import type { Entry } from '@tongge/model'
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left'
import House from 'lucide-solid/icons/house'
import LogOut from 'lucide-solid/icons/log-out'
import Pencil from 'lucide-solid/icons/pencil'
import CircleDot from 'lucide-solid/icons/circle-dot'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Row } from '../../../ui/Row.tsx'
import householdStyles from '../household/household.module.css'
import { ledgerPaths } from '../ledger-paths.ts'
import { Pane } from '../Pane.tsx'
import { CallLink } from '../record/CallLink.tsx'
import { entryOf, titleOf } from '../record/entry-of.ts'
import { FieldList } from '../record/FieldList.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import { RecordOf } from '../record/RecordOf.tsx'
import { useActs } from '../record/use-acts.ts'
import { useRights } from '../record/use-rights.ts'
import { LeavingDialog, MovePersonDialog } from './PersonDialogs.tsx'
import { personLine } from './person-line.ts'
import { PersonMarks } from './PersonMarks.tsx'

export function PersonPage(): JSX.Element {
  return <RecordOf kind="person">{(person) => <Person person={person()} />}</RecordOf>
}

function Person(props: { readonly person: Entry<'person'> }): JSX.Element {
  const session = useSession()
  const rights = useRights()
  const { act } = useActs()
  const [shown, setShown] = createSignal<'move' | 'movedOut' | 'deceased'>()
  const fields = () => props.person.fields
  const household = () => entryOf(session.store, 'household', fields().household)
  const isHead = (): boolean => household()?.fields.head === props.person.id
  const back = (): string => {
    const found = household()
    return found === undefined ? paths.ledger : paths.household(found.id)
  }
  const isHere = (): boolean => fields().movedOutOn === undefined && fields().deceasedOn === undefined
  const comeBack = (): void => {
    const { status, movedOutOn, movedTo, deceasedOn } = fields()
    const { id } = props.person
    act(
      {
        do: 'editRecord',
        id,
        fields: { status: 'active', movedOutOn: undefined, movedTo: undefined, deceasedOn: undefined },
      },
      t('ledger.backOnRegisterDone'),
      [{ do: 'editRecord', id, fields: { status, movedOutOn, movedTo, deceasedOn } }],
    )
  }
  const close = (): undefined => setShown(undefined)
  return (
    <Pane title={fields().name ?? t('ledger.kind.person')} back={back()}>
      <RecordNotices entry={props.person} />
      <section class={householdStyles.head}>
        <div class={householdStyles.who}>
          <div class={householdStyles.words}>
            <p class={householdStyles.name}>{personLine(props.person, session.context().now, isHead())}</p>
            <p class={householdStyles.quiet}>{titleOf(session.store, fields().household)}</p>
          </div>
          <Show when={fields().phone}>{(number) => <CallLink number={number()} />}</Show>
        </div>
        <div class={householdStyles.marks}>
          <PersonMarks person={props.person} />
        </div>
        <Show when={rights.mayEdit('person')}>
          <div class={householdStyles.acts}>
            <ButtonLink href={ledgerPaths.edit(props.person.id)} icon={<Pencil size="1.125rem" aria-hidden="true" />}>
              {t('ui.edit')}
            </ButtonLink>
          </div>
        </Show>
      </section>
      <FieldList entry={props.person} leaveOut={['household', 'name', 'kinToHead', 'phone', 'status']} />
      <RecordActs entry={props.person} after={back()} canMerge mayWrite={rights.mayDelete('person')}>
        <Show when={household()}>
          {(found) => (
            <Row
              lead={<House size="1.25rem" aria-hidden="true" />}
              title={t('ledger.toHousehold')}
              detail={titleOf(session.store, found().id)}
              href={paths.household(found().id)}
            />
          )}
        </Show>
        <Show when={rights.mayEdit('person') && isHere()}>
          <Row
            lead={<ArrowRightLeft size="1.25rem" aria-hidden="true" />}
            title={t('ledger.movePerson')}
            onClick={() => setShown('move')}
          />
          <Row
            lead={<LogOut size="1.25rem" aria-hidden="true" />}
            title={t('ledger.movedOut')}
            onClick={() => setShown('movedOut')}
          />
          <Row
            lead={<CircleDot size="1.25rem" aria-hidden="true" />}
            title={t('ledger.deceased')}
            onClick={() => setShown('deceased')}
          />
        </Show>
        <Show when={rights.mayEdit('person') && !isHere()}>
          <Row
            lead={<RotateCcw size="1.25rem" aria-hidden="true" />}
            title={t('ledger.backOnRegister')}
            onClick={comeBack}
          />
        </Show>
      </RecordActs>
      <MovePersonDialog person={props.person} open={shown() === 'move'} onClose={close} />
      <LeavingDialog person={props.person} how="movedOut" open={shown() === 'movedOut'} onClose={close} />
      <LeavingDialog person={props.person} how="deceased" open={shown() === 'deceased'} onClose={close} />
    </Pane>
  )
}
