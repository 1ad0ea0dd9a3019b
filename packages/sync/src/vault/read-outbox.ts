/** All that the relay has not committed, whatever document it is for. */
import type { Cipher } from './cipher.ts'
import { contextOf, decodeUnsent, type Unsent } from './entry.ts'
import type { Shelf } from './shelf.ts'
import type { Report } from './upkeep.ts'
import type { Writer } from './writer.ts'

interface Source {
  readonly shelf: Pick<Shelf, 'outbox'>
  readonly cipher: Cipher
  readonly writer: Pick<Writer, 'queue'>
  readonly report: Report
}

/** `document` is the name on the shelf. */
export type Waiting = Unsent & { readonly id: string }

export async function readOutbox({ shelf, cipher, writer, report }: Source): Promise<readonly Waiting[]> {
  const entries = await shelf.outbox()
  const edits = await Promise.all(
    entries.map(async ({ document, id, bytes }) => {
      try {
        return [{ id, ...decodeUnsent(document, await cipher.open(bytes, contextOf.unsent(document, id))) }]
      } catch {
        report('corrupt', `an unsent edit of ${document} did not open`, document)
        return []
      }
    }),
  )
  // What could not be written is the most urgent to rescue.
  const queued = [...writer.queue.values()]
    .filter((entry) => entry.local)
    .map(({ id, document, subjects, update }) => ({ id, document, subjects, update }))
  return [...edits.flat(), ...queued]
}
