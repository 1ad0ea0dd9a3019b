/** The physical WebSocket as the link needs it, and how to make a browser's one fit. */

export interface RelaySocket {
  send(bytes: Uint8Array): void
  /** Bytes that were sent and have not left yet. Without it they are taken to leave at once. */
  buffered?(): number
  close(): void
}

export interface RelaySocketEvents {
  opened(): void
  received(bytes: Uint8Array): void
  /** Once at most, also when it never opened. Nothing is called after it. */
  closed(code: number, reason: string): void
}

/** Opens a socket that speaks the given subprotocol. Never calls back before it returns. */
export type CreateSocket = (url: string, subprotocol: string, events: RelaySocketEvents) => RelaySocket

/** `createSocket` over a browser's or `ws`'s WebSocket class. */
export function webSocketOpener(Socket: new (url: string, protocols: string) => WebSocket): CreateSocket {
  return (url, subprotocol, events) => {
    const socket = new Socket(url, subprotocol)
    let closed = false
    const end = (code: number, reason: string): void => {
      if (closed) return
      closed = true
      events.closed(code, reason)
    }
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      if (!closed) events.opened()
    })
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      if (!closed && data instanceof ArrayBuffer) events.received(new Uint8Array(data))
    })
    socket.addEventListener('error', () => undefined)
    socket.addEventListener('close', ({ code, reason }: CloseEvent) => end(code, reason))
    return {
      send: (bytes) => {
        if (socket.readyState === 1) socket.send(bytes as Uint8Array<ArrayBuffer>)
      },
      buffered: () => socket.bufferedAmount,
      // A dead line may take minutes to report the end; this side is done with it at once.
      close: () => {
        closed = true
        socket.close()
      },
    }
  }
}
