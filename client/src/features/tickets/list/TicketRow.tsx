/** One ticket in a list. */
import { A, useLocation } from '@solidjs/router'
import { dueState, openStates, type Ticket } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { DueChip } from '../../records/DueChip.tsx'
import { isEmergency } from '../category-groups.ts'
import { categoryName, iconOf } from '../category-view.ts'
import { useTickets } from '../tickets-context.ts'
import { personName } from '../../records/people.ts'
import styles from './list.module.css'

export function TicketRow(props: { readonly ticket: Ticket; readonly current: boolean }): JSX.Element {
  const session = useSession()
  const { search } = useLocation()
  const { now, isWide } = useTickets()
  const birth = () => props.ticket.birth
  const isOpen = () => openStates.includes(props.ticket.state)
  const who = () => {
    const { assignee } = props.ticket
    return assignee === undefined ? t('tickets.list.unassigned') : personName(session, assignee)
  }
  return (
    <A
      // The list at the left keeps its filters while tickets are opened beside it.
      href={paths.ticket(props.ticket.id) + (isWide() ? search : '')}
      class={styles.row}
      aria-current={props.current ? 'true' : undefined}
    >
      <span class={styles.icon} data-urgent={isEmergency(birth().category)}>
        <Dynamic component={iconOf(birth().category)} size="1.25rem" aria-hidden="true" />
      </span>
      <span class={styles.text}>
        <span class={styles.name}>{birth().title}</span>
        <span class={styles.detail}>{[categoryName(birth().category), birth().place].filter(Boolean).join(' · ')}</span>
        <span class={styles.marks}>
          <Chip tone="accent">{t(`records.state.${props.ticket.state}`)}</Chip>
          <DueChip due={dueState(props.ticket, now())} now={now()} />
          <Show when={birth().severity === 'major'}>
            <Chip tone="notice">{t('tickets.severity.major')}</Chip>
          </Show>
          <Show when={props.ticket.conflicting.length > 0}>
            <Chip tone="notice">{t('tickets.list.conflict')}</Chip>
          </Show>
          <Show when={session.waiting(props.ticket.id)}>
            <Chip>{t('tickets.list.waiting')}</Chip>
          </Show>
          <span class={styles.who}>
            {isOpen()
              ? who()
              : t('tickets.list.closedAt', momentText(props.ticket.closedAt ?? props.ticket.updatedAt, now()))}
          </span>
        </span>
      </span>
    </A>
  )
}
