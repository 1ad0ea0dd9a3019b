/** The one door into a document: name, right, room. */
import { closeReasons, mayRetry, parseDocumentName, type CloseReason } from '@tongge/protocol'
import type { Member, Peer, Room } from '../rooms/peer.ts'
import type { LineContext, SyncConnection } from './connection.ts'
import { createAckClock } from './ack-clock.ts'

export interface Seat {
  readonly document: string
  readonly write: boolean
  receive(message: Uint8Array): void
  leave(): void
}

export type SeatPeer = Pick<Peer, 'wantsEcho' | 'opened' | 'send' | 'sendContent' | 'acknowledge' | 'close'>

/** Nothing is heard through `peer` before this returns. */
export function enterDocument(
  document: string,
  connection: SyncConnection,
  { rooms, witness, meter, now, arrival }: LineContext,
  peer: SeatPeer,
): { readonly seat: Seat; readonly join: () => void } | CloseReason {
  if (!parseDocumentName(document) || !rooms.hasBegun(document)) return closeReasons.unknownDocument
  if (!connection.mayRead(document)) {
    witness.refused(connection.account, document, closeReasons.forbidden)
    return closeReasons.forbidden
  }
  const room: Room | undefined = rooms.enter(document)
  if (!room) return closeReasons.tooManyDocuments
  const write = connection.mayWrite(document)
  const acks = createAckClock(meter, now)
  let member: Member | undefined
  const seat: Seat = {
    document,
    write,
    receive(message) {
      if (!member) return
      acks.came(message)
      room.receive(member, message)
    },
    leave: () => member && room.leave(member),
  }
  const author = {
    account: connection.account,
    get roles() {
      return connection.rolesOn?.(document) ?? connection.roles
    },
  }
  const close = (reason: CloseReason): void => {
    if (!mayRetry(reason.code)) witness.refused(connection.account, document, reason)
    peer.close(reason)
  }
  const acknowledge = (count: number): void => {
    acks.committed(count)
    peer.acknowledge(count)
  }
  const join = (): void => {
    member = room.join({ author, name: connection.name, mayWrite: write, arrival, ...peer, acknowledge, close })
  }
  witness.opened(connection.session, connection.account, document)
  return { seat, join }
}

/** What has become of a seat under the rights of the moment. */
export function regrantReason({ document, write }: Seat, connection: SyncConnection): CloseReason | undefined {
  if (!connection.mayRead(document)) return closeReasons.forbidden
  return connection.mayWrite(document) === write ? undefined : closeReasons.regranted
}
