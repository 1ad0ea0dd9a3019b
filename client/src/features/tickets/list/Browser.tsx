/** The list side of tickets: which of them, a search, filters, and the rows. */
import { useLocation } from '@solidjs/router'
import { dueState, type Ticket } from '@tongge/model'
import ListFilter from 'lucide-solid/icons/list-filter'
import Search from 'lucide-solid/icons/search'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { buildingName } from '../buildings.ts'
import { categoryName } from '../category-view.ts'
import { reporterWords } from '../reporter-view.ts'
import { useTickets } from '../tickets-context.ts'
import { FilterSheet } from './FilterSheet.tsx'
import styles from './list.module.css'
import { activeFilters, applyFilter, tabs, ticketsOfTab } from './ticket-filter.ts'
import { TicketRows } from './TicketRows.tsx'
import { useFilter } from './use-filter.ts'

export function Browser(props: { readonly aside?: JSX.Element }): JSX.Element {
  const session = useSession()
  const location = useLocation()
  const { tickets, now, list } = useTickets()
  const top = list.query === location.search ? list.top : 0
  createEffect(() => {
    list.query = location.search
  })
  const { filter, change } = useFilter()
  const [choosing, setChoosing] = createSignal(false)
  let box: HTMLInputElement | undefined
  const wordsOf = (ticket: Ticket): string =>
    [
      categoryName(ticket.birth.category),
      buildingName(session, ticket.birth.building),
      ticket.assignee === undefined ? '' : session.directory().nameOf(ticket.assignee),
      reporterWords(ticket, session.store.snapshot(), session.roles),
    ].join(' ')
  const inTab = createMemo(() => ticketsOfTab(tickets(), filter().tab, session))
  const shown = createMemo(() => applyFilter(inTab(), filter(), now(), wordsOf))
  const overdue = createMemo(() => inTab().filter((ticket) => dueState(ticket, now()).label === 'overdue').length)
  const count = () => activeFilters(filter())
  return (
    <div class={styles.browser}>
      <div class={styles.head}>
        <div class={styles.top}>
          <div class={styles.tabs}>
            <Choice
              label={t('tickets.list.tabs')}
              hideLabel
              value={filter().tab}
              options={tabs.map((tab) => ({ value: tab, label: t(`tickets.list.tab.${tab}`) }))}
              onChange={(tab) => change({ tab })}
            />
          </div>
          {props.aside}
        </div>
        <div class={styles.search} role="search">
          <Search size="1.25rem" aria-hidden="true" class={styles.glass ?? ''} />
          <input
            ref={box}
            class={styles.box}
            type="text"
            inputmode="search"
            enterkeyhint="search"
            autocomplete="off"
            spellcheck={false}
            aria-label={t('tickets.list.search')}
            placeholder={t('tickets.list.searchPlaceholder')}
            value={filter().text}
            onInput={(event) => change({ text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.isComposing) change({ text: '' })
            }}
          />
          <Show when={filter().text !== ''}>
            <IconButton
              label={t('ui.clear')}
              icon={<X size="1.25rem" aria-hidden="true" />}
              onClick={() => {
                change({ text: '' })
                box?.focus()
              }}
            />
          </Show>
        </div>
        <div class={styles.chips}>
          <Chip
            selected={count() > 0}
            onClick={() => setChoosing(true)}
            icon={<ListFilter size="1.125rem" aria-hidden="true" />}
          >
            {count() > 0 ? t('tickets.list.filterCount', count()) : t('tickets.list.filter')}
          </Chip>
          <Show when={overdue() > 0 || filter().overdue}>
            <Chip selected={filter().overdue} onClick={() => change({ overdue: !filter().overdue })}>
              {t('tickets.list.overdueCount', overdue())}
            </Chip>
          </Show>
          <p class={styles.count} role="status">
            {t('tickets.list.count', shown().length)}
          </p>
        </div>
      </div>
      <TicketRows
        tickets={shown()}
        filter={filter()}
        top={top}
        onScroll={(top) => {
          list.top = top
        }}
        onClear={() => change({ text: '', group: '', phase: '', state: '', overdue: false, building: '' })}
      />
      <FilterSheet
        open={choosing()}
        onClose={() => setChoosing(false)}
        filter={filter()}
        change={change}
        found={shown().length}
      />
    </div>
  )
}
