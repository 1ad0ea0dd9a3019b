/** The rows of a list of tickets; only those in sight are in the page. */
import { useLocation } from '@solidjs/router'
import type { Ticket } from '@tongge/model'
import Inbox from 'lucide-solid/icons/inbox'
import SearchX from 'lucide-solid/icons/search-x'
import { createEffect, on, Show, type JSX } from 'solid-js'
import { VList, type VListHandle } from 'virtua/solid'
import { t } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import styles from './list.module.css'
import { activeFilters, type TicketFilter } from './ticket-filter.ts'
import { TicketRow } from './TicketRow.tsx'

export interface TicketRowsProps {
  readonly tickets: readonly Ticket[]
  readonly filter: TicketFilter
  /** Where the list stands when it opens, in pixels. */
  readonly top: number
  readonly onScroll: (top: number) => void
  readonly onClear: () => void
}

export function TicketRows(props: TicketRowsProps): JSX.Element {
  const location = useLocation()
  const isNarrowed = () => activeFilters(props.filter) > 0 || props.filter.text !== ''
  let list: VListHandle | undefined
  // A list of other tickets begins at its top.
  createEffect(
    on(
      () => JSON.stringify(props.filter),
      () => list?.scrollTo(0),
      { defer: true },
    ),
  )
  const open = (handle: VListHandle | undefined): void => {
    list = handle
    const { top } = props
    if (handle && top > 0) requestAnimationFrame(() => handle.scrollTo(top))
  }
  return (
    <Show
      when={props.tickets.length > 0}
      fallback={
        <Show
          when={isNarrowed()}
          fallback={
            <EmptyState
              icon={<Inbox size="1.75rem" />}
              title={t(`tickets.list.none.${props.filter.tab}`)}
              text={t('tickets.list.noneText')}
            />
          }
        >
          <EmptyState
            icon={<SearchX size="1.75rem" />}
            title={t('tickets.list.noMatch')}
            text={t('tickets.list.noMatchText')}
            actions={<Button onClick={() => props.onClear()}>{t('tickets.list.clear')}</Button>}
          />
        </Show>
      }
    >
      <VList
        ref={open}
        data={props.tickets}
        class={styles.rows ?? ''}
        itemSize={92}
        onScroll={(top) => props.onScroll(top)}
      >
        {(ticket) => <TicketRow ticket={ticket} current={location.pathname.endsWith(`/${ticket.id}`)} />}
      </VList>
    </Show>
  )
}
