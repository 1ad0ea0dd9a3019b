/**
 * The frames one socket still has to send. Hands the kernel only so much at a time, so that a slow reader costs memory for its own news alone:
 * bulk messages are shared by all who wait for them.
 */
import { encodeFrame } from '@tongge/protocol'
import type { WebSocket } from 'ws'
import type { Packer } from './packer.ts'

export interface Outbox {
  /** `channel` 0 sends the message as it is. */
  send(channel: number, message: Uint8Array, bulk: boolean): void
  /** A bulk message for a client that unpacks: whatever comes after it waits until it is packed. */
  sendPacked(channel: number, message: Uint8Array): void
  /** Forgets what waits for a channel. */
  drop(channel: number): void
  /** Whether anything was sent since the last call. */
  takeActivity(): boolean
}

interface Waiting {
  readonly channel: number
  readonly message: Uint8Array
  readonly bulk: boolean
  readonly isPacked: boolean
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

  const toFrame = ({ channel, message, isPacked }: Waiting): Uint8Array | Promise<unknown> => {
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

  const pump = (): void => {
    if (isHeld) return
    while (first < waiting.length && socket.bufferedAmount < limits.highWaterBytes) {
      const next = waiting[first]
      if (!next) break
      const frame = toFrame(next)
      if (frame instanceof Promise) return hold(frame)
      first++
      if (!next.bulk) waitingBytes -= next.message.length
      write(frame)
    }
    if (first < waiting.length) return
    waiting = []
    first = 0
  }

  return {
    send(channel, message, bulk) {
      if (socket.readyState !== socket.OPEN) return
      if (waiting.length === 0 && socket.bufferedAmount < limits.highWaterBytes)
        return write(channel === 0 ? message : encodeFrame({ type: 'data', channel, message }))
      waiting.push({ channel, message, bulk, isPacked: false })
      if (bulk) return
      waitingBytes += message.length
      if (waitingBytes > limits.waitingBytes) onOverflow()
    },
    sendPacked(channel, message) {
      if (socket.readyState !== socket.OPEN) return
      void packer.pack(message)
      waiting.push({ channel, message, bulk: true, isPacked: true })
      pump()
    },
    drop(channel) {
      waiting = waiting.slice(first).filter((entry) => entry.channel !== channel)
      first = 0
      waitingBytes = waiting.reduce((sum, { message, bulk }) => sum + (bulk ? 0 : message.length), 0)
    },
    takeActivity() {
      const was = isActive
      isActive = false
      return was
    },
  }
}
