/** The filter of the list lives in the address. */
import { useSearchParams } from '@solidjs/router'
import { createMemo, type Accessor } from 'solid-js'
import { filterQuery, parseFilter, type TicketFilter } from './ticket-filter.ts'

export function useFilter(): {
  readonly filter: Accessor<TicketFilter>
  readonly change: (part: Partial<TicketFilter>) => void
} {
  const [query, setQuery] = useSearchParams()
  const filter = createMemo(() => parseFilter(query))
  const change = (part: Partial<TicketFilter>): void => {
    const next = { ...filter(), ...part }
    // Filters of the open list find nothing among the ended, and the other way round.
    const moved = part.tab === undefined ? next : { ...next, phase: '' as const, state: '' as const }
    setQuery(filterQuery(moved), { replace: true, scroll: false })
  }
  return { filter, change }
}
