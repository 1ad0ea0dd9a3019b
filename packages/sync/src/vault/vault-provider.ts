/** A document at rest on this device, as the session and the relay link see it. */
import type { Provider } from '../provider.ts'

export interface VaultProvider extends Provider {
  /** Resolves once every update the document has emitted so far is on disk; rejects with a ProviderFailure when that failed. */
  readonly durable: () => Promise<void>
  /** Subjects of local edits the relay has not committed. The same set until something changes. */
  readonly waiting: () => ReadonlySet<string>
  readonly onWaiting: (listener: (subjects: ReadonlySet<string>) => void) => () => void
  /** Number of local edits the relay has not committed. */
  readonly unsent: () => number
  /** Call when everything the document holds at this moment is on its way to the relay; hand the mark back with `acknowledged`. */
  readonly markSent: () => number
  /** The relay has committed everything the document held when `markSent` gave this mark. */
  readonly acknowledged: (mark: number) => void
  /** Pieces on disk that did not open: the document is whole again after a sync with the relay. 0 in good health. */
  readonly damaged: () => number
}
