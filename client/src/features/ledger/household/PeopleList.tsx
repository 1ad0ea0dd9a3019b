/** The people of a household: head first, those who left last. */
import type { Entry } from '@tongge/model'
import UserPlus from 'lucide-solid/icons/user-plus'
import UserRound from 'lucide-solid/icons/user-round'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { peopleOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { PersonMarks } from '../person/PersonMarks.tsx'
import { personLine } from '../person/person-line.ts'
import { useRights } from '../record/use-rights.ts'

export function PeopleList(props: { readonly household: Entry<'household'> }): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const rights = useRights()
  const people = createMemo(() => peopleOf(index(), props.household.id))
  const row = (person: Entry<'person'>): JSX.Element => (
    <Row
      lead={<UserRound size="1.375rem" aria-hidden="true" />}
      title={person.fields.name ?? ''}
      detail={personLine(person, session.context().now, person.id === props.household.fields.head)}
      trail={<PersonMarks person={person} />}
      href={paths.person(person.id)}
    />
  )
  return (
    <>
      <List title={t('ledger.people')} aside={t('ledger.peopleCount', people().present.length)}>
        <For
          each={people().present}
          fallback={<EmptyState compact icon={<UserRound size="2rem" />} title={t('ledger.noPeople')} />}
        >
          {row}
        </For>
        <Show when={rights.mayAdd('person')}>
          <Row
            lead={<UserPlus size="1.375rem" aria-hidden="true" />}
            title={t('ledger.addHere.person')}
            href={ledgerPaths.add('person', { household: props.household.id })}
          />
        </Show>
      </List>
      <Show when={people().former.length > 0}>
        <List title={t('ledger.formerPeople')}>
          <For each={people().former}>{row}</For>
        </List>
      </Show>
    </>
  )
}
