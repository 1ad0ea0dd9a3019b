/**
 * The frames one socket still has to send. Hands the kernel only so much at a time, so that a slow reader costs memory for its own news alone:
 * a document's content is taken from its source part by part, as the reader takes it.
 */
import { encodeFrame } from '@tongge/protocol'
import type { WebSocket } from 'ws'
import type { Content } from '../rooms/peer.ts'
import type { Packer } from './packer.ts'

export interface Outbox {
  /** `channel` 0 sends the message as it is. */
  send(channel: number, message: Uint8Array): void
  /** Whatever comes after it waits until the last of it is sent, and packed if `isPacked`. */
  sendContent(channel: number, content: Content, isPacked: boolean): void
  /** Forgets what waits for a channel. */
  drop(channel: number): void
  /** Whether anything was sent since the last call. */
  takeActivity(): boolean
}

interface Waiting {
  readonly channel: number
  /** The message to send now; absent until the entry's turn has come. */
  next: Uint8Array | undefined
  readonly rest: Iterator<Uint8Array> | undefined
  /** Bytes this entry keeps in memory that nobody shares. */
  readonly bytes: number
  readonly isPacked: boolean
  readonly onSent: (() => void) | undefined
}

export function createOutbox(
  socket: WebSocket,
  limits: { readonly highWaterBytes: number; readonly waitingBytes: number },
  packer: Packer,
  onOverflow: () => void,
): Outbox {
  let waiting: Waiting[] = []
  let first = 0
  let waitingBytes = 0
  let isActive = false
  /** The next frame is being packed. */
  let isHeld = false

  const write = (frame: Uint8Array): void => {
    isActive = true
    socket.send(frame, pump)
  }

  const toFrame = (channel: number, message: Uint8Array, isPacked: boolean): Uint8Array | Promise<unknown> => {
    if (channel === 0) return message
    const deflated = isPacked ? packer.pack(message) : undefined
    if (deflated instanceof Promise) return deflated
    return encodeFrame(deflated ? { type: 'packed', channel, deflated } : { type: 'data', channel, message })
  }

  const hold = (until: Promise<unknown>): void => {
    isHeld = true
    void until.then(() => {
      isHeld = false
      pump()
    })
  }

  const pull = (entry: Waiting): Uint8Array | undefined => {
    const step = entry.rest?.next()
    return step?.done === false ? step.value : undefined
  }

  const finish = (entry: Waiting): void => {
    first++
    waitingBytes -= entry.bytes
    entry.onSent?.()
  }

  const pump = (): void => {
    while (first < waiting.length && socket.bufferedAmount < limits.highWaterBytes) {
      // What is told of the last message sent may have come back here.
      if (isHeld || socket.readyState !== socket.OPEN) break
      const entry = waiting[first]
      if (!entry) break
      entry.next ??= pull(entry)
      if (!entry.next) {
        finish(entry)
        continue
      }
      const frame = toFrame(entry.channel, entry.next, entry.isPacked)
      if (frame instanceof Promise) return hold(frame)
      write(frame)
      entry.next = pull(entry)
      if (!entry.next) finish(entry)
    }
    if (first < waiting.length && socket.readyState === socket.OPEN) return
    waiting = []
    first = 0
    waitingBytes = 0
  }

  const push = (entry: Waiting): void => {
    waiting.push(entry)
    waitingBytes += entry.bytes
    if (waitingBytes > limits.waitingBytes) onOverflow()
  }

  return {
    send(channel, message) {
      if (socket.readyState !== socket.OPEN) return
      if (waiting.length === 0 && socket.bufferedAmount < limits.highWaterBytes)
        return write(channel === 0 ? message : encodeFrame({ type: 'data', channel, message }))
      push({ channel, next: message, rest: undefined, bytes: message.length, isPacked: false, onSent: undefined })
    },
    sendContent(channel, { messages, bytes, onSent }, isPacked) {
      if (socket.readyState !== socket.OPEN) return
      // Shared messages are packed once for all; beginning early keeps zlib's threads busy.
      if (isPacked && Array.isArray(messages)) for (const message of messages) void packer.pack(message)
      push({ channel, next: undefined, rest: messages[Symbol.iterator](), bytes, isPacked, onSent })
      pump()
    },
    drop(channel) {
      waiting = waiting.slice(first).filter((entry) => entry.channel !== channel)
      first = 0
      waitingBytes = waiting.reduce((sum, { bytes }) => sum + bytes, 0)
    },
    takeActivity() {
      const was = isActive
      isActive = false
      return was
    },
  }
}
