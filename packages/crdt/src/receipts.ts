/** The relay's receipts in a work document: a Y.Map of `[received]` or `[received, lastContact]` by the id of a step, which the relay alone writes. */
import type { Receipt } from '@tongge/model'
import type { Doc, Map as YMap } from 'yjs'

export const receiptsRoot = 'receipts'

/** Milliseconds since 1970, by the relay's clock. */
export type StoredReceipt = readonly [received: number, lastContact?: number]

export function receiptsOf(doc: Doc): YMap<unknown> {
  return doc.getMap(receiptsRoot)
}

export function isStoredReceipt(value: unknown): value is StoredReceipt {
  return Array.isArray(value) && (value.length === 1 || value.length === 2) && value.every(isInstant)
}

export function storedReceipt({ received, lastContact }: Receipt): StoredReceipt {
  // A relay whose clock was put back has not heard of a device later than now.
  return lastContact === undefined ? [received] : [received, Math.min(lastContact, received)]
}

/** As far as there are days. */
function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8_640_000_000_000_000
}

/** Undefined for anything that is no receipt. */
export function parseReceipt(value: unknown): Receipt | undefined {
  if (!isStoredReceipt(value)) return undefined
  const [received, lastContact] = value
  return { received, ...(lastContact !== undefined && { lastContact }) }
}
