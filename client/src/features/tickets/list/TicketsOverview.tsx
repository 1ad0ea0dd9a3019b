/** Beside the list of a wide screen while no ticket is open: when the open tickets fall due, what waits for somebody to take it, and what they are about. */
import { A } from '@solidjs/router'
import { dueState, openStates, taxonomy, type Ticket } from '@tongge/model'
import { createMemo, For, type JSX } from 'solid-js'
import { number } from '../../../i18n/format.ts'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { List } from '../../../ui/List.tsx'
import { DueStrip } from '../../records/DueStrip.tsx'
import { groupOf } from '../category-groups.ts'
import { useTickets } from '../tickets-context.ts'
import styles from './overview.module.css'
import { filterQuery, parseFilter, type TicketFilter } from './ticket-filter.ts'

export function TicketsOverview(): JSX.Element {
  const { tickets, now } = useTickets()
  const open = createMemo(() => tickets().filter(({ state }) => openStates.includes(state)))
  const dues = createMemo(() => open().map((ticket) => ({ ticket, due: dueState(ticket, now()) })))
  const unassigned = () => open().filter(({ assignee }) => assignee === undefined).length
  return (
    <section class={styles.overview} aria-label={t('tickets.overview.title')}>
      <header>
        <h2 class={styles.title}>{t('tickets.overview.title')}</h2>
        <p class={styles.quiet}>{t('tickets.pick')}</p>
      </header>
      <List title={t('tickets.overview.open')} aside={number(open().length)}>
        <DueStrip tickets={dues()} now={now()} />
        <p class={styles.line}>{t('tickets.overview.unassigned', unassigned())}</p>
      </List>
      <List title={t('tickets.overview.groups')}>
        <Groups tickets={open()} />
      </List>
    </section>
  )
}

/** Each kind of matter as a bar, the most frequent first; it leads to the list of them. */
function Groups(props: { readonly tickets: readonly Ticket[] }): JSX.Element {
  const counts = createMemo(() =>
    taxonomy
      .map((group) => ({
        group,
        count: props.tickets.filter(({ birth }) => groupOf(birth.category) === group.code).length,
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
  )
  const most = () => counts()[0]?.count ?? 1
  return (
    <ul class={styles.groups}>
      <For each={counts()} fallback={<li class={styles.line}>{t('tickets.overview.none')}</li>}>
        {({ group, count }) => (
          <li>
            <A href={listAddress({ tab: 'open', group: group.code })} class={styles.group}>
              <span class={styles.name}>{nameOf(group)}</span>
              <span class={styles.track} aria-hidden="true">
                <span class={styles.bar} style={{ width: `${(count / most()) * 100}%` }} />
              </span>
              <span class={styles.count}>{number(count)}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}

function listAddress(part: Partial<TicketFilter>): string {
  const query = Object.entries(filterQuery({ ...parseFilter({}), ...part })).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return `/tickets?${new URLSearchParams(query).toString()}`
}
