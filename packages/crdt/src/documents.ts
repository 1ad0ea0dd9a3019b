/** Which document a thing of a grid rests in, and how that document is named among the open ones. */
import {
  documentOf,
  type Field,
  type FieldTable,
  type Kind,
  type Quarter,
  type RecordDocument,
  type RecordId,
  tables,
} from '@tongge/model'
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

export function diaryOf(documents: GridDocuments): Placed | undefined {
  return documents.diary && { name: 'diary', doc: documents.diary }
}

/** The document that holds a field of a record: the record's own, or one beside it. */
export function fieldHomeOf(documents: GridDocuments, kind: Kind, id: RecordId, field: string): Placed | undefined {
  const document = documentOf(kind, field)
  if (document === 'sensitive') return sensitiveOf(documents)
  return document === 'diary' ? diaryOf(documents) : homeOf(documents, kind, id)
}

export interface PlacedQuarter extends Placed {
  readonly quarter: Quarter
}

/** Newest quarter first. */
export function workOf(documents: GridDocuments): readonly PlacedQuarter[] {
  return quartersOf('work', documents.work)
}

/** Newest quarter first. */
export function journalsOf(documents: GridDocuments): readonly PlacedQuarter[] {
  return quartersOf('journal', documents.journal ?? new Map<Quarter, Doc>())
}

function quartersOf(kind: string, docs: ReadonlyMap<Quarter, Doc>): readonly PlacedQuarter[] {
  const quarters = [...docs].sort(([a], [b]) => (a < b ? 1 : -1))
  return quarters.map(([quarter, doc]) => ({ name: `${kind}/${quarter}`, quarter, doc }))
}

/** The work document in which a ticket began: the oldest that knows it. */
export function ticketHomeOf(documents: GridDocuments, ticket: RecordId): PlacedQuarter | undefined {
  return workOf(documents).findLast((work) => stepIndexOf(work.doc, work.quarter).has(ticket))
}

export interface NamedField {
  readonly name: string
  readonly field: Field
  /** In which it rests. */
  readonly document: RecordDocument
}

/** The fields of each kind by their codes. */
export const fieldByCode: Readonly<Record<Kind, ReadonlyMap<string, NamedField>>> = Object.fromEntries(
  Object.entries(tables).map(([kind, table]: [string, FieldTable]) => [
    kind,
    new Map(
      Object.entries(table).map(([name, field]) => [
        field.code,
        { name, field, document: documentOf(kind as Kind, name) },
      ]),
    ),
  ]),
) as unknown as Readonly<Record<Kind, ReadonlyMap<string, NamedField>>>

/** The kind of record whose co-edited text of that code a document holds that does not hold the record itself. */
export function kindOfText(code: string): Kind | undefined {
  return (Object.keys(fieldByCode) as Kind[]).find((kind) => fieldByCode[kind].get(code)?.field.type === 'coText')
}
