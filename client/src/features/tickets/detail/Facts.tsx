/** What was reported and who has to do with it. */
import { categoryOf, labelOf, type AccountId, type Ticket } from '@tongge/model'
import Lightbulb from 'lucide-solid/icons/lightbulb'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { language, nameOf, t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { useTickets } from '../tickets-context.ts'
import { personName } from '../../records/people.ts'
import styles from './detail.module.css'
import { Fact } from './Fact.tsx'
import { Place, TicketLink } from './fact-values.tsx'
import { ReporterFact } from './ReporterFact.tsx'

export function Facts(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const { now, tickets } = useTickets()
  const birth = () => props.ticket.birth
  const people = (accounts: readonly (AccountId | undefined)[]) =>
    accounts
      .flatMap((account) => (account === undefined ? [] : personName(session, account)))
      .join(t('tickets.detail.comma'))
  const code = (list: 'TICKET_SOURCE' | 'RISK', value: string | undefined) =>
    value === undefined ? '' : (labelOf(list, value, language() === 'en' ? 'en' : 'zh') ?? value)
  const merged = () => tickets().filter(({ parent }) => parent === props.ticket.id)
  const count = () => birth().peopleInvolved
  /** A device whose clock was fast says later than it was reported. */
  const foundAt = () => Math.min(birth().occurredAt, props.ticket.reportedAt)
  return (
    <section class={styles.card} aria-label={t('tickets.detail.facts')}>
      <dl class={styles.facts}>
        <Fact name={t('tickets.detail.place')} given={birth().place}>
          <Place birth={birth()} />
        </Fact>
        <Fact name={t('tickets.detail.occurredAt')} given={momentText(foundAt(), now())} />
        <Fact
          name={t('tickets.detail.reportedAt')}
          given={t(
            'tickets.detail.by',
            personName(session, props.ticket.reportedBy),
            momentText(props.ticket.reportedAt, now()),
          )}
        />
        <Fact name={t('tickets.detail.firstContact')} given={people([props.ticket.firstContact])} />
        <Fact name={t('tickets.detail.assignee')} given={people([props.ticket.assignee])} />
        <Fact name={t('tickets.detail.coAssignees')} given={people(props.ticket.coAssignees)} />
        <ReporterFact ticket={props.ticket} />
        <Fact name={t('tickets.detail.risk')} given={code('RISK', birth().risk)} />
        <Fact
          name={t('tickets.detail.peopleInvolved')}
          given={count() === undefined ? '' : t('tickets.detail.peopleCount', count() ?? 0)}
        />
        <Fact name={t('tickets.detail.impactScope')} given={birth().impactScope ?? ''} />
        <Fact name={t('tickets.detail.source')} given={code('TICKET_SOURCE', birth().source)} />
        <Fact name={t('tickets.detail.visibility')} given={t(`tickets.visibility.${birth().visibility}`)} />
        <Fact name={t('tickets.detail.parent')} given={props.ticket.parent ?? ''}>
          <Show when={props.ticket.parent}>{(parent) => <TicketLink id={parent()} />}</Show>
        </Fact>
        <Fact name={t('tickets.detail.merged')} given={merged().length > 0 ? '+' : ''}>
          <For each={merged()}>{(other) => <TicketLink id={other.id} />}</For>
        </Fact>
      </dl>
      <Show when={categoryOf(birth().category)?.note}>
        {(note) => (
          <p class={styles.note}>
            <Lightbulb size="1.125rem" aria-hidden="true" />
            <span>{nameOf(note())}</span>
          </p>
        )}
      </Show>
    </section>
  )
}
