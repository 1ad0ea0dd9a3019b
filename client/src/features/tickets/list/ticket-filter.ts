/** Which tickets a list shows and in which order, and how that is written in an address, so that other pages can point at it. */
import {
  dueState,
  openStates,
  openTickets,
  plainText,
  publicState,
  type AccountId,
  type Instant,
  type PublicState,
  type RecordId,
  type Role,
  type Ticket,
  type TicketState,
} from '@tongge/model'
import { groupOf } from '../category-groups.ts'

export const tabs = ['mine', 'open', 'done'] as const
export type Tab = (typeof tabs)[number]

export const doneStates = ['closed', 'merged', 'rejected'] as const satisfies readonly TicketState[]

export interface TicketFilter {
  readonly tab: Tab
  readonly text: string
  /** A group of the taxonomy, such as `safety`; '' for all. */
  readonly group: string
  readonly phase: PublicState | ''
  readonly state: TicketState | ''
  readonly overdue: boolean
  readonly building: RecordId | ''
}

export type FilterQuery = Readonly<
  Record<'tab' | 'q' | 'group' | 'phase' | 'state' | 'due' | 'building', string | undefined>
>

const phases: readonly string[] = ['waiting', 'handling', 'done'] satisfies readonly PublicState[]

/** What cannot be read counts as not asked for. A state or phase alone chooses the tab it is found in. */
export function parseFilter(query: Readonly<Record<string, string | readonly string[] | undefined>>): TicketFilter {
  const text = (name: string): string => [query[name] ?? ''].flat()[0] ?? ''
  const stateText = text('state')
  const state = [...openStates, ...doneStates].find((one) => one === stateText) ?? ''
  const phase = phases.includes(text('phase')) ? (text('phase') as PublicState) : ''
  const isDone = phase === 'done' || (state !== '' && publicState(state) === 'done')
  const implied = isDone ? 'done' : state !== '' || phase !== '' ? 'open' : 'mine'
  return {
    tab: tabs.find((tab) => tab === text('tab')) ?? implied,
    text: text('q'),
    group: text('group'),
    phase,
    state,
    overdue: text('due') === 'overdue',
    building: text('building') as RecordId | '',
  }
}

export function filterQuery(filter: TicketFilter): FilterQuery {
  return {
    tab: filter.tab,
    q: filter.text || undefined,
    group: filter.group || undefined,
    phase: filter.phase || undefined,
    state: filter.state || undefined,
    due: filter.overdue ? 'overdue' : undefined,
    building: filter.building || undefined,
  }
}

/** How many of the filters narrow the list; tab and search do not count. */
export function activeFilters(filter: TicketFilter): number {
  return [filter.group, filter.phase, filter.state, filter.overdue, filter.building].filter(Boolean).length
}

export function withoutFilters(filter: TicketFilter): TicketFilter {
  return { ...filter, group: '', phase: '', state: '', overdue: false, building: '' }
}

export interface Viewer {
  readonly account: AccountId
  readonly roles: readonly Role[]
}

/** Tickets of a tab: open ones by what is due next, ended ones by when they ended, newest first. */
export function ticketsOfTab(tickets: readonly Ticket[], tab: Tab, viewer: Viewer): readonly Ticket[] {
  switch (tab) {
    case 'mine':
      return openTickets(tickets, viewer)
    case 'open':
      return byDue(tickets.filter(({ state }) => openStates.includes(state)))
    case 'done':
      return tickets.filter(({ state }) => !openStates.includes(state)).sort((a, b) => endOf(b) - endOf(a))
  }
}

/** `wordsOf` gives what the search looks in besides the ticket's own texts: names of people, places and categories. */
export function applyFilter(
  tickets: readonly Ticket[],
  filter: Omit<TicketFilter, 'tab'>,
  now: Instant,
  wordsOf: (ticket: Ticket) => string,
): readonly Ticket[] {
  const words = plainText(filter.text).toLowerCase().split(/\s+/).filter(Boolean)
  return tickets.filter((ticket) => {
    const { birth, state } = ticket
    if (filter.group !== '' && groupOf(birth.category) !== filter.group) return false
    if (filter.phase !== '' && publicState(state) !== filter.phase) return false
    if (filter.state !== '' && state !== filter.state) return false
    if (filter.building !== '' && birth.building !== filter.building) return false
    if (filter.overdue && dueState(ticket, now).label !== 'overdue') return false
    if (words.length === 0) return true
    const text = plainText(`${birth.title} ${birth.no} ${birth.place} ${wordsOf(ticket)}`).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

function endOf(ticket: Ticket): Instant {
  return ticket.closedAt ?? ticket.updatedAt
}

function byDue(tickets: readonly Ticket[]): readonly Ticket[] {
  return tickets
    .map((ticket) => ({ ticket, at: dueState(ticket, ticket.reportedAt).at ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => a.at - b.at || a.ticket.reportedAt - b.ticket.reportedAt || (a.ticket.id < b.ticket.id ? -1 : 1))
    .map(({ ticket }) => ticket)
}
