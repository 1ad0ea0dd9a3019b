/** What a room and those around it show each other. */
import type { CloseReason } from '@tongge/protocol'
import type { Author, Guard, Logger, UpdateLog } from '../ports.ts'
import type { Folder } from './folder.ts'
import type { RoomLimits } from './room-limits.ts'

/** One connection's interest in one document. */
export interface Peer {
  readonly author: Author
  /** The person's name as colleagues know it. */
  readonly name: string
  readonly mayWrite: boolean
  /** Whether it wants its own updates back, as stock clients do. */
  readonly wantsEcho: boolean
  /** The document is loaded; everything after this is in order. */
  opened(): void
  send(message: Uint8Array): void
  sendContent(content: Content): void
  /** The first `count` updates of this peer are committed. */
  acknowledge(count: number): void
  close(reason: CloseReason): void
}

/** What brings one client up to date, as messages taken one by one when the client can take them. */
export interface Content {
  /** An array holds messages that are shared with others; any other is made while it is taken. */
  readonly messages: Iterable<Uint8Array>
  /** Bytes kept for this client alone until the last message is taken. */
  readonly bytes: number
  onSent(): void
}

export interface Room {
  join(peer: Peer): Member
  /** One y-websocket message of this member. */
  receive(member: Member, message: Uint8Array): void
  leave(member: Member): void
  /** Commits and shows what came in since the last turn. */
  turn(): Promise<void>
  /** Sends renewed presence; called every few seconds. */
  tick(): void
  /** Brings the stored rows together when they have grown. Resolves when done. */
  fold(): Promise<void>
  /** Waits for commits under way, then lets go of the document; at once when there are none. */
  close(): Promise<void>
  readonly members: number
  /** When the last member left, in ms of the given clock; undefined while any is there. */
  readonly idleSince: number | undefined
  readonly bytes: number
  /** Stored updates that are not folded yet. */
  readonly rows: number
}

export interface Member {
  readonly peer: Peer
  /** Messages that came before the document was loaded. */
  readonly early: Uint8Array[]
  received: number
  /** Whether it was answered once, so that what follows fits. */
  isSynced: boolean
  /** An answer is on its way. */
  isAnswering: boolean
  /** The last question that came meanwhile. */
  asked: Uint8Array | undefined
}

export interface RoomContext {
  readonly log: UpdateLog
  readonly guard: Guard
  readonly limits: RoomLimits
  readonly logger: Logger
  readonly folder: Folder
  readonly now: () => number
  /** Asks for a `turn` once this turn of the event loop has read its sockets. */
  readonly schedule: (room: Room) => void
  /** The room is of no more use; the next to join gets another one, loaded from the log. */
  readonly discard: (room: Room) => void
}
