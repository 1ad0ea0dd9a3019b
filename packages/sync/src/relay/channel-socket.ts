/** What y-websocket takes for a WebSocket: one channel on the link's physical socket. */

export interface ChannelPort {
  /** A socket was made: ask the relay for a channel. */
  onMade(socket: ChannelSocket): void
  onSend(socket: ChannelSocket, message: Uint8Array): void
  /** Closed by this side. */
  onClosed(socket: ChannelSocket): void
}

/** The part of WebSocket that y-websocket 3 touches. */
export interface ChannelSocket {
  binaryType: string
  readyState: number
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: Uint8Array }) => void) | null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null
  onerror: ((event: unknown) => void) | null
  readonly OPEN: number
  send(message: Uint8Array): void
  close(): void
}

const connecting = 0
const open = 1
const closed = 3

/** A class for y-websocket's `WebSocketPolyfill`, bound to one document. */
export function channelSocketClass(port: ChannelPort): typeof WebSocket {
  class Channel implements ChannelSocket {
    binaryType = 'arraybuffer'
    readyState: number = connecting
    onopen: ChannelSocket['onopen'] = null
    onmessage: ChannelSocket['onmessage'] = null
    onclose: ChannelSocket['onclose'] = null
    onerror: ChannelSocket['onerror'] = null
    readonly OPEN: number = open
    constructor() {
      port.onMade(this)
    }
    send(message: Uint8Array): void {
      if (this.readyState === open) port.onSend(this, message)
    }
    close(): void {
      if (this.readyState === closed) return
      this.readyState = closed
      port.onClosed(this)
    }
  }
  return Channel as unknown as typeof WebSocket
}
