/** Seals bytes with AES-256-GCM, bound to the place they rest at. Random 96-bit nonces: a key is good for some thousand million rows. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keyring } from './keyring.ts'

/** No update begins like this: it would be of more than 34 thousand million clients. So what was written before there was a key is told apart. */
const mark = Buffer.of(0xff, 0xff, 0xff, 0xff, 0x7f)
const idBytes = 4
const nonceBytes = 12
const tagBytes = 16
/** Bytes at the beginning that tell under which key something rests. */
export const headBytes: number = mark.length + idBytes

/** The id of the key that opens it; undefined for what was never sealed. `start` is its first `headBytes`, or more. */
export function keyIdOf(start: Uint8Array): string | undefined {
  const isSealed = start.length >= headBytes && mark.every((byte, index) => start[index] === byte)
  return isSealed ? Buffer.from(start.subarray(mark.length, headBytes)).toString('hex') : undefined
}

/** `context` is not stored: whoever opens must know it. */
export function seal(keys: Keyring, bytes: Uint8Array, context: string): Uint8Array {
  const { id, key } = keys.newest
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(`${id}\n${context}`))
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([mark, Buffer.from(id, 'hex'), nonce, ...sealed, cipher.getAuthTag()])
}

export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError'
}

/** What was never sealed comes back as it is. Undefined when it was changed or belongs elsewhere; throws `UnknownKeyError` when the key is not there. */
export function unseal(keys: Keyring, sealed: Uint8Array, context: string): Uint8Array | undefined {
  const id = keyIdOf(sealed)
  if (id === undefined) return sealed
  const found = keys.byId.get(id)
  if (!found) throw new UnknownKeyError(`key ${id} is not among the keys`)
  const nonce = sealed.subarray(headBytes, headBytes + nonceBytes)
  const tag = sealed.subarray(-tagBytes)
  if (sealed.length < headBytes + nonceBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', found.key, nonce)
  decipher.setAAD(Buffer.from(`${id}\n${context}`))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes + nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
