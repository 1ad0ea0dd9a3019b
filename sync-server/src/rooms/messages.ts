/** The messages of the y-websocket protocol, one per frame. Numbers stand here only. */
import { createDecoder, hasContent, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'

export type PeerMessage =
  | { readonly type: 'step1'; readonly state: Uint8Array }
  /** SyncStep2 and Update say the same to a relay: here is something you may lack. The first answers the relay's own question. */
  | { readonly type: 'update'; readonly update: Uint8Array; readonly isAnswer: boolean }
  | { readonly type: 'awareness'; readonly entries: Uint8Array }
  /** A message only relays send, or one that asks for nothing. */
  | { readonly type: 'ignored' }

const sync = 0
const awareness = 1
const auth = 2
const queryAwareness = 3
const step1 = 0
const step2 = 1
const update = 2

export function encodeStep1(state: Uint8Array): Uint8Array {
  return encode(sync, step1, state)
}

export function encodeStep2(content: Uint8Array): Uint8Array {
  return encode(sync, step2, content)
}

export function encodeUpdateMessage(content: Uint8Array): Uint8Array {
  return encode(sync, update, content)
}

export function encodeAwareness(entries: Uint8Array): Uint8Array {
  return encode(awareness, undefined, entries)
}

export function parseMessage(bytes: Uint8Array): PeerMessage | undefined {
  try {
    const decoder = createDecoder(bytes)
    const type = readVarUint(decoder)
    if (type === auth || type === queryAwareness) return { type: 'ignored' }
    if (type !== sync && type !== awareness) return undefined
    const kind = type === sync ? readVarUint(decoder) : undefined
    const body = readVarUint8Array(decoder)
    if (hasContent(decoder)) return undefined
    if (kind === undefined) return { type: 'awareness', entries: body }
    if (kind === step1) return { type: 'step1', state: body }
    return kind === step2 || kind === update ? { type: 'update', update: body, isAnswer: kind === step2 } : undefined
  } catch {
    return undefined
  }
}

function encode(type: number, kind: number | undefined, body: Uint8Array): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, type)
  if (kind !== undefined) writeVarUint(encoder, kind)
  writeVarUint8Array(encoder, body)
  return toUint8Array(encoder)
}
