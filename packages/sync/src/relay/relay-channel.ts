/**
 * One document on the relay link: an unmodified y-websocket provider over a channel, local disk before the network,
 * and the count that turns the relay's acknowledgements into "the relay has it".
 */
import { mayRetry } from '@tongge/protocol'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type { Doc } from 'yjs'
import { backoffDelay } from '../backoff.ts'
import type { FailureReason, ProviderStatus } from '../provider.ts'
import { createStatusCell, ProviderFailure } from '../status.ts'
import { createDeferred, type SetTimer } from '../timing.ts'
import { channelSocketClass, type ChannelSocket } from './channel-socket.ts'
import { reasonOfCode, type Line, type LocalCopy, type RelayChannel } from './relay-provider.ts'
import { emptyAwareness, syncMessageKind } from './sync-message.ts'

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

export function createRelayChannel({
  url,
  document,
  doc,
  local,
  awareness: given,
  line,
  random,
  setTimer,
  onClosed,
}: ChannelOptions): RelayChannel {
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
    else if (!line.isUp() || !opening)
      status.set(everSynced || loaded ? { state: 'offline', pending } : { state: 'starting' })
    else if (!websocket?.synced || (write && !opening.complete))
      status.set(everSynced ? { state: 'behind', pending } : { state: 'starting' })
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
        return line.data(current.number, message)
      })
    refresh()
  }

  const Socket = channelSocketClass({
    onMade: (socket) => {
      const number = line.open(channel, document)
      opening = {
        socket,
        number,
        complete: false,
        queued: 0,
        sent: 0,
        acknowledged: 0,
        line: Promise.resolve(),
        marks: [],
      }
    },
    onSend: (socket, message) => {
      const current = opening
      if (current?.socket !== socket) return
      const kind = syncMessageKind(message)
      if (kind === 'vector' || kind === 'other') return void line.data(current.number, message)
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

  const onUpdate = (
    _update: Uint8Array,
    origin: unknown,
    _doc: Doc,
    transaction: { readonly local: boolean },
  ): void => {
    if (origin !== websocket && transaction.local) made++
    refresh()
  }

  const start = (): void => {
    loaded = true
    if (closing) return
    // Before y-websocket's own listener, so that a mark taken while it sends counts the update in hand.
    if (!local) doc.on('update', onUpdate)
    websocket = new WebsocketProvider(url, document, doc, {
      connect: false,
      awareness,
      WebSocketPolyfill: Socket,
      disableBc: true,
    })
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
