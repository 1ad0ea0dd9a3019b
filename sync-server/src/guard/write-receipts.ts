/** The relay's receipts as an update of a work document, which nobody has to have open for that: a new key of a root stands on nothing. */
import { receiptsRoot, storedReceipt } from '@tongge/crdt'
import { createEncoder, toUint8Array, writeAny, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import type { Receipt } from '../ports.ts'

/** Plain values, under a key. */
const keyedValues = 8 | 32
const inRoot = 1

export function writeReceipts(receipts: readonly Receipt[], client: number, clock: number): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 1)
  writeVarUint(encoder, receipts.length)
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
  for (const { of, received, lastContact } of receipts) {
    writeUint8(encoder, keyedValues)
    writeVarUint(encoder, inRoot)
    writeVarString(encoder, receiptsRoot)
    writeVarString(encoder, of)
    writeVarUint(encoder, 1)
    writeAny(encoder, [...storedReceipt({ received, ...(lastContact !== undefined && { lastContact }) })])
  }
  // Nothing is deleted.
  writeVarUint(encoder, 0)
  return toUint8Array(encoder)
}
