/** Loaded when something was refused, which is rare: it judges as the relay does. */
import { createProjection, ownLinesOf, photoIn, type WrittenLine } from '@tongge/crdt'
import type { Entry, GridCode, RecordId } from '@tongge/model'
import type { Doc } from 'yjs'
import type { OpenDocument } from './open-documents.ts'

export { documentShape, ownLinesOf, replay } from '@tongge/crdt'

interface Told {
  readonly lines: readonly WrittenLine[]
  readonly known: readonly Entry[]
}

/** What these edits say, record by record, with as much as it takes to call each by its name. */
export function tellOf(doc: Doc, parsed: OpenDocument['parsed'], edits: readonly Uint8Array[]): readonly Told[] {
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

/** The photos of an album that the relay does not have. */
export function photosOnlyHere(doc: Doc, there: Doc | undefined): readonly Uint8Array[] {
  return Array.from({ length: 100 }, (_, index) => index).flatMap((index) => {
    const jpeg = photoIn(doc, index)
    return jpeg && !(there && photoIn(there, index)) ? [jpeg] : []
  })
}

/** The record, what it lies in, and what that lies in. */
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
