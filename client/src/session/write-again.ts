/** Loaded when something was refused, which is rare: it judges as the relay does. */
import { createProjection, ownLinesOf, type WrittenLine } from '@tongge/crdt'
import type { Entry, GridCode, RecordId } from '@tongge/model'
import type { OpenDocument } from './open-documents.ts'

export { documentShape, replay } from '@tongge/crdt'

interface Told {
  readonly lines: readonly WrittenLine[]
  readonly known: readonly Entry[]
}

/** What waited in a document that leaves this device, record by record. */
export function tellOfLeaving(
  { doc, parsed }: Pick<OpenDocument, 'doc' | 'parsed'>,
  edits: readonly Uint8Array[],
): readonly Told[] {
  const lines = ownLinesOf(doc, edits)
  if (lines.length === 0) return []
  const grid = ('grid' in parsed ? parsed.grid : '') as GridCode
  const projection = createProjection(
    {
      ledger: parsed.kind === 'ledger' ? doc : undefined,
      sensitive: undefined,
      work: new Map(),
      notes: parsed.kind === 'notes' ? new Map([[parsed.building as RecordId, doc]]) : new Map(),
    },
    grid,
    { foldTicket: () => undefined },
  )
  const { entries } = projection.snapshot()
  projection.dispose()
  return [...new Set(lines.map(({ id }) => id))].map((id) => ({
    lines: lines.filter((line) => line.id === id),
    known: around(entries, id),
  }))
}

/** The record, what it lies in, and what that lies in: as much as it takes to call it by its name. */
function around(entries: ReadonlyMap<RecordId, Entry>, id: RecordId): readonly Entry[] {
  const found = new Map<RecordId, Entry>()
  let next: readonly string[] = [id]
  for (let depth = 0; depth < 4; depth++) {
    const reached = next.flatMap((each) => entries.get(each as RecordId) ?? []).filter((entry) => !found.has(entry.id))
    for (const entry of reached) found.set(entry.id, entry)
    next = reached.flatMap(({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) =>
      ['household', 'head', 'house', 'building'].flatMap((name) => {
        const value = fields[name]
        return typeof value === 'string' ? [value] : []
      }),
    )
  }
  return [...found.values()]
}
