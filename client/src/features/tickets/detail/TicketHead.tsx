/** The top of a ticket: what it is, how it stands, and its clocks. */
import { openStates, type Ticket } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { useTickets } from '../tickets-context.ts'
import styles from './detail.module.css'
import { DueClocks } from './DueClocks.tsx'
import { categoryName } from '../category-view.ts'

export function TicketHead(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const { isWide } = useTickets()
  const birth = () => props.ticket.birth
  return (
    <section class={styles.card}>
      <Show when={!isWide()}>
        <h2 class={styles.title}>{birth().title}</h2>
      </Show>
      <p class={styles.quiet}>{[categoryName(birth().category), birth().no].join(' · ')}</p>
      <div class={styles.marks}>
        <Chip tone={openStates.includes(props.ticket.state) ? 'accent' : 'plain'}>
          {t(`records.state.${props.ticket.state}`)}
        </Chip>
        <Show when={birth().severity === 'major'}>
          <Chip tone="notice">{t('tickets.severity.major')}</Chip>
        </Show>
        <Show when={props.ticket.level !== 'grid'}>
          <Chip>{t(`tickets.level.${props.ticket.level}`)}</Chip>
        </Show>
        <Show when={props.ticket.score}>{(score) => <Chip>{t('tickets.detail.scoreOf', score())}</Chip>}</Show>
        <Show when={session.waiting(props.ticket.id)}>
          <Chip>{t('tickets.list.waiting')}</Chip>
        </Show>
      </div>
      <DueClocks ticket={props.ticket} />
    </section>
  )
}
