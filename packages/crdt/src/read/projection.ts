/** The grid as plain data, kept up to date from the documents: only what a change touched is read again, and only when asked for. */
import type { Entry, GridCode, RecordId, Snapshot, Step, Ticket, TrashedEntry } from '@tongge/model'
import { parseRecordId } from '@tongge/model'
import type { Doc, Transaction } from 'yjs'
import type { Changes, GridDocuments, Projection } from '../api.ts'
import { blobsOf } from '../layout.ts'
import { isLocalOrigin } from '../origin.ts'
import { recordIndexOf } from '../record-index.ts'
import { stepIndexOf } from '../step-index.ts'
import { projectRecord } from './project-record.ts'

export interface ProjectionOptions {
  /** Folds the steps of one ticket; undefined when they are no ticket, such as steps without a birth. */
  readonly foldTicket: (steps: readonly Step[]) => Ticket | undefined
}

interface Attached {
  readonly doc: Doc
  /** Everything in the document counts as changed. */
  markAll(): void
  detach(): void
}

export function createProjection(documents: GridDocuments, grid: GridCode, options: ProjectionOptions): Projection {
  const docByName = new Map<string, Attached>()
  const entries = new Map<RecordId, Entry>()
  const trash = new Map<RecordId, TrashedEntry>()
  const tickets = new Map<RecordId, Ticket>()
  const listeners = new Set<(changes: Changes) => void>()
  /** Read again at the next `snapshot`. */
  const stale = { records: new Set<string>(), tickets: new Set<string>() }
  /** Told at the end of the running transaction. */
  let news = { records: new Set<string>(), tickets: new Set<string>() }
  let current: Snapshot = { grid, entries: new Map(), trash: new Map(), tickets: new Map() }

  const mark = (kind: 'records' | 'tickets', ids: Iterable<string>): void => {
    for (const id of ids) {
      stale[kind].add(id)
      news[kind].add(id)
    }
  }
  const tell = (local: boolean): void => {
    if (news.records.size === 0 && news.tickets.size === 0) return
    const changes = { entries: news.records as Set<RecordId>, tickets: news.tickets as Set<RecordId>, local }
    news = { records: new Set(), tickets: new Set() }
    for (const listener of listeners) listener(changes)
  }
  const attach = (name: string, doc: Doc): void => {
    const known = docByName.get(name)
    if (known?.doc === doc) return
    known?.markAll()
    known?.detach()
    const attached = name.startsWith('work/') ? followWork(name, doc) : followRecords(doc)
    docByName.set(name, attached)
    attached.markAll()
  }
  const followRecords = (doc: Doc): Attached => {
    const index = recordIndexOf(doc)
    const stop = [index.observe((ids) => mark('records', ids)), onceDone(doc)]
    return { doc, markAll: () => mark('records', index.ids()), detach: () => stop.forEach((undo) => undo()) }
  }
  const followWork = (name: string, doc: Doc): Attached => {
    const index = stepIndexOf(doc, quarterIn(name))
    const stop = [index.observe((ids) => mark('tickets', ids)), onceDone(doc)]
    return { doc, markAll: () => mark('tickets', index.tickets()), detach: () => stop.forEach((undo) => undo()) }
  }
  const onceDone = (doc: Doc): (() => void) => {
    const done = (transaction: Transaction): void => tell(isLocalOrigin(transaction.origin))
    doc.on('afterTransaction', done)
    return () => doc.off('afterTransaction', done)
  }

  const readRecord = (id: RecordId): void => {
    const ledger = docByName.get('ledger')?.doc
    const projected =
      ledger && blobsOf(ledger).has(id)
        ? projectRecord(ledger, docByName.get('sensitive')?.doc, id, (kind) => kind !== 'note')
        : projectNote(id)
    if (projected && 'entry' in projected) entries.set(id, projected.entry)
    else entries.delete(id)
    if (projected && 'trashed' in projected) trash.set(id, projected.trashed)
    else trash.delete(id)
  }
  const projectNote = (id: RecordId): ReturnType<typeof projectRecord> => {
    for (const [name, { doc }] of docByName) {
      if (name.startsWith('notes/') && blobsOf(doc).has(id))
        return projectRecord(doc, undefined, id, (kind) => kind === 'note')
    }
    return undefined
  }
  const readTicket = (id: RecordId): void => {
    const works = [...docByName].filter(([name]) => name.startsWith('work/'))
    const steps = works.flatMap(([name, { doc }]) => stepIndexOf(doc, quarterIn(name)).stepsOf(id))
    const ticket = steps.length > 0 ? options.foldTicket(steps) : undefined
    if (ticket) tickets.set(id, ticket)
    else tickets.delete(id)
  }

  if (documents.ledger) attach('ledger', documents.ledger)
  if (documents.sensitive) attach('sensitive', documents.sensitive)
  for (const [quarter, doc] of documents.work) attach(`work/${quarter}`, doc)
  for (const [building, doc] of documents.notes) attach(`notes/${building}`, doc)
  news = { records: new Set(), tickets: new Set() }

  return {
    snapshot() {
      if (stale.records.size === 0 && stale.tickets.size === 0) return current
      const hasRecords = stale.records.size > 0
      const hasTickets = stale.tickets.size > 0
      for (const id of idsOf(stale.records)) readRecord(id)
      for (const id of idsOf(stale.tickets)) readTicket(id)
      stale.records.clear()
      stale.tickets.clear()
      current = {
        grid,
        entries: hasRecords ? new Map(entries) : current.entries,
        trash: hasRecords ? new Map(trash) : current.trash,
        tickets: hasTickets ? new Map(tickets) : current.tickets,
      }
      return current
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    attach(name, doc) {
      attach(name, doc)
      tell(false)
    },
    attachAll(added) {
      for (const [name, doc] of added) attach(name, doc)
      tell(false)
    },
    documents: () => ({
      ledger: docByName.get('ledger')?.doc,
      sensitive: docByName.get('sensitive')?.doc,
      work: new Map(named('work/')),
      notes: new Map(named('notes/') as [RecordId, Doc][]),
    }),
    dispose() {
      for (const attached of docByName.values()) attached.detach()
      listeners.clear()
    },
  }

  function named(prefix: string): [string, Doc][] {
    return [...docByName]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { doc }]) => [name.slice(prefix.length), doc])
  }
}

function quarterIn(name: string): string {
  return name.slice('work/'.length)
}

function* idsOf(texts: Iterable<string>): Generator<RecordId> {
  for (const text of texts) {
    const id = parseRecordId(text)
    if (id) yield id
  }
}
