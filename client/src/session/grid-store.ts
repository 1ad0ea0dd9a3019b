/** The projection as a Solid store: one record changes, only what shows it wakes up. */
import type { Changes, Projection } from '@tongge/crdt'
import type { Entry, RecordId, Ticket, TrashedEntry } from '@tongge/model'
import { batch } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import type { GridStore } from './session.ts'

type Writable = { entries: Record<RecordId, Entry>; trash: Record<RecordId, TrashedEntry>; tickets: Record<RecordId, Ticket> }

export function createGridStore(projection: Projection): { readonly store: GridStore; readonly dispose: () => void } {
  const [store, setStore] = createStore<Writable>(everything(projection))

  /** Entries are immutable: each is replaced whole, so that nothing the projection holds is ever written to. */
  const update = ({ entries, tickets }: Changes): void => {
    const snapshot = projection.snapshot()
    batch(() =>
      setStore(
        produce((draft) => {
          for (const id of entries) {
            put(draft.entries, id, snapshot.entries.get(id))
            put(draft.trash, id, snapshot.trash.get(id))
          }
          for (const id of tickets) put(draft.tickets, id, snapshot.tickets.get(id))
        }),
      ),
    )
  }

  return { store, dispose: projection.onChange(update) }
}

function everything(projection: Projection): Writable {
  const { entries, trash, tickets } = projection.snapshot()
  return { entries: Object.fromEntries(entries), trash: Object.fromEntries(trash), tickets: Object.fromEntries(tickets) }
}

function put<T>(target: Record<RecordId, T>, id: RecordId, value: T | undefined): void {
  if (value === undefined) delete target[id]
  else target[id] = value
}
