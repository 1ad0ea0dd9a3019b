/** One screen of tickets, beside its list where there is room. */
import type { JSX } from 'solid-js'
import { paths } from '../../paths.ts'
import { Pane as AnyPane, type PaneProps } from '../../ui/Pane.tsx'
import { useTickets } from './tickets-context.ts'

export function Pane(props: Omit<PaneProps, 'wide' | 'back'>): JSX.Element {
  const { isWide, list } = useTickets()
  return <AnyPane {...props} wide={isWide()} back={paths.tickets + list.query} />
}
