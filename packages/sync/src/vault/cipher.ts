/** Seals what rests on the device. The vault knows this port; where keys come from is another's business. */
import { ProviderFailure } from '../status.ts'

export interface Cipher {
  /** `context` names the place the bytes rest at; it is bound to them and not stored. */
  seal(bytes: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>>
  /** Rejects when the bytes are damaged, or were sealed for another place or under another key. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array>
}

/** No secrecy; finds damage and misplaced rows by a CRC-32 over context and content. */
export const plainCipher: Cipher = {
  seal: async (bytes, context) => {
    const sealed = new Uint8Array(bytes.length + 4)
    sealed.set(bytes)
    new DataView(sealed.buffer).setUint32(bytes.length, checksum(bytes, context))
    return sealed
  },
  open: async (sealed, context) => {
    const bytes = sealed.subarray(0, Math.max(0, sealed.length - 4))
    const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    if (sealed.length < 4 || view.getUint32(bytes.length) !== checksum(bytes, context)) {
      throw new ProviderFailure('corrupt', `checksum of ${context} does not match`)
    }
    return bytes
  },
}

function checksum(bytes: Uint8Array, context: string): number {
  let crc = 0xffffffff
  for (let index = 0; index < context.length; index++) crc = step(crc, context.charCodeAt(index) & 0xff)
  for (let index = 0; index < bytes.length; index++) crc = step(crc, bytes[index] ?? 0)
  return ~crc >>> 0
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function step(crc: number, byte: number): number {
  return (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
}
