/**
 * Sockets between a device's link and the relay's endpoint whose frames move only when the test says so.
 * As on TCP: a connection keeps its order and loses nothing but its end; connections run at their own pace; a cut may go unnoticed.
 */
import { EventEmitter } from 'node:events'
import type { CreateSocket, RelaySocketEvents } from '@tongge/sync'
import type { WebSocket } from 'ws'

export interface Connection {
  readonly device: string
  /** Frames on the way, to the relay and to the device. */
  readonly waiting: { up: number; down: number }
  isCut(): boolean
  /** Delivers the oldest frames; returns how many there were. */
  deliver(direction: 'up' | 'down', count: number): number
  /** What is on the way is lost. Each end learns of it at once, or by its own means. */
  cut(notices: { readonly device: boolean; readonly relay: boolean }): void
}

export interface Network {
  createSocket(device: string): CreateSocket
  connections(): readonly Connection[]
  cutAll(): void
  /** Who answers; undefined while the relay is down. */
  accept: ((socket: WebSocket, device: string) => void) | undefined
}

type Down =
  | { readonly type: 'opened' }
  | { readonly type: 'frame'; readonly bytes: Uint8Array }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }

/** The part of a `ws` socket that the relay's endpoint touches. */
class RelayEnd extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly down: Down[]
  constructor(down: Down[]) {
    super()
    this.down = down
  }
  send(bytes: Uint8Array, sent?: () => void): void {
    if (this.readyState === 1) this.down.push({ type: 'frame', bytes: Uint8Array.from(bytes) })
    if (sent) queueMicrotask(sent)
  }
  close(code: number, reason: string): void {
    if (this.readyState !== 1) return
    this.readyState = 3
    this.down.push({ type: 'closed', code, reason })
  }
  ping(): void {}
  terminate(): void {
    this.readyState = 3
  }
}

export function createNetwork(): Network {
  const connections = new Set<Connection>()
  const network: Network = {
    accept: undefined,
    connections: () => [...connections],
    cutAll: () => {
      for (const connection of connections) connection.cut({ device: true, relay: false })
    },
    createSocket: (device) => (_url, _subprotocol, events) => {
      const up: Uint8Array[] = []
      const down: Down[] = []
      let relayEnd: RelayEnd | undefined
      let dialled = false
      let cut = false
      let deviceDone = false

      const toDevice = (item: Down): void => {
        if (deviceDone) return
        if (item.type === 'opened') events.opened()
        else if (item.type === 'frame') events.received(item.bytes)
        else finish(events, item.code, item.reason)
      }
      const finish = (to: RelaySocketEvents, code: number, reason: string): void => {
        deviceDone = true
        connections.delete(connection)
        to.closed(code, reason)
      }
      const relayLearns = (): void => {
        if (!relayEnd) return
        relayEnd.readyState = 3
        relayEnd.emit('close')
      }
      const connection: Connection = {
        device,
        waiting: {
          get up() {
            return up.length + (dialled ? 0 : 1)
          },
          get down() {
            return down.length
          },
        },
        isCut: () => cut,
        deliver: (direction, count) => {
          if (cut) return 0
          let done = 0
          if (direction === 'up' && !dialled) {
            dialled = true
            done++
            if (!network.accept) down.push({ type: 'closed', code: 1006, reason: '' })
            else {
              relayEnd = new RelayEnd(down)
              down.push({ type: 'opened' })
              network.accept(relayEnd as unknown as WebSocket, device)
            }
          }
          const queue: unknown[] = direction === 'up' ? up : down
          while (done < count && queue.length > 0 && !connection.isCut()) {
            done++
            if (direction === 'down') {
              const item = down.shift()
              if (item) toDevice(item)
            } else {
              const bytes = up.shift()
              if (bytes && relayEnd?.readyState === 1) relayEnd.emit('message', bytes, true)
            }
          }
          return done
        },
        cut: (notices) => {
          if (cut) return
          cut = true
          up.length = 0
          down.length = 0
          if (notices.relay) relayLearns()
          if (notices.device && !deviceDone) finish(events, 1006, '')
        },
      }
      connections.add(connection)
      return {
        send: (bytes) => {
          if (!cut && !deviceDone) up.push(Uint8Array.from(bytes))
        },
        close: () => {
          deviceDone = true
          connections.delete(connection)
          if (!cut) relayLearns()
          cut = true
        },
      }
    },
  }
  return network
}
