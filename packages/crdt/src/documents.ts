/** Which document a thing of a grid rests in, and how that document is named among the open ones. */
import { type Field, type FieldTable, isSealed, type Kind, type Quarter, type RecordId, tables } from '@tongge/model'
import type { Doc } from 'yjs'
import type { GridDocuments } from './api.ts'
import { blobsOf } from './layout.ts'
import { stepIndexOf } from './step-index.ts'

export interface Placed {
  readonly name: string
  readonly doc: Doc
}

/** The document that holds the record itself. */
export function homeOf(documents: GridDocuments, kind: Kind, id: RecordId): Placed | undefined {
  if (kind === 'reporter') return sensitiveOf(documents)
  if (kind !== 'note') return documents.ledger && { name: 'ledger', doc: documents.ledger }
  for (const [building, doc] of documents.notes) if (blobsOf(doc).has(id)) return { name: `notes/${building}`, doc }
  return undefined
}

export function notesOf(documents: GridDocuments, building: unknown): Placed | undefined {
  const doc = documents.notes.get(building as RecordId)
  return doc && { name: `notes/${String(building)}`, doc }
}

export function sensitiveOf(documents: GridDocuments): Placed | undefined {
  return documents.sensitive && { name: 'sensitive', doc: documents.sensitive }
}

export interface PlacedWork extends Placed {
  readonly quarter: Quarter
}

/** Newest quarter first. */
export function workOf(documents: GridDocuments): readonly PlacedWork[] {
  const quarters = [...documents.work].sort(([a], [b]) => (a < b ? 1 : -1))
  return quarters.map(([quarter, doc]) => ({ name: `work/${quarter}`, quarter, doc }))
}

/** The work document in which a ticket began: the oldest that knows it. */
export function ticketHomeOf(documents: GridDocuments, ticket: RecordId): PlacedWork | undefined {
  return workOf(documents).findLast((work) => stepIndexOf(work.doc, work.quarter).has(ticket))
}

export interface NamedField {
  readonly name: string
  readonly field: Field
  /** Rests in the sensitive document. */
  readonly isSealed: boolean
}

/** The fields of each kind by their codes. */
export const fieldByCode: Readonly<Record<Kind, ReadonlyMap<string, NamedField>>> = Object.fromEntries(
  Object.entries(tables).map(([kind, table]: [string, FieldTable]) => [
    kind,
    new Map(
      Object.entries(table).map(([name, field]) => [
        field.code,
        { name, field, isSealed: isSealed(kind as Kind, name) },
      ]),
    ),
  ]),
) as unknown as Readonly<Record<Kind, ReadonlyMap<string, NamedField>>>
