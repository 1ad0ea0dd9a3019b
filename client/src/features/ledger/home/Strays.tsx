/** Records whose building, house or household this device does not know: listed, so that nobody vanishes. */
import { doorOf } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { useLedger } from '../ledger-context.ts'
import { titleOf } from '../record/entry-of.ts'

export function Strays(): JSX.Element {
  const session = useSession()
  const { index } = useLedger()
  const strays = () => index().strays
  const count = (): number => strays().houses.length + strays().households.length + strays().persons.length
  return (
    <Show when={count() > 0}>
      <List title={t('ledger.strays')} aside={count()}>
        <For each={strays().houses}>
          {({ house }) => <Row title={doorOf(house)} detail={t('ledger.kind.house')} href={paths.house(house.id)} />}
        </For>
        <For each={strays().households}>
          {({ household }) => (
            <Row
              title={titleOf(session.store, household.fields.head) || t('ledger.noHead')}
              detail={t('ledger.kind.household')}
              href={paths.household(household.id)}
            />
          )}
        </For>
        <For each={strays().persons}>
          {(person) => (
            <Row title={person.fields.name ?? ''} detail={t('ledger.kind.person')} href={paths.person(person.id)} />
          )}
        </For>
      </List>
    </Show>
  )
}
