/** One screen of the ledger, beside its list where there is room. */
import type { JSX } from 'solid-js'
import { Pane as AnyPane, type PaneProps } from '../../ui/Pane.tsx'
import { useLedger } from './ledger-context.ts'

export function Pane(props: Omit<PaneProps, 'wide'>): JSX.Element {
  const { isWide } = useLedger()
  return <AnyPane {...props} wide={isWide()} />
}
