/** Clients that try a relay: the unmodified y-websocket provider, and one that speaks our frames and shows every frame it got. */
import { decodeRelayFrame, encodeFrame, subprotocol, type ClientFrame, type RelayFrame } from '@tongge/protocol'
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { encodeStep1, encodeStep2, encodeUpdateMessage } from '../../sync-server/src/rooms/messages.ts'

export interface StockClient {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  [Symbol.dispose](): void
}

export function createStockClient(
  url: string,
  document: string,
  options: { readonly account?: string; readonly doc?: Y.Doc; readonly connect?: boolean } = {},
): StockClient {
  const doc = options.doc ?? new Y.Doc()
  const provider = new WebsocketProvider(url, encodeURIComponent(document), doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    connect: options.connect ?? true,
    params: { account: options.account ?? 'ada' },
  })
  return { doc, provider, [Symbol.dispose]: () => provider.destroy() }
}

export async function untilSynced({ provider }: StockClient): Promise<void> {
  if (provider.synced) return
  await new Promise<void>((resolve) => {
    const check = (state: boolean): void => {
      if (!state) return
      provider.off('sync', check)
      resolve()
    }
    provider.on('sync', check)
  })
}

/** Resolves when the check holds, trying again at each update of the documents. */
export async function untilDocs(docs: readonly Y.Doc[], check: () => boolean): Promise<void> {
  if (check()) return
  await new Promise<void>((resolve) => {
    const listen = (): void => {
      if (!check()) return
      for (const doc of docs) doc.off('update', listen)
      resolve()
    }
    for (const doc of docs) doc.on('update', listen)
  })
}

export interface FrameClient {
  readonly socket: WebSocket
  readonly frames: readonly RelayFrame[]
  send(frame: ClientFrame): void
  /** Opens a channel and asks for everything. */
  open(channel: number, document: string, doc?: Y.Doc): void
  update(channel: number, update: Uint8Array): void
  step2(channel: number, update: Uint8Array): void
  /** The first frame, past or to come, that passes. */
  until<T extends RelayFrame>(check: (frame: RelayFrame) => frame is T): Promise<T>
  untilFrame(check: (frame: RelayFrame) => boolean): Promise<RelayFrame>
  /** Code of the socket's close. */
  readonly closed: Promise<number>
  [Symbol.dispose](): void
}

/** With docs by channel, what arrives is applied to them. */
export async function createFrameClient(
  url: string,
  options: { readonly account?: string; readonly session?: string; readonly docs?: ReadonlyMap<number, Y.Doc> } = {},
): Promise<FrameClient> {
  const query = new URLSearchParams({
    account: options.account ?? 'ada',
    ...(options.session && { session: options.session }),
  })
  const socket = new WebSocket(`${url}?${query}`, subprotocol)
  socket.binaryType = 'nodebuffer'
  const frames: RelayFrame[] = []
  const waiting = new Set<(frame: RelayFrame) => void>()
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    const frame = decodeRelayFrame(data)
    if (!frame) throw new Error('the relay sent a malformed frame')
    frames.push(frame)
    if (frame.type === 'data') {
      const doc = options.docs?.get(frame.channel)
      const update = updateIn(frame.message)
      if (doc && update) Y.applyUpdate(doc, update, socket)
    }
    for (const tell of waiting) tell(frame)
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  const send = (frame: ClientFrame): void => socket.send(encodeFrame(frame))
  const data = (channel: number, message: Uint8Array): void => send({ type: 'data', channel, message })
  const until = <T extends RelayFrame>(check: (frame: RelayFrame) => frame is T): Promise<T> =>
    new Promise((resolve) => {
      const tell = (frame: RelayFrame): void => {
        if (!check(frame)) return
        waiting.delete(tell)
        resolve(frame)
      }
      waiting.add(tell)
      for (const frame of frames) if (waiting.has(tell)) tell(frame)
    })
  return {
    socket,
    frames,
    send,
    open(channel, document, doc = new Y.Doc()) {
      send({ type: 'open', channel, name: document })
      data(channel, encodeStep1(Y.encodeStateVector(doc)))
    },
    update: (channel, update) => data(channel, encodeUpdateMessage(update)),
    step2: (channel, update) => data(channel, encodeStep2(update)),
    until,
    untilFrame: (check) => until((frame): frame is RelayFrame => check(frame)),
    closed,
    [Symbol.dispose]: () => socket.terminate(),
  }
}

/** The update in a SyncStep2 or Update message. */
export function updateIn(message: Uint8Array): Uint8Array | undefined {
  const decoder = createDecoder(message)
  if (readVarUint(decoder) !== 0) return undefined
  return readVarUint(decoder) === 0 ? undefined : readVarUint8Array(decoder)
}

export function isStep2(frame: RelayFrame): boolean {
  return frame.type === 'data' && frame.message[0] === 0 && frame.message[1] === 1
}
