/** Counts what a catch-up brought, from the moment the relay is reached until every document is current. */
import type { Changes } from '@tongge/crdt'
import type { RecordId, Snapshot } from '@tongge/model'
import type { SyncSummary } from './session.ts'

export interface SummaryRound {
  note(changes: Changes): void
  /** Undefined when the round brought nothing. */
  finish(at: number, after: Snapshot): SyncSummary | undefined
}

export function startRound(before: Snapshot): SummaryRound {
  const touched = new Set<RecordId>()
  const tickets = new Set<RecordId>()
  return {
    note: (changes) => {
      if (changes.local) return
      for (const id of changes.entries) touched.add(id)
      for (const id of changes.tickets) tickets.add(id)
    },
    finish: (at, after) => {
      if (touched.size === 0 && tickets.size === 0) return undefined
      const added: RecordId[] = []
      const changed: RecordId[] = []
      const removed: RecordId[] = []
      for (const id of touched) {
        if (!after.entries.has(id)) removed.push(id)
        else if (before.entries.has(id)) changed.push(id)
        else added.push(id)
      }
      return { at, added, changed, removed, tickets: [...tickets], conflicts: conflictsIn(after) - conflictsIn(before) }
    },
  }
}

function conflictsIn({ entries, tickets }: Snapshot): number {
  let count = 0
  for (const entry of entries.values()) count += entry.conflicts.length + (entry.deletion ? 1 : 0)
  for (const ticket of tickets.values()) count += ticket.conflicting.length
  return count
}
