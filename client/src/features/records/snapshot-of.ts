/** The grid as plain data for the model's questions. */
import type { Entry, GridCode, RecordId, Snapshot, Ticket, TrashedEntry } from '@tongge/model'
import { unwrap } from 'solid-js/store'
import type { GridStore } from '../../session/session.ts'

/** Reactive on the identity of every record: an edit replaces its record whole, so nothing inside needs to be followed. */
export function snapshotOf(grid: GridCode, store: GridStore): Snapshot {
  return {
    grid,
    entries: mapOf<Entry>(store.entries),
    trash: mapOf<TrashedEntry>(store.trash),
    tickets: mapOf<Ticket>(store.tickets),
  }
}

function mapOf<T>(records: Readonly<Record<RecordId, T>>): ReadonlyMap<RecordId, T> {
  for (const id in records) void records[id as RecordId]
  return new Map(Object.entries(unwrap(records))) as ReadonlyMap<string, T> as ReadonlyMap<RecordId, T>
}
