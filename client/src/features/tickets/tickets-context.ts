/** What the pages of tickets share. */
import type { Instant, Ticket } from '@tongge/model'
import { createContext, useContext, type Accessor } from 'solid-js'

export interface TicketsView {
  /** Every ticket of the grid, in no order. */
  readonly tickets: Accessor<readonly Ticket[]>
  /** At least 900 px: the list stays at the left, tickets open at the right. */
  readonly isWide: Accessor<boolean>
  /** The time, once a minute. */
  readonly now: Accessor<Instant>
  /** Where the list of an address was left, so that coming back finds it there. */
  readonly listTop: Map<string, number>
}

export const TicketsContext = createContext<TicketsView>()

export function useTickets(): TicketsView {
  const view = useContext(TicketsContext)
  if (view === undefined) throw new Error('useTickets is called outside the pages of tickets')
  return view
}
