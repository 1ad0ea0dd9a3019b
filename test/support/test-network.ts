/**
 * Sockets between a device's link and the relay's endpoint whose frames move only when the test says so.
 * As on TCP: a connection keeps its order and loses nothing but its end; connections run at their own pace; a cut may go unnoticed.
 * An unruly one goes further, as far as the protocol stands it. What a device sent before it gave a line up may reach the relay long after
 * it has come back over another: again, or too late. And no channel counts on the order of another, nor a document on hearing a thing once:
 * frames of two channels change places, and what brings content comes to the device twice. On their way up the frames of one channel are
 * counted, so these keep their order.
 */
import { EventEmitter } from 'node:events'
import type { CreateSocket, RelaySocketEvents } from '@tongge/sync'
import { createDecoder, readVarUint } from 'lib0/decoding'
import type { WebSocket } from 'ws'
import type { RandomSource } from './random-source.ts'

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

/** Frames of a line that its device has given up, still on their way to a relay that has not heard of it. */
export interface Late {
  readonly device: string
  deliver(count: number): number
}

export interface Disorder {
  readonly random: RandomSource
  readonly tally: { lateFrames: number; swapped: number; twice: number }
}

export interface Network {
  late(): readonly Late[]
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

function frameOf(item: Down | undefined): Uint8Array | undefined {
  return item?.type === 'frame' ? item.bytes : undefined
}

/** The part of a `ws` socket that the relay's endpoint touches. */
class RelayEnd extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly protocol: string
  readonly down: Down[]
  constructor(protocol: string, down: Down[]) {
    super()
    this.protocol = protocol
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

/** A frame of content of a channel, told by its first bytes: data or packed. */
function channelOf(bytes: Uint8Array | undefined): number | undefined {
  if (bytes === undefined || (bytes[0] !== 1 && bytes[0] !== 5)) return undefined
  return readVarUint(createDecoder(bytes.subarray(1)))
}

/** An update or SyncStep2 as it is, or packed. */
function bringsContent(bytes: Uint8Array): boolean {
  if (bytes[0] === 5) return true
  const at = (channelOf(bytes) ?? 0) < 128 ? 2 : 3
  return bytes[0] === 1 && bytes[at] === 0 && bytes[at + 1] !== 0
}

export function createNetwork(disorder?: Disorder): Network {
  const connections = new Set<Connection>()
  const lates = new Set<Late>()

  /** Moves the second to the front now and then. */
  const shuffle = <T>(queue: T[], bytesOf: (item: T | undefined) => Uint8Array | undefined): void => {
    const [first, second] = [channelOf(bytesOf(queue[0])), channelOf(bytesOf(queue[1]))]
    if (first === undefined || second === undefined || first === second || !disorder?.random.chance(0.2)) return
    disorder.tally.swapped++
    queue.unshift(...queue.splice(1, 1))
  }

  const linger = (device: string, relayEnd: RelayEnd | undefined, frames: Uint8Array[], learn: () => void): void => {
    if (!relayEnd || frames.length === 0 || !disorder?.random.chance(0.5)) return learn()
    const late: Late = {
      device,
      deliver: (count) => {
        const due = relayEnd.readyState === 1 ? frames.splice(0, count) : []
        for (const bytes of due) if (relayEnd.readyState === 1) relayEnd.emit('message', bytes, true)
        disorder.tally.lateFrames += due.length
        if (frames.length === 0 || relayEnd.readyState !== 1) {
          lates.delete(late)
          learn()
        }
        return due.length
      },
    }
    lates.add(late)
  }

  const network: Network = {
    accept: undefined,
    connections: () => [...connections],
    late: () => [...lates],
    cutAll: () => {
      lates.clear()
      for (const connection of connections) connection.cut({ device: true, relay: false })
    },
    createSocket: (device) => (_url, subprotocol, events) => {
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
              relayEnd = new RelayEnd(subprotocol, down)
              down.push({ type: 'opened' })
              network.accept(relayEnd as unknown as WebSocket, device)
            }
          }
          const queue: unknown[] = direction === 'up' ? up : down
          while (done < count && queue.length > 0 && !connection.isCut()) {
            done++
            if (direction === 'down') {
              shuffle(down, frameOf)
              const item = down.shift()
              if (item) toDevice(item)
              const bytes = frameOf(item)
              if (item && bytes && bringsContent(bytes) && disorder?.random.chance(0.1)) {
                disorder.tally.twice++
                toDevice(item)
              }
            } else {
              shuffle(up, (bytes) => bytes)
              const bytes = up.shift()
              if (bytes && relayEnd?.readyState === 1) relayEnd.emit('message', bytes, true)
            }
          }
          return done
        },
        cut: (notices) => {
          if (cut) return
          cut = true
          down.length = 0
          if (notices.relay) relayLearns()
          else if (notices.device) linger(device, relayEnd, up.splice(0), () => undefined)
          up.length = 0
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
          if (!cut) linger(device, relayEnd, up.splice(0), relayLearns)
          cut = true
        },
      }
    },
  }
  return network
}
