/**
 * One document on the relay link: an unmodified y-websocket provider over a channel, local disk before the network,
 * and the count that turns the relay's acknowledgements into "the relay has it".
 */
import { mayRetry } from '@tongge/protocol'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type { Doc } from 'yjs'
import { backoffDelay } from '../backoff.ts'
import type { FailureReason, Provider, ProviderStatus } from '../provider.ts'
import { createStatusCell, ProviderFailure } from '../status.ts'
import { createDeferred, type SetTimer } from '../timing.ts'
import { channelSocketClass, type ChannelSocket } from './channel-socket.ts'
import { emptyAwareness, syncMessageKind } from './sync-message.ts'

/** What the link asks of the place where the document rests; a VaultProvider fits. */
export interface LocalCopy {
  /** The channel opens after it. */
  readonly ready?: Promise<void>
  /** Every edit emitted so far is on disk. A rejection lets the edits go to the relay: it is the only place left to keep them. */
  readonly durable: () => Promise<void>
  readonly markSent: () => number
  readonly acknowledged: (mark: number) => void
  /** Local edits the relay has not committed, from earlier sessions too. */
  readonly unsent?: () => number
}

export interface RelayProvider extends Provider {
  readonly awareness: Awareness
  /** Whether the relay lets this account write the document; true until it says otherwise. */
  readonly write: boolean
}

/** What a channel needs of the physical socket. */
export interface Line {
  open(channel: RelayChannel, name: string): number
  data(number: number, message: Uint8Array): void
  close(number: number): void
  isUp(): boolean
}

export interface RelayChannel {
  readonly provider: RelayProvider
  /** The physical socket is open. */
  up(): void
  /** The physical socket is gone. */
  down(): void
  opened(number: number, write: boolean): void
  received(number: number, message: Uint8Array): void
  acknowledged(number: number, count: number): void
  closed(number: number, code: number): void
  alive(): void
  /** The link gave up until it is connected again. */
  stop(reason: FailureReason): void
}

export interface ChannelOptions {
  readonly url: string
  readonly document: string
  readonly doc: Doc
  readonly local: LocalCopy | undefined
  readonly awareness: Awareness | undefined
  readonly line: Line
  readonly random: () => number
  readonly setTimer: SetTimer
  readonly onClosed: () => void
}

/** One opening of the channel: its messages are counted from 1. */
interface Opening {
  readonly socket: ChannelSocket
  number: number
  /** The relay has our state, so a later update builds on what it holds. */
  complete: boolean
  queued: number
  sent: number
  acknowledged: number
  line: Promise<void>
  readonly marks: { readonly count: number; readonly mark: number; readonly own: number }[]
}

const reasonByCode: Readonly<Record<number, FailureReason>> = { 4401: 'signedOut', 4403: 'forbidden', 4404: 'forbidden', 4405: 'readOnly', 4422: 'forbidden', 4413: 'tooLarge', 4426: 'unsupported' }

export function reasonOfCode(code: number): FailureReason {
  return reasonByCode[code] ?? 'unknown'
}

export function createRelayChannel({ url, document, doc, local, awareness: given, line, random, setTimer, onClosed }: ChannelOptions): RelayChannel {
  const awareness = given ?? new Awareness(doc)
  const status = createStatusCell<ProviderStatus>({ state: 'starting' })
  const firstSync = createDeferred<void>()
  firstSync.promise.catch(() => undefined)
  let opening: Opening | undefined
  let attempt = 0
  let write = true
  let failure: FailureReason | undefined
  let stopped: FailureReason | undefined
  let cancelRetry: (() => void) | undefined
  let loaded = local?.ready === undefined
  let everSynced = false
  let closing: Promise<void> | undefined
  let websocket: WebsocketProvider | undefined
  // Updates this replica made without a vault to count them.
  let made = 0
  let confirmed = 0

  const unsent = (): number => local?.unsent?.() ?? made - confirmed

  const refresh = (): void => {
    const pending = Math.max(unsent(), opening ? opening.queued - opening.acknowledged : 0)
    const reason = failure ?? stopped
    if (reason) status.set({ state: 'failed', reason, pending })
    else if (!line.isUp() || !opening) status.set(everSynced || loaded ? { state: 'offline', pending } : { state: 'starting' })
    else if (!websocket?.synced || (write && !opening.complete)) status.set(everSynced ? { state: 'behind', pending } : { state: 'starting' })
    else if (pending > 0 && !write) status.set({ state: 'failed', reason: 'readOnly', pending })
    else status.set(pending > 0 ? { state: 'behind', pending } : { state: 'current' })
  }

  const end = (): void => {
    opening = undefined
    websocket?.disconnect()
  }
  const connect = (): void => {
    cancelRetry?.()
    cancelRetry = undefined
    if (loaded && !failure && !closing && line.isUp()) websocket?.connect()
  }
  const fail = (reason: FailureReason): void => {
    failure = reason
    cancelRetry?.()
    end()
    firstSync.reject(new ProviderFailure(reason, `the relay refused ${document} (${reason})`))
    refresh()
  }

  /** Sync messages wait for the disk and keep their order; an edit the disk lost must not be known elsewhere under a clock that is used again. */
  const sendEdit = (current: Opening, message: Uint8Array): void => {
    const mark = local?.markSent() ?? 0
    const own = made
    current.queued++
    current.line = current.line
      .then(() => local?.durable())
      .catch(() => undefined)
      .then(() => {
        if (opening !== current) return
        current.sent++
        current.marks.push({ count: current.sent, mark, own })
        line.data(current.number, message)
      })
    refresh()
  }

  const Socket = channelSocketClass({
    onMade: (socket) => {
      const number = line.open(channel, document)
      opening = { socket, number, complete: false, queued: 0, sent: 0, acknowledged: 0, line: Promise.resolve(), marks: [] }
    },
    onSend: (socket, message) => {
      const current = opening
      if (current?.socket !== socket) return
      const kind = syncMessageKind(message)
      if (kind === 'vector' || kind === 'other') return line.data(current.number, message)
      if (!write) return
      // Before the relay has our state an update may build on edits it never saw; the state will carry it.
      if (kind === 'update' && !current.complete) return
      current.complete = true
      sendEdit(current, message)
    },
    onClosed: (socket) => {
      if (opening?.socket !== socket) return
      line.close(opening.number)
      opening = undefined
      refresh()
    },
  })

  const onUpdate = (_update: Uint8Array, origin: unknown, _doc: Doc, transaction: { readonly local: boolean }): void => {
    if (origin !== websocket && transaction.local) made++
    refresh()
  }

  const start = (): void => {
    loaded = true
    if (closing) return
    // Before y-websocket's own listener, so that a mark taken while it sends counts the update in hand.
    if (!local) doc.on('update', onUpdate)
    websocket = new WebsocketProvider(url, document, doc, { connect: false, awareness, WebSocketPolyfill: Socket, disableBc: true })
    websocket.on('sync', (synced) => {
      if (synced) {
        attempt = 0
        everSynced = true
        firstSync.resolve()
      }
      refresh()
    })
    connect()
    refresh()
  }

  const channel: RelayChannel = {
    provider: {
      ready: firstSync.promise,
      awareness,
      get write() {
        return write
      },
      status: status.get,
      onStatus: status.onChange,
      close: () => {
        closing ??= (async () => {
          const current = opening
          await current?.line
          cancelRetry?.()
          doc.off('update', onUpdate)
          firstSync.reject(new ProviderFailure('unknown', `${document} was closed before its first sync`))
          websocket?.destroy()
          if (!given) awareness.destroy()
          onClosed()
        })()
        return closing
      },
    },
    up: () => {
      attempt = 0
      stopped = undefined
      connect()
      refresh()
    },
    down: () => {
      cancelRetry?.()
      end()
      refresh()
    },
    opened: (number, mayWrite) => {
      if (opening?.number !== number) return
      write = mayWrite
      opening.socket.readyState = opening.socket.OPEN
      opening.socket.onopen?.()
      refresh()
    },
    received: (number, message) => {
      if (opening?.number !== number) return
      opening.socket.onmessage?.({ data: message })
      refresh()
    },
    acknowledged: (number, count) => {
      const current = opening
      if (current?.number !== number || count <= current.acknowledged || count > current.sent) return
      current.acknowledged = count
      let last: Opening['marks'][number] | undefined
      while (current.marks[0] && current.marks[0].count <= count) last = current.marks.shift()
      if (last) {
        confirmed = Math.max(confirmed, last.own)
        local?.acknowledged(last.mark)
      }
      refresh()
    },
    closed: (number, code) => {
      if (opening?.number !== number) return
      if (!mayRetry(code)) return fail(reasonOfCode(code))
      end()
      cancelRetry?.()
      cancelRetry = setTimer(connect, backoffDelay(attempt++, random()))
      refresh()
    },
    alive: () => opening?.socket.onmessage?.({ data: emptyAwareness }),
    stop: (reason) => {
      stopped = reason
      firstSync.reject(new ProviderFailure(reason, `the relay was left before ${document} was synced (${reason})`))
      refresh()
    },
  }

  if (local?.ready) local.ready.then(start, start)
  else start()
  return channel
}
