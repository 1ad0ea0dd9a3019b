/** The one port through which a document is kept in step with another place: a disk, a relay, another tab. */

export type FailureReason =
  | 'quota'
  | 'denied'
  | 'lost'
  | 'corrupt'
  | 'unsupported'
  | 'signedOut'
  | 'forbidden'
  /** The relay knows of no such document. */
  | 'absent'
  | 'tooLarge'
  | 'readOnly'
  /** Something that this device holds is not taken; the rest of the document waits behind it. */
  | 'refused'
  | 'unknown'

export type ProviderStatus =
  /** The first load or first sync is not done yet. */
  | { readonly state: 'starting' }
  /** Everything this replica holds is also over there. */
  | { readonly state: 'current' }
  /** `pending` local changes are not over there yet, and the way there is open. */
  | { readonly state: 'behind'; readonly pending: number }
  /** The other place cannot be reached now; it will be tried again. */
  | { readonly state: 'offline'; readonly pending: number }
  /** Trying again by itself will not help. */
  | { readonly state: 'failed'; readonly reason: FailureReason; readonly pending: number }

/**
 * Keeps one Y.Doc in step with one other place until closed.
 * Never throws into an edit: what goes wrong is a status.
 */
export interface Provider {
  /** Resolves after the first load or sync; rejects with an Error rather than hang. */
  readonly ready: Promise<void>
  readonly status: () => ProviderStatus
  /** Calls back at each change, never before this returns. Returns its own undo. */
  readonly onStatus: (listener: (status: ProviderStatus) => void) => () => void
  /** Writes what is pending where that is possible, then lets go of the document. Idempotent. */
  readonly close: () => Promise<void>
}
