/**
 * One socket for all documents: the frames between our client and the relay (subprotocol `tongge.1` at `/sync`).
 * A channel stands for one document; `data` carries one y-websocket message unchanged, so a channel behaves like a stock socket.
 * Total on untrusted bytes: anything that is not exactly one frame is `undefined`.
 */
import {
  createDecoder,
  hasContent,
  readTailAsUint8Array,
  readVarString,
  readVarUint,
  type Decoder,
} from 'lib0/decoding'
import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'

export const subprotocol = 'tongge.1'

/**
 * What to answer to the subprotocols a client offers; undefined where it speaks another language altogether. Another version of ours is
 * answered by its own name, since a page hears of a close code only on a socket that was opened.
 */
export function subprotocolFor(offered: Iterable<string>): string | undefined {
  const ours = [...offered].filter((name) => /^tongge\.\d{1,4}$/.test(name))
  return ours.includes(subprotocol) ? subprotocol : ours[0]
}

export type ClientFrame =
  /** `unpacks`: this client understands `packed` frames on the channel. */
  | { readonly type: 'open'; readonly channel: number; readonly name: string; readonly unpacks?: true }
  | { readonly type: 'data'; readonly channel: number; readonly message: Uint8Array }
  /**
   * The next part of a message that is sent in several; `left` bytes of it come in later ones. With the last it counts as one `data`.
   * Parts of one message follow each other on their channel; any other frames may come between.
   */
  | { readonly type: 'piece'; readonly channel: number; readonly left: number; readonly bytes: Uint8Array }
  | { readonly type: 'close'; readonly channel: number }

export type RelayFrame =
  | { readonly type: 'opened'; readonly channel: number; readonly write: boolean }
  | { readonly type: 'data'; readonly channel: number; readonly message: Uint8Array }
  /** One y-websocket message in raw deflate; only to clients that opened the channel with `unpacks`. */
  | { readonly type: 'packed'; readonly channel: number; readonly deflated: Uint8Array }
  | { readonly type: 'closed'; readonly channel: number; readonly code: number; readonly reason: string }
  /** The relay has committed the first `count` sync messages (SyncStep2 and Update) of this channel. Counts from 1 at `open`, only grows. */
  | { readonly type: 'acknowledged'; readonly channel: number; readonly count: number }
  /** Sent at least every 10 seconds, so that silence means a dead line. */
  | { readonly type: 'alive' }

const codes = {
  open: 0,
  opened: 0,
  data: 1,
  close: 2,
  closed: 2,
  acknowledged: 3,
  alive: 4,
  packed: 5,
  piece: 6,
} as const

/** Stands after the name in `open`, or not at all. */
const unpacksFlag = 1

/** A relay takes larger frames, but nothing else gets through while one is on its way. */
export const pieceBytes = 256 * 1024

/** Channels are chosen by the client, from 1 on, and never reused within a socket. */
export const maxChannel = 0xffff

export function encodeFrame(frame: ClientFrame | RelayFrame): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, codes[frame.type])
  if (frame.type === 'alive') return toUint8Array(encoder)
  writeVarUint(encoder, frame.channel)
  switch (frame.type) {
    case 'open':
      writeVarString(encoder, frame.name)
      if (frame.unpacks) writeVarUint(encoder, unpacksFlag)
      break
    case 'opened':
      writeVarUint(encoder, frame.write ? 1 : 0)
      break
    case 'data':
      writeUint8Array(encoder, frame.message)
      break
    case 'piece':
      writeVarUint(encoder, frame.left)
      writeUint8Array(encoder, frame.bytes)
      break
    case 'packed':
      writeUint8Array(encoder, frame.deflated)
      break
    case 'closed':
      writeVarUint(encoder, frame.code)
      writeVarString(encoder, frame.reason)
      break
    case 'acknowledged':
      writeVarUint(encoder, frame.count)
      break
    case 'close':
      break
  }
  return toUint8Array(encoder)
}

export function decodeClientFrame(bytes: Uint8Array): ClientFrame | undefined {
  return total(() => {
    const decoder = createDecoder(bytes)
    const code = readVarUint(decoder)
    const channel = readVarUint(decoder)
    if (channel < 1 || channel > maxChannel) return undefined
    if (code === codes.data) return { type: 'data', channel, message: readTailAsUint8Array(decoder) }
    if (code === codes.piece) {
      const left = readVarUint(decoder)
      return hasContent(decoder) ? { type: 'piece', channel, left, bytes: readTailAsUint8Array(decoder) } : undefined
    }
    const frame: ClientFrame | undefined =
      code === codes.open ? readOpen(channel, decoder) : code === codes.close ? { type: 'close', channel } : undefined
    return hasContent(decoder) ? undefined : frame
  })
}

export function decodeRelayFrame(bytes: Uint8Array): RelayFrame | undefined {
  return total(() => {
    const decoder = createDecoder(bytes)
    const code = readVarUint(decoder)
    if (code === codes.alive) return hasContent(decoder) ? undefined : { type: 'alive' }
    const channel = readVarUint(decoder)
    if (channel < 1 || channel > maxChannel) return undefined
    if (code === codes.data) return { type: 'data', channel, message: readTailAsUint8Array(decoder) }
    if (code === codes.packed) return { type: 'packed', channel, deflated: readTailAsUint8Array(decoder) }
    const frame: RelayFrame | undefined =
      code === codes.opened
        ? { type: 'opened', channel, write: readVarUint(decoder) === 1 }
        : code === codes.closed
          ? { type: 'closed', channel, code: readVarUint(decoder), reason: readVarString(decoder) }
          : code === codes.acknowledged
            ? { type: 'acknowledged', channel, count: readVarUint(decoder) }
            : undefined
    return hasContent(decoder) ? undefined : frame
  })
}

function readOpen(channel: number, decoder: Decoder): ClientFrame | undefined {
  const frame: ClientFrame = { type: 'open', channel, name: readVarString(decoder) }
  if (!hasContent(decoder)) return frame
  return readVarUint(decoder) === unpacksFlag ? { ...frame, unpacks: true } : undefined
}

/** lib0 throws on short input; here that is an expected failure. */
function total<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
