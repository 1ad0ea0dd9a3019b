/** A socket for all documents of one client, in the subprotocol of packages/protocol/src/frames.ts. */
import {
  closeReasons,
  decodeClientFrame,
  encodeFrame,
  type ClientFrame,
  type CloseReason,
  type RelayFrame,
} from '@tongge/protocol'
import { createAssembly } from './assembly.ts'
import type { Line, LineContext, SyncConnection } from './connection.ts'
import { enterDocument, regrantReason, type Seat } from './enter-document.ts'

export function createMuxLine(connection: SyncConnection, context: LineContext): Line {
  const { outbox, limits, meter, close } = context
  const assembly = createAssembly(limits, context.mayHold)
  const seatByChannel = new Map<number, Seat>()
  /** The highest channel ever opened: frames for closed ones may still be on their way. */
  let highest = 0

  const send = (frame: RelayFrame): void => outbox.send(0, encodeFrame(frame))

  const closeChannel = (channel: number, closing: CloseReason): void => {
    const { code, reason } = closing
    meter.closed(closing)
    seatByChannel.get(channel)?.leave()
    seatByChannel.delete(channel)
    outbox.drop(channel)
    assembly.drop(channel)
    send({ type: 'closed', channel, code, reason })
  }

  const open = (channel: number, document: string, unpacks: boolean): void => {
    if (channel <= highest) return close(closeReasons.malformed)
    highest = channel
    if (seatByChannel.size >= limits.channelsPerSocket) return closeChannel(channel, closeReasons.tooManyChannels)
    const entered = enterDocument(document, connection, context, {
      wantsEcho: false,
      opened: () => send({ type: 'opened', channel, write: seatByChannel.get(channel)?.write ?? false }),
      send: (message) => outbox.send(channel, message),
      sendContent: (content) => outbox.sendContent(channel, content, unpacks),
      acknowledge: (count) => send({ type: 'acknowledged', channel, count }),
      close: (reason) => closeChannel(channel, reason),
    })
    if ('code' in entered) return closeChannel(channel, entered)
    seatByChannel.set(channel, entered.seat)
    entered.join()
  }

  const takePiece = (seat: Seat | undefined, { channel, left, bytes }: ClientFrame & { type: 'piece' }): void => {
    if (!seat) return
    const message = assembly.take(channel, left, bytes)
    if (message === 'malformed') return close(closeReasons.malformed)
    if (message === 'tooLarge') return closeChannel(channel, closeReasons.tooLarge)
    if (message === 'tooMuch') return closeChannel(channel, closeReasons.tooMuchUnfinished)
    if (message) seat.receive(message)
  }

  return {
    connection,
    receive(bytes) {
      const frame = decodeClientFrame(bytes)
      if (!frame) return close(closeReasons.malformed)
      if (frame.type === 'open') return open(frame.channel, frame.name, frame.unpacks ?? false)
      if (frame.channel > highest) return close(closeReasons.malformed)
      const seat = seatByChannel.get(frame.channel)
      if (frame.type === 'data') return seat?.receive(frame.message)
      if (frame.type === 'piece') return takePiece(seat, frame)
      seat?.leave()
      seatByChannel.delete(frame.channel)
      outbox.drop(frame.channel)
      assembly.drop(frame.channel)
    },
    tick: () => send({ type: 'alive' }),
    regrant() {
      for (const [channel, seat] of seatByChannel) {
        const reason = regrantReason(seat, connection)
        if (reason) closeChannel(channel, reason)
      }
    },
    leave() {
      for (const seat of seatByChannel.values()) seat.leave()
      seatByChannel.clear()
    },
    get channels() {
      return seatByChannel.size
    },
    get heldBytes() {
      return assembly.bytes
    },
  }
}
