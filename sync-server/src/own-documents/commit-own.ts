/** Lets the relay itself write a document the way everybody does: through the endpoint, so that whoever has it open sees the change. */
import { decodeRelayFrame, encodeFrame, subprotocol } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import { relayAccount } from '../ports.ts'
import type { SyncEndpoint } from '../sync.ts'

/** The session under which the relay itself writes. No person's bears this name. */
export const ownSession = 'relay'

/** Resolves once the update is committed; rejects when the endpoint does not take it. */
export function commitOwn(endpoint: SyncEndpoint, document: string, update: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new Loopback((bytes) => {
      const frame = decodeRelayFrame(bytes)
      if (frame?.type === 'acknowledged') socket.finish(resolve)
      else if (frame?.type === 'closed') socket.finish(() => reject(new Error(`${document}: ${frame.reason}`)))
    }, reject)
    const mayAlways = (): boolean => true
    // The endpoint asks nothing of a socket beyond what a loopback has.
    endpoint.accept(socket as unknown as WebSocket, {
      account: relayAccount,
      name: '',
      roles: [],
      session: ownSession,
      mayRead: mayAlways,
      mayWrite: mayAlways,
    })
    socket.say(encodeFrame({ type: 'open', channel: 1, name: document }))
    socket.say(encodeFrame({ type: 'data', channel: 1, message: updateMessage(update) }))
  })
}

/** The far end of a socket that goes nowhere. */
class Loopback extends EventEmitter {
  readonly OPEN = 1
  readonly protocol = subprotocol
  readonly bufferedAmount = 0
  readyState = 1
  readonly #hear: (bytes: Uint8Array) => void
  readonly #cut: (error: Error) => void

  constructor(hear: (bytes: Uint8Array) => void, cut: (error: Error) => void) {
    super()
    this.#hear = hear
    this.#cut = cut
  }

  say(frame: Uint8Array): void {
    this.emit('message', frame, true)
  }

  /** Leaves, and then does the last thing. */
  finish(then: () => void): void {
    this.readyState = 3
    this.emit('close')
    then()
  }

  send(bytes: Uint8Array, done?: () => void): void {
    this.#hear(bytes)
    if (done) setImmediate(done)
  }

  ping(): void {
    this.emit('pong')
  }

  close(code: number, reason: string): void {
    this.readyState = 3
    this.#cut(new Error(`${code} ${reason}`))
  }

  terminate(): void {
    this.readyState = 3
  }
}

/** The y-websocket message: sync, update. */
function updateMessage(update: Uint8Array): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeVarUint(encoder, 2)
  writeVarUint8Array(encoder, update)
  return toUint8Array(encoder)
}
