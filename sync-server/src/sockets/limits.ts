/** Every number that bounds what one client can make the relay do. Sizes in bytes, times in milliseconds. */
import type { RoomsLimits } from '../rooms/rooms.ts'

export interface SyncLimits extends RoomsLimits {
  /**
   * One WebSocket frame; give it to the WebSocketServer as `maxPayload` too. Our client sends what is larger in pieces, a stock one cannot.
   * A socket that stops in the middle of a frame holds this much memory, so one account holds at most `socketsPerAccount` times as much.
   */
  readonly frameBytes: number
  /** One message, in however many pieces. After a restore a client gives back all it has of a document in one; a full grid is about 3 MB. */
  readonly messageBytes: number
  /** Beginnings of messages that one account may have the relay hold, over all its sockets. */
  readonly heldBytes: number
  /** Whatever fits into a document. */
  readonly updateBytes: number
  /** Tokens a socket gains per second, and how many it can save. A frame costs one, and one more for each 16 KiB. */
  readonly framesPerSecond: number
  readonly frameBurst: number
  /** The app opens about 8 documents and 2 for each building of the grid. */
  readonly channelsPerSocket: number
  readonly socketsPerAccount: number
  /** Handed to the kernel before the next frame waits here. */
  readonly highWaterBytes: number
  /** A reader that lets more than this wait is closed and syncs anew. */
  readonly waitingBytes: number
  /** `alive` frames and presence renewals; a stock client gives up after 30 s without a message. */
  readonly aliveMs: number
  /** A socket that answered no ping for this long is dead. */
  readonly silenceMs: number
  /** A socket told to close is cut after this time. */
  readonly closeMs: number
}

const documentBytes = 64 * 1024 * 1024
/** Kinds and length of a message: 10 bytes at most. */
const messageHeaderBytes = 64

export const defaultLimits: SyncLimits = Object.freeze({
  frameBytes: 16 * 1024 * 1024,
  messageBytes: documentBytes + messageHeaderBytes,
  heldBytes: 2 * documentBytes,
  updateBytes: documentBytes,
  documentBytes,
  structs: 600_000,
  deletions: 100_000,
  framesPerSecond: 200,
  frameBurst: 2000,
  channelsPerSocket: 512,
  socketsPerAccount: 50,
  documents: 5000,
  awarenessBytes: 4096,
  awarenessStates: 20,
  earlyMessages: 64,
  partBytes: 32 * 1024,
  highWaterBytes: 128 * 1024,
  waitingBytes: 4 * 1024 * 1024,
  aliveMs: 5000,
  silenceMs: 60_000,
  closeMs: 3000,
  idleMs: 60_000,
  unloadRows: 64,
  renewBytes: 1024 * 1024,
  renewShare: 0.6,
  quietMs: 10 * 60_000,
  foldBytes: 256 * 1024,
  foldRows: 5000,
  foldEveryMs: 30_000,
})
