/** Shows a committed update to those who are in its document. */
import { partsOf } from './content.ts'
import { deletionsToUpdate } from './delete-set.ts'
import { encodeUpdateMessage } from './messages.ts'
import type { Peer } from './peer.ts'
import { scanUpdate, unlimited } from './scan-update.ts'

/** What is larger would be copied for each reader at once; it goes in parts, as a document's content does. */
const largeBytes = 1024 * 1024

export function shower(update: Uint8Array, partBytes: number): (peer: Pick<Peer, 'send' | 'sendContent'>) => void {
  if (update.length <= largeBytes) {
    const message = encodeUpdateMessage(update)
    return (peer) => peer.send(message)
  }
  const messages = cut(update, partBytes).map(encodeUpdateMessage)
  return (peer) => peer.sendContent({ messages, bytes: 0, onSent: () => undefined })
}

/** Each part is complete once those before it are applied to a document for which the whole was news. */
function cut(update: Uint8Array, partBytes: number): Uint8Array[] {
  const scanned = scanUpdate(update, unlimited)
  if (typeof scanned === 'string') throw new Error(`a committed update is ${scanned}`)
  const begun = new Map(scanned.sections.map(({ client, clocks }) => [client, clocks[0] ?? 0]))
  // Whatever else it needs was there before.
  const state = {
    get: (client: number) => begun.get(client) ?? Infinity,
    set: (client: number, clock: number) => begun.set(client, clock),
  }
  return [...partsOf([scanned], state, partBytes), deletionsToUpdate(scanned.deletions)]
}
