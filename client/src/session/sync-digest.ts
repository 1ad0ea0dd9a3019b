/**
 * What a catch-up brought: from the moment the relay is reached until every document is current. What was loaded from this device,
 * this person's own edits and what arrives live afterwards are not news of a sync.
 */
import type { Changes } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import type { SyncSummary } from './session.ts'

export interface SyncDigest {
  /** Changes that are no news: their records are known from here on. */
  learn(changes: Changes): void
  /** Changes that the catch-up brought. */
  note(changes: Changes): void
  /** Undefined when the catch-up brought nothing. */
  finish(at: number, after: Snapshot): SyncSummary | undefined
}

export function createSyncDigest(): SyncDigest {
  const known = new Set<RecordId>()
  const touched = new Set<RecordId>()
  const tickets = new Set<RecordId>()
  let hasBegun = false

  return {
    learn: ({ entries, tickets }) => {
      for (const id of entries) known.add(id)
      hasBegun ||= entries.size > 0 || tickets.size > 0
    },
    note: (changes) => {
      for (const id of changes.entries) touched.add(id)
      for (const id of changes.tickets) if (!changes.received.has(id)) tickets.add(id)
    },
    finish: (at, after) => {
      // Who reported a ticket is part of it.
      const here = [...touched].filter((id) => (after.entries.get(id)?.kind ?? 'reporter') !== 'reporter')
      const summary: SyncSummary = {
        at,
        added: here.filter((id) => !known.has(id)),
        changed: here.filter((id) => known.has(id)),
        removed: [...touched].filter((id) => known.has(id) && !after.entries.has(id)),
        tickets: [...tickets],
        conflicts: conflictsIn(after, touched, tickets),
        ...(!hasBegun && { isFirst: true as const }),
      }
      hasBegun = true
      for (const id of here) known.add(id)
      const isNews = touched.size > 0 || tickets.size > 0
      touched.clear()
      tickets.clear()
      return isNews ? summary : undefined
    },
  }
}

function conflictsIn(
  { entries, tickets: all }: Snapshot,
  touched: Iterable<RecordId>,
  tickets: Iterable<RecordId>,
): number {
  let count = 0
  for (const id of touched) {
    const entry = entries.get(id)
    count += (entry?.conflicts.length ?? 0) + (entry?.deletion ? 1 : 0)
  }
  for (const id of tickets) count += all.get(id)?.conflicting.length ?? 0
  return count
}
