/** The checksum of a row: over where it belongs as well as what it holds, so that a row in the wrong place is noticed too. */
import { crc32 } from 'node:zlib'

export function rowChecksum(document: string, sequence: number, account: string, bytes: Uint8Array): number {
  return crc32(bytes, crc32(`${document}\n${sequence}\n${account}\n`))
}
