/** Who else is here and what they look at. Carried by the awareness of the grid's first document; names come from the relay. */
import { createSignal, type Accessor } from 'solid-js'
import type { Awareness } from 'y-protocols/awareness'
import type { OpenDocument } from './open-documents.ts'
import type { Peer } from './session.ts'

export interface Presence {
  readonly peers: Accessor<readonly Peer[]>
  watch(subject: string | undefined, editing: boolean): void
  /** The documents are open: the first of them carries it. */
  follow(documents: readonly OpenDocument[]): void
  dispose(): void
}

export function createPresence(account: string): Presence {
  const [peers, setPeers] = createSignal<readonly Peer[]>([])
  let awareness: Awareness | undefined
  let watched: { readonly subject: string; readonly editing: boolean } | null = null

  const read = (): void => {
    const others = [...(awareness?.getStates() ?? [])].flatMap(([client, state]) =>
      client === awareness?.clientID ? [] : (peerOf(state) ?? []),
    )
    setPeers(others.filter((peer) => peer.account !== account))
  }
  const say = (): void => awareness?.setLocalStateField('watch', watched)
  return {
    peers,
    watch: (subject, editing) => {
      watched = subject === undefined ? null : { subject, editing }
      say()
    },
    follow: (documents) => {
      awareness = documents.find(({ vault }) => vault !== undefined)?.relay.awareness
      awareness?.on('change', read)
      say()
    },
    dispose: () => awareness?.off('change', read),
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
