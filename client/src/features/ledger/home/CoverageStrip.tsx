/** Coverage above the list of buildings. */
import { coverage } from '@tongge/model'
import { createMemo, type JSX } from 'solid-js'
import { useSession } from '../../../session/use-session.ts'
import { CoverageCard } from '../../records/CoverageCard.tsx'
import { createLater } from '../later.ts'

export function CoverageStrip(): JSX.Element {
  const session = useSession()
  // The list comes first, then what is searched in.
  const snapshot = createLater(session.store.snapshot, 250)
  const rates = createMemo(() =>
    coverage(snapshot().entries.values(), session.context().now, session.directory().grid?.targetHouseholds),
  )
  return <CoverageCard coverage={rates()} small />
}
