/**
 * Records as the remembered view keeps them: each stamp is said once and what few records have is left out, which saves a third of
 * the bytes. The fields stay as they are: parsing is done by the browser itself, and at a start nothing of ours is fast yet.
 */
import type { Entry, Kind, RecordId, Stamp, Value } from '@tongge/model'

type Rare = Pick<Entry, 'conflicts' | 'deletion' | 'unseen'>

export interface PackedEntries {
  readonly stamps: readonly Stamp[]
  /** The numbers are those of the stamps of creation and of the last change. */
  readonly rows: readonly (readonly [RecordId, Kind, Readonly<Record<string, Value>>, number, number, Rare?])[]
}

export function packEntries(entries: Iterable<Entry>): PackedEntries {
  const stamps: Stamp[] = []
  const numbers = new Map<string, number>()
  const numberOf = (stamp: Stamp): number => {
    const key = JSON.stringify(stamp)
    const number = numbers.get(key) ?? stamps.push(stamp) - 1
    numbers.set(key, number)
    return number
  }
  const rows = Array.from(entries, ({ id, kind, fields, created, updated, conflicts, deletion, unseen }) => {
    const row = [id, kind, fields as Record<string, Value>, numberOf(created), numberOf(updated)] as const
    const isRare = conflicts.length > 0 || deletion !== undefined
    return isRare ? ([...row, { conflicts, ...(deletion && { deletion }), ...(unseen && { unseen }) }] as const) : row
  })
  return { stamps, rows }
}

export function unpackEntries({ stamps, rows }: PackedEntries): ReadonlyMap<RecordId, Entry> {
  const entries = new Map<RecordId, Entry>()
  for (const [id, kind, fields, created, updated, rare] of rows)
    entries.set(id, {
      id,
      kind,
      fields,
      created: stamps[created] as Stamp,
      updated: stamps[updated] as Stamp,
      conflicts: [],
      ...rare,
    })
  return entries
}
