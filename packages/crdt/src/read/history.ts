/** A record's history 变更记录: the open journals, and what blobs and slots say where the journal is silent. */
import { fieldOf, isKind, isSealed, type AccountId, type Kind, type RecordId, type Value } from '@tongge/model'
import type { Doc } from 'yjs'
import type { GridDocuments, HistoryLine } from '../api.ts'
import { stampOf } from '../authors.ts'
import { homeOf, fieldByCode, journalsOf } from '../documents.ts'
import {
  adoptionField,
  authorSlot,
  blobsOf,
  deletionField,
  journalOf,
  type JournalRow,
  monthsOf,
  journalRowStart,
  parseJournalRow,
  heldMark,
  restorationField,
} from '../layout.ts'
import { parseBlob } from '../stored-blob.ts'
import { overlayOf } from '../slots.ts'

/** Newest first. Empty for a record whose document is not open. */
export function historyOf(documents: GridDocuments, id: RecordId): readonly HistoryLine[] {
  const inLedger = documents.ledger && blobsOf(documents.ledger).has(id)
  const home = inLedger ? documents.ledger : (homeOf(documents, 'note', id) ?? homeOf(documents, 'reporter', id))?.doc
  const blob = home && parseBlob(blobsOf(home).get(id))
  if (!home || !blob || !isKind(blob.k)) return []
  const kind = blob.k
  const journal = journalRowsOf(documents, id)
  const written = new Set(journal.map(({ row: [, field, , , , at, slot] }) => `${field} ${at} ${slot}`))
  const lines = journal.flatMap(({ doc, row }) => lineOf(kind, doc, row) ?? [])
  for (const doc of inLedger ? [home, documents.sensitive] : [home]) lines.push(...slotLines(kind, doc, id, written))
  lines.push({ field: undefined, action: 'created', stamp: stampOf(home, ...blob.c) })
  return withAdoptions(lines, journal).toSorted((a, b) => b.stamp.at - a.stamp.at)
}

/** All that one person wrote in a record at one time is one command's. */
function withAdoptions(lines: readonly HistoryLine[], journal: readonly PlacedRow[]): readonly HistoryLine[] {
  const authors = new Map<string, AccountId>()
  for (const { doc, row } of journal) {
    const [, field, , , author, at, slot] = row
    if (field === adoptionField && typeof author === 'string')
      authors.set(`${at} ${stampOf(doc, at, slot).by}`, author as AccountId)
  }
  if (authors.size === 0) return lines
  return lines.map((line) => {
    const adoptedFrom = authors.get(`${line.stamp.at} ${line.stamp.by}`)
    return adoptedFrom === undefined ? line : { ...line, adoptedFrom }
  })
}

/** By the id of the step: who had taken it first, where the one who stands there adopted it. */
export function adoptedStepsOf(documents: GridDocuments, ticket: RecordId): ReadonlyMap<RecordId, AccountId> {
  const found = new Map<RecordId, AccountId>()
  for (const { row } of journalRowsOf(documents, ticket)) {
    const [, field, , , author] = row
    const step = field.startsWith(adoptionField) ? field.slice(adoptionField.length) : ''
    if (step !== '' && typeof author === 'string') found.set(step as RecordId, author as AccountId)
  }
  return found
}

interface PlacedRow {
  readonly doc: Doc
  readonly row: JournalRow
}

function journalRowsOf(documents: GridDocuments, id: RecordId): readonly PlacedRow[] {
  const rows: PlacedRow[] = []
  const start = journalRowStart(id)
  for (const { doc, quarter } of journalsOf(documents)) {
    for (const month of monthsOf(quarter)) {
      for (const stored of journalOf(doc, month)) {
        const row = typeof stored === 'string' && stored.startsWith(start) ? parseJournalRow(stored) : undefined
        if (row) rows.push({ doc, row })
      }
    }
  }
  return rows
}

function lineOf(kind: Kind, doc: Doc, [, code, action, before, after, at, slot]: JournalRow): HistoryLine | undefined {
  const stamp = stampOf(doc, at, slot)
  if (action === 'd') return { field: undefined, action: 'deleted', stamp }
  if (action === 'r') return { field: undefined, action: 'restored', stamp }
  const field = fieldByCode[kind].get(code)?.name
  if (!field) return undefined
  if (action === 's' || isSealed(kind, field)) return { field, action: 'changed', stamp }
  return { field, action: 'changed', before: toValue(before), after: toValue(after), stamp }
}

/** Writes of which no journal row tells: no journal was open to their author. */
function slotLines(
  kind: Kind,
  doc: Doc | undefined,
  id: RecordId,
  written: ReadonlySet<string>,
): readonly HistoryLine[] {
  const lines: HistoryLine[] = []
  if (!doc) return lines
  for (const [code, writes] of overlayOf(doc, id)) {
    for (const { at, slot, value } of writes) {
      if (at === undefined || written.has(`${code} ${at} ${authorSlot(slot)}`)) continue
      const stamp = stampOf(doc, at, slot)
      const field = fieldByCode[kind].get(code)?.name
      if (code === deletionField) lines.push({ field: undefined, action: 'deleted', stamp })
      else if (code === restorationField) {
        if (value !== heldMark) lines.push({ field: undefined, action: 'restored', stamp })
      } else if (field && fieldOf(kind, field))
        lines.push({ field, action: 'changed', stamp, ...(!isSealed(kind, field) && { after: toValue(value) }) })
    }
  }
  return lines
}

function toValue(stored: unknown): Value | undefined {
  if (typeof stored === 'string' || typeof stored === 'number' || typeof stored === 'boolean') return stored
  return Array.isArray(stored) && stored.every((code) => typeof code === 'string') ? stored : undefined
}
