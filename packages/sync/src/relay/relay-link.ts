/** One physical WebSocket to the relay for all documents. Knows frames and channels, never what a document holds. */
import {
  closeReasons,
  decodeRelayFrame,
  encodeFrame,
  maxChannel,
  mayRetry,
  subprotocol,
  type RelayFrame,
} from '@tongge/protocol'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { backoffDelay } from '../backoff.ts'
import type { FailureReason } from '../provider.ts'
import { createStatusCell } from '../status.ts'
import type { SetTimer } from '../timing.ts'
import type { Inflate } from './inflate.ts'
import { createOutbound, type Outbound } from './outbound.ts'
import { createRelayChannel } from './relay-channel.ts'
import { reasonOfCode, type Line, type LocalCopy, type RelayChannel, type RelayProvider } from './relay-provider.ts'
import type { CreateSocket, RelaySocket } from './socket.ts'

export type LinkState = 'online' | 'connecting' | 'offline' | 'stopped'

export interface LinkStatus {
  readonly state: LinkState
  /** Why it stopped by itself; absent after `disconnect()`. */
  readonly reason?: FailureReason
}

export interface RelayLinkOptions {
  /** The relay's socket address, such as `wss://relay.example/sync`. */
  readonly url: string
  readonly createSocket: CreateSocket
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** Milliseconds, of any steady clock. */
  readonly now: () => number
  readonly setTimer: SetTimer
  /** With it the relay may send a document's content packed; see `streamInflate`. */
  readonly inflate?: Inflate | undefined
  /** A document that is attached has begun anew. */
  readonly onSuperseded?: () => void
}

export interface RelayLink {
  /** Opens a channel for the document as soon as there is a line, after `ready`. One attachment per document at a time. */
  attach(document: string, doc: Doc, options?: Partial<LocalCopy> & { readonly awareness?: Awareness }): RelayProvider
  connect(): void
  /** Stays disconnected until `connect`. */
  disconnect(): void
  status(): LinkStatus
  onStatus(listener: (status: LinkStatus) => void): () => void
  /** The network or the screen came back: tries at once instead of waiting, and drops a line that has been silent too long. */
  nudge(): void
  /** Closes every channel and the socket. */
  close(): Promise<void>
}

type PackedFrame = Extract<RelayFrame, { type: 'packed' }>
type ChannelFrame = Exclude<RelayFrame, { type: 'packed' | 'alive' }>

/** Milliseconds without any frame after which the line counts as dead; the relay speaks every 10 s. */
const silenceLimit = 30_000
const nudgeSilenceLimit = 12_000
const watchEvery = 5_000

export function createRelayLink({
  url,
  createSocket,
  random,
  now,
  setTimer,
  inflate,
  onSuperseded,
}: RelayLinkOptions): RelayLink {
  const status = createStatusCell<LinkStatus>({ state: 'stopped' })
  const channels = new Map<string, RelayChannel>()
  const channelByNumber = new Map<number, RelayChannel>()
  /** The last frame of each channel that waits for an unpacking. */
  const lastWaiting = new Map<number, Promise<void>>()
  let socket: RelaySocket | undefined
  let outbound: Outbound | undefined
  let up = false
  let attempt = 0
  let heardAt = 0
  let lastNumber = 0
  let cancelTimer: (() => void) | undefined

  const line: Line = {
    open: (channel, name) => {
      // Numbers are not used twice within a socket; a fresh socket starts anew.
      if (lastNumber >= maxChannel) setTimer(() => drop(), 0)
      const number = ++lastNumber
      channelByNumber.set(number, channel)
      outbound?.frame(encodeFrame({ type: 'open', channel: number, name, ...(inflate && { unpacks: true }) }))
      return number
    },
    data: (number, message) => outbound?.message(number, message),
    close: (number) => {
      channelByNumber.delete(number)
      outbound?.frame(encodeFrame({ type: 'close', channel: number }))
    },
    isUp: () => up,
  }

  const wait = (callback: () => void, milliseconds: number): void => {
    cancelTimer?.()
    cancelTimer = setTimer(callback, milliseconds)
  }

  const dial = (): void => {
    cancelTimer?.()
    status.set({ state: 'connecting' })
    lastNumber = 0
    const own = createSocket(url, subprotocol, {
      opened: () => {
        if (socket === own) lineUp()
      },
      received: (bytes) => {
        if (socket === own) hear(bytes)
      },
      closed: (code) => {
        if (socket === own) lineDown(code)
      },
    })
    socket = own
    outbound = createOutbound({
      socket: own,
      now,
      setTimer,
      isOpen: (number) => socket === own && channelByNumber.has(number),
    })
    heardAt = now()
    watch()
  }

  /** A line that never opens, or falls silent, is given up. */
  const watch = (): void => {
    wait(() => {
      if (now() - heardAt > silenceLimit) drop()
      else watch()
    }, watchEvery)
  }

  const lineUp = (): void => {
    up = true
    heardAt = now()
    status.set({ state: 'online' })
    for (const channel of channels.values()) channel.up()
  }

  const letGo = (): void => {
    const old = socket
    cancelTimer?.()
    up = false
    socket = undefined
    outbound = undefined
    channelByNumber.clear()
    lastWaiting.clear()
    old?.close()
    for (const channel of channels.values()) channel.down()
  }

  const lineDown = (code: number): void => {
    letGo()
    if (!mayRetry(code)) return stop(reasonOfCode(code))
    status.set({ state: 'offline' })
    wait(dial, backoffDelay(attempt++, random()))
  }

  const drop = (): void => lineDown(1006)

  const stop = (reason: FailureReason): void => {
    letGo()
    status.set({ state: 'stopped', reason })
    for (const channel of channels.values()) channel.stop(reason)
  }

  const hear = (bytes: Uint8Array): void => {
    heardAt = now()
    const frame = decodeRelayFrame(bytes)
    // What cannot be read may have been an edit: only a fresh sync is safe.
    if (frame === undefined) return drop()
    if (frame.type === 'alive' || frame.type === 'opened') attempt = 0
    if (frame.type === 'alive') {
      for (const channel of channels.values()) channel.alive()
    } else if (frame.type === 'packed' || lastWaiting.has(frame.channel)) inOrder(frame)
    else hand(frame)
  }

  /** Frames of a channel keep their order: each waits for the unpacking of those before it. */
  const inOrder = (frame: ChannelFrame | PackedFrame): void => {
    const own = socket
    const earlier = lastWaiting.get(frame.channel) ?? Promise.resolve()
    const turn = earlier
      .then(() => (frame.type === 'packed' ? unpack(frame) : frame))
      .then(
        (ready) => {
          if (socket !== own) return
          if (lastWaiting.get(frame.channel) === turn) lastWaiting.delete(frame.channel)
          hand(ready)
        },
        () => {
          if (socket === own) drop()
        },
      )
    lastWaiting.set(frame.channel, turn)
  }

  const unpack = async ({ channel, deflated }: PackedFrame): Promise<ChannelFrame> => {
    if (!inflate) throw new Error('the relay packed what was not asked for packed')
    return { type: 'data', channel, message: await inflate(deflated) }
  }

  const hand = (frame: ChannelFrame): void => {
    const channel = channelByNumber.get(frame.channel)
    switch (frame.type) {
      case 'opened':
        return channel?.opened(frame.channel, frame.write)
      case 'data':
        return channel?.received(frame.channel, frame.message)
      case 'acknowledged':
        return channel?.acknowledged(frame.channel, frame.count)
      case 'closed':
        channelByNumber.delete(frame.channel)
        if (frame.code === closeReasons.signedOut.code) return stop('signedOut')
        channel?.closed(frame.channel, frame.code)
        if (frame.code === closeReasons.superseded.code) onSuperseded?.()
    }
  }

  return {
    attach: (document, doc, { awareness, ready, durable, markSent, acknowledged, unsent } = {}) => {
      if (channels.has(document)) throw new Error(`${document} is attached already`)
      const local: LocalCopy | undefined = durable &&
        markSent &&
        acknowledged && { ...(ready && { ready }), durable, markSent, acknowledged, ...(unsent && { unsent }) }
      const channel = createRelayChannel({
        url,
        document,
        doc,
        local,
        awareness,
        line,
        random,
        setTimer,
        onClosed: () => channels.delete(document),
      })
      channels.set(document, channel)
      return channel.provider
    },
    connect: () => {
      if (status.get().state !== 'stopped') return
      attempt = 0
      dial()
    },
    disconnect: () => {
      letGo()
      status.set({ state: 'stopped' })
    },
    status: status.get,
    onStatus: status.onChange,
    nudge: () => {
      const { state } = status.get()
      if (state === 'offline') dial()
      else if (state === 'online' && now() - heardAt > nudgeSilenceLimit) {
        attempt = 0
        letGo()
        dial()
      }
    },
    close: async () => {
      await Promise.all([...channels.values()].map((channel) => channel.provider.close()))
      letGo()
      status.set({ state: 'stopped' })
    },
  }
}
