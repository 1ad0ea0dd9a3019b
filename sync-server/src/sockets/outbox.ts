/**
 * The frames one socket still has to send. Hands the kernel only so much at a time, so that a slow reader costs memory for its own news alone:
 * bulk messages are shared by all who wait for them.
 */
import { encodeFrame } from '@tongge/protocol'
import type { WebSocket } from 'ws'

export interface Outbox {
  /** `channel` 0 sends the message as it is. */
  send(channel: number, message: Uint8Array, bulk: boolean): void
  /** Forgets what waits for a channel. */
  drop(channel: number): void
  /** Whether anything was sent since the last call. */
  takeActivity(): boolean
}

interface Waiting {
  readonly channel: number
  readonly message: Uint8Array
  readonly bulk: boolean
}

export function createOutbox(
  socket: WebSocket,
  limits: { readonly highWaterBytes: number; readonly waitingBytes: number },
  onOverflow: () => void,
): Outbox {
  let waiting: Waiting[] = []
  let first = 0
  let waitingBytes = 0
  let isActive = false

  const write = ({ channel, message }: Waiting): void => {
    isActive = true
    socket.send(channel === 0 ? message : encodeFrame({ type: 'data', channel, message }), pump)
  }

  const pump = (): void => {
    while (first < waiting.length && socket.bufferedAmount < limits.highWaterBytes) {
      const next = waiting[first++]
      if (!next) break
      if (!next.bulk) waitingBytes -= next.message.length
      write(next)
    }
    if (first < waiting.length) return
    waiting = []
    first = 0
  }

  return {
    send(channel, message, bulk) {
      if (socket.readyState !== socket.OPEN) return
      const entry = { channel, message, bulk }
      if (waiting.length === 0 && socket.bufferedAmount < limits.highWaterBytes) return write(entry)
      waiting.push(entry)
      if (bulk) return
      waitingBytes += message.length
      if (waitingBytes > limits.waitingBytes) onOverflow()
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
