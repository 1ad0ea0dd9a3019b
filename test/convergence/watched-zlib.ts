/**
 * Counts what zlib's threads are packing and unpacking. How long they take is nobody's choice: a story that goes on only when they are done
 * is the same each time. To be imported before whatever packs.
 */
import { syncBuiltinESMExports } from 'node:module'
import zlib from 'node:zlib'
import { streamInflate, type Inflate } from '@tongge/sync'
import { settle } from '../support/fake-timers.ts'

const messages = { packing: 0, unpacking: 0, unpacked: 0 }

const deflateRaw = zlib.deflateRaw as (...parameters: unknown[]) => unknown
const watched = (...parameters: unknown[]): unknown => {
  const done = parameters.pop() as (...results: unknown[]) => void
  messages.packing++
  return deflateRaw(...parameters, (...results: unknown[]) => {
    messages.packing--
    done(...results)
  })
}
Object.assign(zlib, { deflateRaw: watched })
syncBuiltinESMExports()

const inflate = streamInflate(DecompressionStream)
let last: Promise<unknown> = Promise.resolve()

/** The platform's own, one message after the other. */
export const watchedInflate: Inflate = (deflated) => {
  messages.unpacking++
  const turn = last.then(async () => {
    if (!inflate) throw new Error('this platform cannot inflate')
    return inflate(deflated)
  })
  last = turn.catch(() => undefined)
  return turn.finally(() => {
    messages.unpacking--
    messages.unpacked++
  })
}

/** Messages unpacked so far. */
export function unpackedCount(): number {
  return messages.unpacked
}

/** Lets everything that is ready go on, and zlib finish. */
export async function settleAll(turns = 1): Promise<void> {
  await settle(turns)
  while (messages.packing > 0 || messages.unpacking > 0) await settle(1)
}
