/** Deflates what is sent to many: each message once, in zlib's threads, kept for as long as the message itself is. */
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'

export interface Packer {
  /** Raw deflate, the same bytes for all who ask; undefined where it does not pay, a promise while it is under way. Never rejects. */
  pack(message: Uint8Array): Uint8Array | undefined | Promise<unknown>
}

/** Less is one packet or two anyway. */
const leastBytes = 1024
const worthwhile = 0.9
/** On a grid's documents level 6 is 9 % smaller and takes 70 % more time. */
const level = 3

const deflate = promisify<Uint8Array, { readonly level: number }, Uint8Array>(deflateRaw)

export function createPacker(): Packer {
  const packedByMessage = new WeakMap<Uint8Array, Uint8Array | 'plain' | Promise<unknown>>()

  const start = (message: Uint8Array): Promise<unknown> => {
    const keep = (packed: Uint8Array | 'plain'): unknown => packedByMessage.set(message, packed)
    return deflate(message, { level }).then(
      (bytes) => keep(bytes.length < message.length * worthwhile ? bytes : 'plain'),
      () => keep('plain'),
    )
  }

  return {
    pack(message) {
      if (message.length <= leastBytes) return undefined
      let packed = packedByMessage.get(message)
      if (!packed) packedByMessage.set(message, (packed = start(message)))
      return packed === 'plain' ? undefined : packed
    },
  }
}
