/**
 * What the grid looked like when the app was last used. It is shown at once, while the documents are still being read, and is
 * replaced record by record where they say otherwise. Losing it costs a moment and nothing else. Tickets that are done, and who
 * reported them, are left out: there are a year of them, and reading them would take as long as the documents.
 */
import { openStates, type GridCode, type RecordId, type Snapshot, type Ticket, type TrashedEntry } from '@tongge/model'
import type { Vault } from '@tongge/sync'
import { packEntries, unpackEntries, type PackedEntries } from './packed-entries.ts'

interface Kept {
  /** By which code, under which rights, and of which documents. */
  readonly made: string
  readonly entries: PackedEntries
  readonly trash: readonly TrashedEntry[]
  readonly tickets: readonly Ticket[]
}

export interface RememberedView {
  /** Undefined unless the documents on the disk are of the version that was kept with it: whoever works on it would not have seen the rest. */
  recall(version: string | Promise<string>): Promise<Snapshot | undefined>
  keep(snapshot: Snapshot, version: string): Promise<void>
}

/** `rights`: another text than last time, and nothing is remembered. What must be read to know it is read beside the view, not before. */
export function createRememberedView(
  vault: Pick<Vault, 'keep' | 'recall'>,
  grid: GridCode,
  rights: string | Promise<string>,
): RememberedView {
  const madeOf = async (version: string | Promise<string>): Promise<string> =>
    // The address of a built file carries a hash of what is in it.
    `${import.meta.url} ${await rights} ${await version}`
  const key = `view/${grid}`
  return {
    recall: async (version) => {
      const [bytes, made] = await Promise.all([vault.recall(key), madeOf(version)])
      const kept = bytes && parseKept(new TextDecoder().decode(bytes))
      if (kept?.made !== made) return undefined
      return { grid, entries: unpackEntries(kept.entries), trash: byId(kept.trash), tickets: byId(kept.tickets) }
    },
    keep: async ({ entries, trash, tickets }, version) => {
      const isOpen = (ticket: Ticket | undefined): boolean => ticket !== undefined && openStates.includes(ticket.state)
      const kept: Kept = {
        made: await madeOf(version),
        entries: packEntries(
          [...entries.values()].filter(({ id, kind }) => kind !== 'reporter' || isOpen(tickets.get(id))),
        ),
        trash: [...trash.values()],
        tickets: [...tickets.values()].filter(isOpen),
      }
      return vault.keep(key, new TextEncoder().encode(JSON.stringify(kept)))
    },
  }
}

function parseKept(text: string): Kept | undefined {
  try {
    return JSON.parse(text) as Kept
  } catch {
    return undefined
  }
}

function byId<T extends { readonly id: RecordId }>(records: readonly T[]): ReadonlyMap<RecordId, T> {
  return new Map(records.map((record) => [record.id, record]))
}
