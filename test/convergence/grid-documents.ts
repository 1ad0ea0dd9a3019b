/** The documents of the one grid of a story, as the relay and as the crdt code know them. */
import type { GridDocuments } from '@tongge/crdt'
import type { GridCode, Quarter, RecordId } from '@tongge/model'
import type { Doc } from 'yjs'
import type { DocumentName, Documents } from './account.ts'

export const grid = '990101001001001' as GridCode
export const building = 'b1' as RecordId
const quarters = { earlier: '2026q3', work: '2026q4', journal: '2026q4' } as const satisfies Partial<
  Record<DocumentName, Quarter>
>

/** By the name that the relay knows. */
export const fullNames: Readonly<Record<DocumentName, string>> = {
  ledger: `grid/${grid}/ledger`,
  sensitive: `grid/${grid}/sensitive`,
  diary: `grid/${grid}/diary`,
  notes: `grid/${grid}/building/${building}/notes`,
  earlier: `grid/${grid}/work/${quarters.earlier}`,
  work: `grid/${grid}/work/${quarters.work}`,
  journal: `grid/${grid}/journal/${quarters.journal}`,
}

export function gridDocuments(documents: Documents): GridDocuments {
  const ofQuarters = (names: readonly (keyof typeof quarters)[]): ReadonlyMap<Quarter, Doc> =>
    new Map(
      names.flatMap((name) => {
        const doc = documents.get(name)
        return doc ? [[quarters[name], doc] as const] : []
      }),
    )
  const notes = documents.get('notes')
  return {
    ledger: documents.get('ledger'),
    sensitive: documents.get('sensitive'),
    diary: documents.get('diary'),
    work: ofQuarters(['earlier', 'work']),
    journal: ofQuarters(['journal']),
    notes: new Map(notes && [[building, notes]]),
  }
}
