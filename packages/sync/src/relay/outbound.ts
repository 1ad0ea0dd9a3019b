/** What goes out on one physical socket: small frames at once, large messages in pieces between them. */
import { encodeFrame, pieceBytes } from '@tongge/protocol'
import type { SetTimer } from '../timing.ts'
import { createPace } from './pace.ts'
import type { RelaySocket } from './socket.ts'

export interface Outbound {
  frame(bytes: Uint8Array): void
  /** What is too large for one frame goes as the line has room; the promise is for whatever must come after it. */
  message(channel: number, message: Uint8Array): void | Promise<void>
}

interface OutboundOptions {
  readonly socket: RelaySocket
  readonly now: () => number
  readonly setTimer: SetTimer
  /** Whether the channel is still open, on this socket. */
  readonly isOpen: (channel: number) => boolean
}

/** Milliseconds between two looks whether there is room. */
const lookEvery = 50

export function createOutbound({ socket, now, setTimer, isOpen }: OutboundOptions): Outbound {
  const pace = createPace(now)
  /** One large message after the other, so that the relay holds the beginning of one only. */
  let largeBefore = Promise.resolve()

  const frame = (bytes: Uint8Array): void => {
    pace.spend(bytes.length)
    socket.send(bytes)
  }

  const hasRoom = (bytes: number): boolean => pace.mayGo(bytes) && (socket.buffered?.() ?? 0) <= pieceBytes

  const inPieces = async (channel: number, message: Uint8Array): Promise<void> => {
    for (let at = 0; at < message.length; at += pieceBytes) {
      const bytes = message.subarray(at, at + pieceBytes)
      while (isOpen(channel) && !hasRoom(bytes.length))
        await new Promise<void>((resolve) => setTimer(resolve, lookEvery))
      if (!isOpen(channel)) return
      frame(encodeFrame({ type: 'piece', channel, left: message.length - at - bytes.length, bytes }))
    }
  }

  return {
    frame,
    message: (channel, message) =>
      message.length <= pieceBytes
        ? frame(encodeFrame({ type: 'data', channel, message }))
        : (largeBefore = largeBefore.then(() => inPieces(channel, message))),
  }
}
