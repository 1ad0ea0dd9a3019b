/** Shows who is in a document to everybody who is, at this relay and at others. */
import { createElsewhere } from './elsewhere.ts'
import { encodeAwareness } from './messages.ts'
import type { Member, OtherRelays, Peer, RoomContext } from './peer.ts'
import { createPresence, noOne } from './presence.ts'

export interface Gathering {
  receive(member: Member, entries: Uint8Array): 'taken' | 'malformed' | 'tooLarge'
  leave(member: Member): void
  /** Tells one who just came of everyone. */
  welcome(peer: Peer): void
  /** Sends what changed since the last call. */
  showChanges(): void
  /** Sends what was renewed without change; called every few seconds. */
  showRenewals(): void
  /** Of those who are there at another relay. */
  hear(entries: Uint8Array): void
}

export function createGathering(
  document: string,
  members: ReadonlySet<Member>,
  { limits, now, others }: Pick<RoomContext, 'limits' | 'now'> & { readonly others: OtherRelays | undefined },
): Gathering {
  const presence = createPresence<Member>(limits)
  const elsewhere = createElsewhere(now)

  const show = (entries: Uint8Array): void => {
    const message = encodeAwareness(entries)
    for (const { peer } of members) peer.send(message)
  }

  return {
    receive: (member, entries) =>
      presence.receive(member, { account: member.peer.author.account, name: member.peer.name }, entries),
    leave: (member) => presence.leave(member),
    welcome(peer) {
      for (const entries of [presence.everyone(), elsewhere.everyone()])
        if (entries) peer.send(encodeAwareness(entries))
    },
    showChanges() {
      const changes = presence.takeChanges()
      if (!changes) return
      others?.tellPresence(document, changes)
      show(changes)
    },
    showRenewals() {
      const renewals = presence.takeRenewals()
      if (renewals) others?.tellPresence(document, renewals)
      const message = encodeAwareness(renewals ?? noOne)
      for (const { peer } of members) if (renewals || peer.wantsEcho) peer.send(message)
    },
    hear(entries) {
      elsewhere.hear(entries)
      show(entries)
    },
  }
}
