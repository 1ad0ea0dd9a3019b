/** Turns a command's edits into one Yjs transaction per touched document, and says what would take them back. */
import type { Edit, Kind, RecordId, Value } from '@tongge/model'
import { documentOf, fieldOf, isLedgerKind, isSealed } from '@tongge/model'
import { Text, type Doc } from 'yjs'
import type { Applied, GridDocuments, Writer } from '../api.ts'
import {
  fieldHomeOf,
  homeOf,
  journalsOf,
  notesOf,
  sensitiveOf,
  ticketHomeOf,
  workOf,
  type Placed,
} from '../documents.ts'
import {
  blobsOf,
  clockAfter,
  descriptionField,
  type JournalRow,
  monthWithin,
  slotKey,
  stepsOf,
  textsOf,
} from '../layout.ts'
import { recordContent } from '../read/record-content.ts'
import { parseBlob } from '../stored-blob.ts'
import { localOrigin, subjectOf, subjectsOf } from '../origin.ts'
import { distinctValues, givenValues, isTrashed, overlayOf, valueKey } from '../slots.ts'
import { stepIndexOf } from '../step-index.ts'
import { appendText, cutText } from '../text/join-texts.ts'
import { adoptionRow, appendJournal, journalRow } from './journal.ts'
import { migrate } from './migrate.ts'
import { appendReveal } from './reveals.ts'
import { type Pen, writeBlob, writeDeletion, writeField, writeHold, writeRestoration } from './record-writes.ts'

/** One edit's part in one document; `write` answers whether it changed anything. */
interface Task extends Placed {
  readonly subject: string
  readonly write: (doc: Doc) => boolean
}

interface Batch {
  readonly documents: GridDocuments
  readonly pen: Pen
  readonly inverse: Edit[]
  readonly journal: JournalRow[]
  /** Where records and tickets of this very batch will rest. */
  readonly born: Map<RecordId, Placed>
  /** The largest clock this batch has given to a ticket's steps. */
  readonly clocks: Map<RecordId, number>
}

/** All edits or none: none when a document that one of them needs is not open. Unchanged values are not written. */
export function applyEdits(documents: GridDocuments, edits: readonly Edit[], writer: Writer): Applied {
  const batch: Batch = {
    documents,
    pen: { writer, at: writer.now() },
    inverse: [],
    journal: [],
    born: new Map(),
    clocks: new Map(),
  }
  const placed = edits.map((edit) => ({ edit, tasks: tasksOf(batch, edit) }))
  const unplaced = placed.filter(({ tasks }) => !tasks).map(({ edit }) => edit)
  if (unplaced.length > 0) return { edits: [], inverse: [], restored: new Map(), documents: [], subjects: [], unplaced }

  const changed = new Set<string>()
  const run = (tasks: readonly Task[]): void => {
    for (const [name, { doc, tasks: own }] of byDocument(tasks)) {
      doc.transact(
        () => {
          for (const task of own) {
            if (!task.write(doc)) continue
            changed.add(name)
          }
          if (changed.has(name)) migrate(doc)
        },
        localOrigin(own.map((task) => task.subject)),
      )
    }
  }
  run(placed.flatMap(({ tasks }) => tasks ?? []))
  const newest = journalsOf(documents)[0]
  if (newest && batch.journal.length > 0) {
    const subjects = localOrigin(subjectsOf(edits.filter((edit) => edit.op !== 'step')))
    newest.doc.transact(() => appendJournal(newest, batch.pen, batch.journal), subjects)
    changed.add(newest.name)
  }
  const restored = edits.flatMap((edit) =>
    edit.op === 'restore' ? [[edit.id, recordContent(documents, edit.kind, edit.id)] as const] : [],
  )
  return {
    edits,
    inverse: batch.inverse.reverse(),
    restored: new Map(restored),
    documents: [...changed],
    subjects: subjectsOf(edits),
    unplaced,
  }
}

/** The documents beside the ledger go first: a deletion there tells what it has seen in them. */
function byDocument(tasks: readonly Task[]): Map<string, { doc: Doc; tasks: Task[] }> {
  const groups = new Map<string, { doc: Doc; tasks: Task[] }>()
  const isBeside = ({ name }: Task): boolean => name === 'sensitive' || name === 'diary'
  for (const task of [...tasks].sort((a, b) => Number(isBeside(b)) - Number(isBeside(a)))) {
    const group = groups.get(task.name)
    if (group) group.tasks.push(task)
    else groups.set(task.name, { doc: task.doc, tasks: [task] })
  }
  return groups
}

function tasksOf(batch: Batch, edit: Edit): readonly Task[] | undefined {
  const subject = subjectOf(edit)
  switch (edit.op) {
    case 'create':
      return createTasks(batch, subject, edit)
    case 'set': {
      const field = fieldOf(edit.kind, edit.field)
      const place = fieldPlaceOf(batch, edit.kind, edit.id, edit.field)
      if (!field || field.type === 'coText' || !place) return undefined
      return [{ ...place, subject, write: (doc) => setField(batch, doc, edit, field.code) }]
    }
    case 'delete':
    case 'restore': {
      const place = placeOf(batch, edit.kind, edit.id)
      return (
        place && [
          {
            ...place,
            subject,
            write: (doc) => (edit.op === 'delete' ? deleteRecord(batch, doc, edit) : restoreRecord(batch, doc, edit)),
          },
        ]
      )
    }
    case 'hold': {
      const place = placeOf(batch, edit.kind, edit.id)
      return place && [{ ...place, subject, write: (doc) => writeHold(doc, batch.pen, edit.id) }]
    }
    case 'appendText':
    case 'cutText':
      return textTasks(batch, subject, edit)
    case 'reveal': {
      const place = sensitiveOf(batch.documents)
      const write = (doc: Doc): boolean => {
        appendReveal(doc, batch.pen, edit)
        return true
      }
      return place && [{ ...place, subject, write }]
    }
    case 'attribute':
      batch.journal.push(adoptionRow(batch.pen, edit))
      return []
    case 'step':
      return stepTasks(batch, subject, edit)
  }
}

function placeOf(batch: Batch, kind: Kind, id: RecordId): Placed | undefined {
  return batch.born.get(id) ?? homeOf(batch.documents, kind, id)
}

function fieldPlaceOf(batch: Batch, kind: Kind, id: RecordId, field: string): Placed | undefined {
  const isAtHome = documentOf(kind, field) === documentOf(kind)
  return isAtHome ? placeOf(batch, kind, id) : fieldHomeOf(batch.documents, kind, id, field)
}

function createTasks(batch: Batch, subject: string, edit: Edit & { op: 'create' }): readonly Task[] | undefined {
  const { documents, pen } = batch
  const home =
    edit.kind === 'note' ? notesOf(documents, edit.fields['building']) : homeOf(documents, edit.kind, edit.id)
  if (!home) return undefined
  const own: Record<string, Value> = {}
  const sensitive: Record<string, Value> = {}
  for (const [name, value] of Object.entries(edit.fields)) {
    const field = fieldOf(edit.kind, name)
    if (!field || field.type === 'coText') return undefined
    // A reporter rests whole in the sensitive document.
    const isApart = home.name !== 'sensitive' && isSealed(edit.kind, name)
    ;(isApart ? sensitive : own)[field.code] = value
  }
  // A reporter bears the id of its ticket, whose steps rest elsewhere.
  if (edit.kind !== 'reporter') batch.born.set(edit.id, home)
  const write = (values: Record<string, Value>) => (doc: Doc) => {
    if (!blobsOf(doc).has(edit.id)) writeBlob(doc, pen, edit.kind, edit.id, values)
    else for (const [code, value] of Object.entries(values)) writeField(doc, pen, edit.id, code, value)
    return true
  }
  const tasks: Task[] = [
    {
      ...home,
      subject,
      write(doc) {
        writeRestoration(doc, pen, edit.id)
        // A ticket is not taken back, and so neither is who reported it.
        if (edit.kind !== 'reporter') batch.inverse.push({ op: 'delete', kind: edit.kind, id: edit.id })
        return write(own)(doc)
      },
    },
  ]
  if (Object.keys(sensitive).length === 0) return tasks
  const place = sensitiveOf(documents)
  return place && [...tasks, { ...place, subject, write: write(sensitive) }]
}

function setField(batch: Batch, doc: Doc, edit: Edit & { op: 'set' }, code: string): boolean {
  const blob = parseBlob(blobsOf(doc).get(edit.id))
  const given = distinctValues(givenValues(blob, code, overlayOf(doc, edit.id).get(code) ?? []))
  const before = given[0]?.value ?? undefined
  if (given.length < 2 && valueKey(before) === valueKey(edit.value)) return false
  writeField(doc, batch.pen, edit.id, code, edit.value ?? null)
  batch.inverse.push({ ...edit, value: before as Value | undefined })
  const lost =
    given.length < 2
      ? [before]
      : given.map((one) => one.value ?? undefined).filter((value) => valueKey(value) !== valueKey(edit.value))
  for (const value of lost) batch.journal.push(journalRow(batch.pen, edit, code, value))
  return true
}

function deleteRecord(batch: Batch, doc: Doc, edit: Edit & { op: 'delete' }): boolean {
  const beside = isLedgerKind(edit.kind) ? batch.documents : {}
  if (isTrashed(doc, beside, edit.id)) return false
  writeDeletion(doc, beside, batch.pen, edit.id)
  batch.inverse.push({ op: 'restore', kind: edit.kind, id: edit.id })
  batch.journal.push(journalRow(batch.pen, edit))
  return true
}

function restoreRecord(batch: Batch, doc: Doc, edit: Edit & { op: 'restore' }): boolean {
  if (!writeRestoration(doc, batch.pen, edit.id)) return false
  batch.inverse.push({ op: 'delete', kind: edit.kind, id: edit.id })
  batch.journal.push(journalRow(batch.pen, edit))
  return true
}

function textTasks(
  batch: Batch,
  subject: string,
  edit: Edit & { op: 'appendText' | 'cutText' },
): readonly Task[] | undefined {
  const { kind, id, field, from } = edit
  const known = fieldOf(kind, field)
  const place = fieldPlaceOf(batch, kind, id, field)
  if (known?.type !== 'coText' || !place) return undefined
  const write = (doc: Doc): boolean => {
    if (edit.op === 'cutText') {
      const isCut = cutText(doc, id, known.code, edit.text)
      if (isCut) batch.inverse.push({ op: 'appendText', kind, id, field, from })
      return isCut
    }
    const text = appendText(doc, batch.pen, id, known.code, from)
    if (text !== undefined) batch.inverse.push({ op: 'cutText', kind, id, field, from, text })
    return text !== undefined
  }
  return [{ ...place, subject, write }]
}

/** A ticket's later steps follow its first into the work document where it began. */
function stepTasks(batch: Batch, subject: string, edit: Edit & { op: 'step' }): readonly Task[] | undefined {
  const { step, description } = edit
  const known = batch.born.get(step.ticket) ?? ticketHomeOf(batch.documents, step.ticket)
  const place = workOf(batch.documents).find((work) => (known ? work.name === known.name : step.birth))
  if (!place) return undefined
  batch.born.set(step.ticket, place)
  const write = (doc: Doc): boolean => {
    const seen = stepIndexOf(doc, place.quarter)
      .stepsOf(step.ticket)
      .map((known) => known.clock)
    const clock = clockAfter(batch.pen.at, Math.max(-1, batch.clocks.get(step.ticket) ?? -1, ...seen))
    batch.clocks.set(step.ticket, clock)
    stepsOf(doc, monthWithin(place.quarter, step.at)).push([JSON.stringify({ ...step, clock })])
    if (description)
      textsOf(doc).set(slotKey(step.ticket, descriptionField, batch.pen.writer.slot), new Text(description))
    return true
  }
  return [{ name: place.name, doc: place.doc, subject, write }]
}
