/** Who is at the other end of a socket, as the one who let it in knows, and what is asked of a socket in turn. */
import type { CloseReason } from '@tongge/protocol'
import type { AccessWitness, Arrival, Meter } from '../ports.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { SyncLimits } from './limits.ts'
import type { Outbox } from './outbox.ts'

export interface SyncConnection {
  readonly account: string
  /** The person's name as colleagues know it. */
  readonly name: string
  readonly roles: readonly string[]
  /** Those held where the document belongs; asked at each update. Without it all roles count everywhere. */
  rolesOn?(document: string): readonly string[]
  /** All sockets of one sign-in share it; `revoke` and `regrant` go by it. */
  readonly session: string
  /** When its device was last heard from before it came back, in milliseconds since 1970; undefined where nobody knows. */
  readonly lastContact?: number | undefined
  /** Asked when a document is opened and after `regrant`. */
  mayRead(document: string): boolean
  mayWrite(document: string): boolean
  /** Set for a stock y-websocket client: the one document of this socket. */
  readonly document?: string | undefined
}

/** One socket under the care of the endpoint. */
export interface Line {
  readonly connection: SyncConnection
  /** One binary frame. */
  receive(frame: Uint8Array): void
  /** Keeps the line from falling silent. */
  tick(): void
  /** Closes what may no longer be read, and what may be written otherwise than before. */
  regrant(): void
  /** Leaves all rooms. */
  leave(): void
  readonly channels: number
  /** Memory of messages that have begun to arrive. */
  readonly heldBytes: number
}

/** What a line needs of the endpoint. */
export interface LineContext {
  readonly rooms: Rooms
  readonly outbox: Outbox
  readonly limits: SyncLimits
  readonly witness: AccessWitness
  readonly meter: Meter
  /** Milliseconds that only grow. */
  readonly now: () => number
  /** Of the frame that is being received; see `Peer`. */
  readonly arrival: (isOlder: boolean) => Arrival
  /** Whether this account may have so much more of unfinished messages held. */
  readonly mayHold: (bytes: number) => boolean
  /** Closes the whole socket. */
  readonly close: (reason: CloseReason) => void
}
