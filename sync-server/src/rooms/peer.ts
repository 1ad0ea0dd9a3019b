/** What a room and those around it show each other. */
import type { CloseReason } from '@tongge/protocol'
import type { Arrival, Author, Guard, LoggedUpdate, Logger, Positions, StoredDocument, UpdateLog } from '../ports.ts'
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
  /** Of what is being received. `isOlder`: it may have been written before this connection began. */
  arrival(isOlder: boolean): Arrival
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
  /** Resolves once the document is in memory; rejects when it cannot be. */
  ready(): Promise<void>
  /** The committed updates that make up the whole, in order; nothing before it is ready. */
  updates(): readonly Uint8Array[]
  /** Takes in what was carried over from an older generation, and stores the rows of that one with it, or nothing. Resolves with their sequences once all is shown. */
  adopt(
    update: Uint8Array | undefined,
    account: string,
    rows: readonly LoggedUpdate[],
    at: Positions,
  ): Promise<readonly number[]>
  /** Another relay has written in the document, up to this sequence. */
  follow(sequence: number): void
  /** Of those who are in the document at another relay, as awareness entries. */
  showPresence(entries: Uint8Array): void
  /** Resolves when no commit is under way; none begins until the returned function is called. */
  hold(): Promise<() => void>
  /** Sends everybody away; what came in is stored all the same. */
  dismissAll(reason: CloseReason): void
  /** Lets go of the document at once; who is in it comes back to what is stored. */
  discard(): void
  /** Waits for commits under way, then lets go of the document; at once when there are none. */
  close(): Promise<void>
  readonly members: number
  /** When the last member left, in ms of the given clock; undefined while any is there. */
  readonly idleSince: number | undefined
  readonly document: string
  readonly bytes: number
  /** Sequence of the newest row that `updates` hold. */
  readonly position: number
  /** Stored updates that are not folded yet. */
  readonly rows: number
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
  /** When something was last stored or the document came into memory, in ms of the given clock. */
  readonly changedAt: number
}

export interface Member {
  readonly peer: Peer
  /** Messages that came before the document was loaded. */
  readonly early: Uint8Array[]
  received: number
  /** Whether it was answered once, so that what follows fits. */
  isSynced: boolean
  /** Whether it has said what the relay lacked, so that what follows was written while it was connected. */
  hasAnswered: boolean
  /** An answer is on its way. */
  isAnswering: boolean
  /** The last question that came meanwhile. */
  asked: Uint8Array | undefined
}

/** What other relays do to a document, and are told of it. */
export interface OtherRelays {
  /** What was committed after a sequence, once every generation that was begun up to there is known; undefined when some of it was compacted. */
  readAfter(
    document: string,
    sequence: number,
  ): Promise<Pick<StoredDocument, 'tail' | 'through' | 'damaged'> | undefined>
  tellPresence(document: string, entries: Uint8Array): void
}

export interface RoomContext {
  readonly log: UpdateLog
  readonly read: () => Promise<StoredDocument>
  /** Stores rows of this document; of an older generation with what they add to the newer ones. */
  readonly append: (rows: readonly LoggedUpdate[], at: Positions) => Promise<readonly number[]>
  /** Where other relays write the same log. */
  readonly others: OtherRelays | undefined
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
