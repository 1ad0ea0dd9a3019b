/** Facts that are more than words: a place that can be opened, a person who can be called, another ticket. */
import { A } from '@solidjs/router'
import { mayRead, type RecordId, type TicketBirth } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { useTickets } from '../tickets-context.ts'
import styles from './detail.module.css'

export function Place(props: { readonly birth: TicketBirth }): JSX.Element {
  const session = useSession()
  const known = () => {
    const { building, household } = props.birth
    if (!mayRead(session.roles, 'ledger')) return undefined
    if (household !== undefined && session.store.entries[household]) return paths.household(household)
    return building !== undefined && session.store.entries[building] ? paths.building(building) : undefined
  }
  return (
    <Show when={known()} fallback={props.birth.place}>
      {(href) => (
        <A href={href()} class={styles.link}>
          {props.birth.place}
        </A>
      )}
    </Show>
  )
}

export function TicketLink(props: { readonly id: RecordId }): JSX.Element {
  const session = useSession()
  const { isWide, list } = useTickets()
  return (
    <A href={paths.ticket(props.id) + (isWide() ? list.query : '')} class={styles.link}>
      {session.store.tickets[props.id]?.birth.title ?? t('records.unknown')}
    </A>
  )
}
