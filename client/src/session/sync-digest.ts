/**
 * What a catch-up brought: from the moment the relay is reached until every document is current. What was loaded from this device,
 * this person's own edits and what arrives live afterwards are not news of a sync.
 */
import type { Changes } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import type { SyncSummary } from './session.ts'

export interface SyncDigest {
  /** Changes that are no news: they only move the baseline. */
  learn(changes: Changes, after: Snapshot): void
  /** Changes that the catch-up brought. */
  note(changes: Changes): void
  /** Undefined when the catch-up brought nothing. */
  finish(at: number, after: Snapshot): SyncSummary | undefined
}

export function createSyncDigest(): SyncDigest {
  const known = new Set<RecordId>()
  const touched = new Set<RecordId>()
  const tickets = new Set<RecordId>()
  let conflicts = 0

  const settle = (ids: Iterable<RecordId>, after: Snapshot): void => {
    for (const id of ids) {
      if (after.entries.has(id)) known.add(id)
      else known.delete(id)
    }
    conflicts = conflictsIn(after)
  }

  return {
    learn: ({ entries }, after) => settle(entries, after),
    note: (changes) => {
      for (const id of changes.entries) touched.add(id)
      for (const id of changes.tickets) tickets.add(id)
    },
    finish: (at, after) => {
      const here = [...touched].filter((id) => after.entries.has(id))
      const added = here.filter((id) => !known.has(id))
      const changed = here.filter((id) => known.has(id))
      const removed = [...touched].filter((id) => known.has(id) && !after.entries.has(id))
      const summary = { at, added, changed, removed, tickets: [...tickets], conflicts: Math.max(0, conflictsIn(after) - conflicts) }
      settle(touched, after)
      touched.clear()
      tickets.clear()
      return added.length + changed.length + removed.length + summary.tickets.length > 0 ? summary : undefined
    },
  }
}

function conflictsIn({ entries, tickets }: Snapshot): number {
  let count = 0
  for (const entry of entries.values()) count += entry.conflicts.length + (entry.deletion ? 1 : 0)
  for (const ticket of tickets.values()) count += ticket.conflicting.length
  return count
}
