/** Who else is here and what they look at. Carried by the awareness of the grid's first document; names come from the relay. */
import { createSignal, type Accessor } from 'solid-js'
import type { OpenDocument } from './open-documents.ts'
import type { Peer } from './session.ts'

export interface Presence {
  readonly peers: Accessor<readonly Peer[]>
  watch(subject: string | undefined, editing: boolean): void
  dispose(): void
}

export function createPresence(documents: readonly OpenDocument[], account: string): Presence {
  const [peers, setPeers] = createSignal<readonly Peer[]>([])
  const awareness = documents.find(({ vault }) => vault !== undefined)?.relay.awareness
  if (!awareness) return { peers, watch: () => undefined, dispose: () => undefined }

  const read = (): void => {
    const others = [...awareness.getStates()].flatMap(([client, state]) =>
      client === awareness.clientID ? [] : (peerOf(state) ?? []),
    )
    setPeers(others.filter((peer) => peer.account !== account))
  }
  awareness.on('change', read)
  return {
    peers,
    watch: (subject, editing) =>
      awareness.setLocalStateField('watch', subject === undefined ? null : { subject, editing }),
    dispose: () => awareness.off('change', read),
  }
}

/** Undefined for a state of another shape: peers may run any version. */
function peerOf({ user, watch }: Readonly<Record<string, unknown>>): Peer | undefined {
  if (!isPlain(user) || typeof user['account'] !== 'string' || typeof user['name'] !== 'string') return undefined
  const seen = isPlain(watch) ? watch : {}
  return {
    account: user['account'],
    name: user['name'],
    subject: typeof seen['subject'] === 'string' ? seen['subject'] : undefined,
    editing: seen['editing'] === true,
  }
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
