/** Every number that bounds what one client can make the relay do. Sizes in bytes, times in milliseconds. */
import type { RoomsLimits } from '../rooms/rooms.ts'

export interface SyncLimits extends RoomsLimits {
  /**
   * One WebSocket frame; give it to the WebSocketServer as `maxPayload` too. After a restore a client gives back all it has of a document in one frame;
   * a full grid is about 3 MB. A socket that stops in the middle of a frame holds this much memory, so one account holds at most `socketsPerAccount` times as much.
   */
  readonly frameBytes: number
  /** Whatever fits into a frame. */
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

const frameBytes = 16 * 1024 * 1024
/** Code and channel of the frame, kinds and length of the message in it: 10 bytes at most. */
const frameHeaderBytes = 64

export const defaultLimits: SyncLimits = Object.freeze({
  frameBytes,
  updateBytes: frameBytes - frameHeaderBytes,
  documentBytes: 64 * 1024 * 1024,
  structs: 300_000,
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
