/** What the pages of tickets share. */
import type { Instant, Ticket } from '@tongge/model'
import { createContext, useContext, type Accessor } from 'solid-js'

export interface ListPlace {
  /** The filters, as the query of its address with the question mark; '' for none. */
  query: string
  /** Pixels from its top. */
  top: number
}

export interface TicketsView {
  /** Every ticket of the grid, in no order. */
  readonly tickets: Accessor<readonly Ticket[]>
  /** At least 900 px: the list stays at the left, tickets open at the right. */
  readonly isWide: Accessor<boolean>
  /** The time, once a minute. */
  readonly now: Accessor<Instant>
  /** How the list was left, so that coming back finds it so. */
  readonly list: ListPlace
}

export const TicketsContext = createContext<TicketsView>()

export function useTickets(): TicketsView {
  const view = useContext(TicketsContext)
  if (view === undefined) throw new Error('useTickets is called outside the pages of tickets')
  return view
}
