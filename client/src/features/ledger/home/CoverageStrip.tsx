/** Coverage above the list of buildings. */
import { coverage } from '@tongge/model'
import { createDeferred, createMemo, type JSX } from 'solid-js'
import { useSession } from '../../../session/use-session.ts'
import { CoverageCard } from '../../records/CoverageCard.tsx'

export function CoverageStrip(): JSX.Element {
  const session = useSession()
  // The list comes first: what is counted over all records is counted in a moment of its own.
  const snapshot = createDeferred(session.store.snapshot, { timeoutMs: 500 })
  const rates = createMemo(() => coverage(snapshot().entries.values(), session.context().now))
  return <CoverageCard coverage={rates()} small />
}
