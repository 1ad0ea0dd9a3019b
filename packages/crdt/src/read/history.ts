/** A record's history 变更记录: the journal of the open work documents, and what blobs and slots say where the journal is silent. */
import { fieldOf, isKind, type Kind, type RecordId, type Value } from '@tongge/model'
import type { Doc } from 'yjs'
import type { GridDocuments, HistoryLine } from '../api.ts'
import { homeOf, isSensitive, nameByCode, workOf } from '../documents.ts'
import {
  blobsOf,
  deletionField,
  journalOf,
  type JournalRow,
  monthsOf,
  parseBlob,
  parseJournalRow,
  restorationField,
  stampOf,
} from '../layout.ts'
import { overlayOf } from '../slots.ts'

/** Newest first. Empty for a record whose document is not open. */
export function historyOf(documents: GridDocuments, id: RecordId): readonly HistoryLine[] {
  const inLedger = documents.ledger && blobsOf(documents.ledger).has(id)
  const home = inLedger ? documents.ledger : homeOf(documents, 'note', id)?.doc
  const blob = home && parseBlob(blobsOf(home).get(id))
  if (!home || !blob || !isKind(blob.k)) return []
  const kind = blob.k
  const journal = journalRowsOf(documents, id)
  const written = new Set(journal.map(([, field, , , , at, by]) => `${field} ${at} ${by}`))
  const lines = journal.flatMap((row) => lineOf(kind, row) ?? [])
  for (const doc of inLedger ? [home, documents.sensitive] : [home]) lines.push(...slotLines(kind, doc, id, written))
  lines.push({ field: undefined, action: 'created', stamp: stampOf(blob.c) })
  return lines.sort((a, b) => b.stamp.at - a.stamp.at)
}

function journalRowsOf(documents: GridDocuments, id: RecordId): readonly JournalRow[] {
  const rows: JournalRow[] = []
  for (const { doc, quarter } of workOf(documents)) {
    for (const month of monthsOf(quarter)) {
      for (const stored of journalOf(doc, month)) {
        const row = Array.isArray(stored) && stored[0] === id ? parseJournalRow(stored) : undefined
        if (row) rows.push(row)
      }
    }
  }
  return rows
}

function lineOf(kind: Kind, [, code, action, before, after, at, by, device]: JournalRow): HistoryLine | undefined {
  const stamp = stampOf([at, by, device])
  if (action === 'd') return { field: undefined, action: 'deleted', stamp }
  if (action === 'r') return { field: undefined, action: 'restored', stamp }
  const field = nameByCode[kind].get(code)
  if (!field) return undefined
  if (action === 's' || isSensitive(kind, field)) return { field, action: 'changed', stamp }
  return { field, action: 'changed', before: toValue(before), after: toValue(after), stamp }
}

/** Writes of which no journal row tells: no work document was open to their author. */
function slotLines(
  kind: Kind,
  doc: Doc | undefined,
  id: RecordId,
  written: ReadonlySet<string>,
): readonly HistoryLine[] {
  const lines: HistoryLine[] = []
  for (const [code, writes] of doc ? overlayOf(doc, id) : []) {
    for (const { stamp, value } of writes) {
      if (!stamp || written.has(`${code} ${stamp.at} ${stamp.by}`)) continue
      const field = nameByCode[kind].get(code)
      if (code === deletionField) lines.push({ field: undefined, action: 'deleted', stamp })
      else if (code === restorationField) lines.push({ field: undefined, action: 'restored', stamp })
      else if (field && fieldOf(kind, field))
        lines.push({ field, action: 'changed', stamp, ...(!isSensitive(kind, field) && { after: toValue(value) }) })
    }
  }
  return lines
}

function toValue(stored: unknown): Value | undefined {
  if (typeof stored === 'string' || typeof stored === 'number' || typeof stored === 'boolean') return stored
  return Array.isArray(stored) && stored.every((code) => typeof code === 'string') ? stored : undefined
}
