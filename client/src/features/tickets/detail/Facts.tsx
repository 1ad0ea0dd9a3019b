/** What was reported and who has to do with it. */
import { mayRead, type AccountId, type RecordId, type Ticket } from '@tongge/model'
import { labelOf } from '@tongge/model'
import Lightbulb from 'lucide-solid/icons/lightbulb'
import Phone from 'lucide-solid/icons/phone'
import { A } from '@solidjs/router'
import { categoryOf } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { language, nameOf, t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { buildingName } from '../buildings.ts'
import { maySeeReporter } from '../reporter-view.ts'
import { useTickets } from '../tickets-context.ts'
import { whoIs } from '../who.ts'
import styles from './detail.module.css'

export function Facts(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const { now, tickets } = useTickets()
  const birth = () => props.ticket.birth
  const people = (accounts: readonly AccountId[]) => accounts.map((account) => whoIs(session, account)).join(t('tickets.detail.comma'))
  const code = (list: 'TICKET_SOURCE' | 'RISK', value: string | undefined) =>
    value === undefined ? '' : (labelOf(list, value, language() === 'en' ? 'en' : 'zh') ?? value)
  const merged = () => tickets().filter(({ parent }) => parent === props.ticket.id)
  return (
    <section class={styles.section} aria-label={t('tickets.detail.facts')}>
      <dl class={styles.facts}>
        <Fact name={t('tickets.detail.place')}>
          <Show when={birth().building} fallback={birth().place}>
            {(building) => <Place building={building()} text={birth().place} />}
          </Show>
        </Fact>
        <Fact name={t('tickets.detail.occurredAt')}>{momentText(birth().occurredAt, now())}</Fact>
        <Fact name={t('tickets.detail.reportedAt')}>
          {[whoIs(session, props.ticket.reportedBy), momentText(props.ticket.reportedAt, now())].join(' · ')}
        </Fact>
        <Fact name={t('tickets.detail.firstContact')}>{props.ticket.firstContact && people([props.ticket.firstContact])}</Fact>
        <Fact name={t('tickets.detail.assignee')}>{props.ticket.assignee && people([props.ticket.assignee])}</Fact>
        <Fact name={t('tickets.detail.coAssignees')}>{people(props.ticket.coAssignees)}</Fact>
        <Fact name={t('tickets.detail.source')}>{code('TICKET_SOURCE', birth().source)}</Fact>
        <Fact name={t('tickets.detail.risk')}>{code('RISK', birth().risk)}</Fact>
        <Fact name={t('tickets.detail.visibility')}>{t(`tickets.visibility.${birth().visibility}`)}</Fact>
        <Fact name={t('tickets.detail.impactScope')}>{birth().impactScope}</Fact>
        <Fact name={t('tickets.detail.peopleInvolved')}>
          <Show when={birth().peopleInvolved}>{(count) => t('tickets.detail.peopleCount', count())}</Show>
        </Fact>
        <Reporter ticket={props.ticket} />
        <Fact name={t('tickets.detail.parent')}>
          <Show when={props.ticket.parent}>{(parent) => <TicketLink id={parent()} />}</Show>
        </Fact>
        <Fact name={t('tickets.detail.merged')}>
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

/** Left out while it has nothing to say. */
function Fact(props: { readonly name: string; readonly children: JSX.Element }): JSX.Element {
  const content = () => props.children
  const isEmpty = (value: JSX.Element): boolean => value === undefined || value === '' || value === false || (Array.isArray(value) && value.every(isEmpty))
  return (
    <Show when={!isEmpty(content())}>
      <div class={styles.fact}>
        <dt>{props.name}</dt>
        <dd>{content()}</dd>
      </div>
    </Show>
  )
}
