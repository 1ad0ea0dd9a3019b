/** The sync light as a pure function of what the providers say. Claims nothing that no disk has confirmed. */
import type { FailureReason, ProviderStatus } from './provider.ts'
import type { LinkState, LinkStatus } from './relay/relay-link.ts'
import { pendingOf } from './status.ts'

export interface SyncLightInput {
  /** One per open document that this person may write: this device's disk. */
  readonly disks: readonly ProviderStatus[]
  /** One per open document: the relay. */
  readonly relays: readonly ProviderStatus[]
  readonly link: LinkStatus
}

export interface DerivedSyncLight {
  /** `synced`: the relay has committed everything; `saved`: this device has; `unsaved`: not even this device. */
  readonly light: 'synced' | 'saved' | 'unsaved'
  readonly connection: LinkState
  /** The most urgent one: what this device cannot keep comes before what the relay will not take. */
  readonly problem?: FailureReason
}

export function deriveSyncLight({ disks, relays, link }: SyncLightInput): DerivedSyncLight {
  const problem = firstFailure(disks) ?? link.reason ?? firstFailure(relays)
  return { light: lightOf(disks, relays), connection: link.state, ...(problem && { problem }) }
}

function lightOf(disks: readonly ProviderStatus[], relays: readonly ProviderStatus[]): DerivedSyncLight['light'] {
  if (disks.some((status) => status.state === 'failed' || pendingOf(status) > 0)) return 'unsaved'
  return relays.length > 0 && [...disks, ...relays].every((status) => status.state === 'current') ? 'synced' : 'saved'
}

const urgency: readonly FailureReason[] = [
  'quota',
  'denied',
  'lost',
  'corrupt',
  'unsupported',
  'signedOut',
  'forbidden',
  'absent',
  'refused',
  'readOnly',
  'tooLarge',
  'unknown',
]

function firstFailure(statuses: readonly ProviderStatus[]): FailureReason | undefined {
  const reasons = new Set(statuses.flatMap((status) => (status.state === 'failed' ? [status.reason] : [])))
  return urgency.find((reason) => reasons.has(reason))
}
