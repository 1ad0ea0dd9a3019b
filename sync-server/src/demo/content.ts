/** What the demo puts into a grid, as edits with the hand and time that made them. No document is known here. */
import type { AccountId, Day, Edit, Instant, RecordId, Value } from '@tongge/model'
import type { Grid } from '../accounts/accounts.ts'
import type { Random } from './random.ts'
import type { GridTeam } from './staff.ts'

/** Edits that one person made at one time. */
export interface Batch {
  readonly at: Instant
  readonly by: AccountId
  readonly device: string
  readonly edits: readonly Edit[]
}

/** What the makers of a grid's content share. */
export interface GridContext {
  readonly grid: Grid
  /** From 0, over the whole demo. */
  readonly index: number
  readonly community: string
  readonly team: GridTeam
  /** The day the demo is made for; everything lies before the end of it. */
  readonly today: Day
  readonly random: Random
  /** Ids that are unique in the demo; `kind` is one letter. */
  readonly newId: (kind: string) => RecordId
}

export function create(
  kind: Extract<Edit, { op: 'create' }>['kind'],
  id: RecordId,
  fields: Readonly<Record<string, Value | undefined>>,
): Edit {
  const kept: Record<string, Value> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value
  return { op: 'create', kind, id, fields: kept }
}

export function idMaker(index: number): (kind: string) => RecordId {
  const counts = new Map<string, number>()
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${kind}${index.toString(36)}-${count.toString(36)}` as RecordId
  }
}
