/** The 冲突 inbox: everything that waits for a person to settle it, newest first. */
import type { Instant, Snapshot } from '@tongge/model'
import type { InboxItem } from '../api.ts'

export function inboxOf(snapshot: Snapshot): readonly InboxItem[] {
  const items: InboxItem[] = []
  for (const entry of snapshot.entries.values()) {
    if (entry.deletion) items.push({ type: 'deletion', entry, deletion: entry.deletion })
    for (const conflict of entry.conflicts) items.push({ type: 'field', entry, conflict })
  }
  for (const ticket of snapshot.tickets.values())
    for (const step of ticket.conflicting) items.push({ type: 'step', ticket, step })
  return items.sort((a, b) => timeOf(b) - timeOf(a))
}

function timeOf(item: InboxItem): Instant {
  if (item.type === 'deletion') return item.deletion.at
  if (item.type === 'step') return item.step.at
  return Math.max(...item.conflict.rivals.map((rival) => rival.stamp.at))
}
