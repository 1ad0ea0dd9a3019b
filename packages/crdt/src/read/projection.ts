/** The grid as plain data, kept up to date from the documents: only what a change touched is read again, and only when asked for. */
import type { Entry, GridCode, Receipt, RecordId, Snapshot, Step, Ticket, TrashedEntry } from '@tongge/model'
import { isLedgerKind, parseRecordId } from '@tongge/model'
import type { Doc, Transaction } from 'yjs'
import type { Changes, GridDocuments, Projection } from '../api.ts'
import { blobsOf } from '../layout.ts'
import { isLocalOrigin } from '../origin.ts'
import { recordIndexOf } from '../record-index.ts'
import { stepIndexOf } from '../step-index.ts'
import { projectRecord } from './project-record.ts'

export interface ProjectionOptions {
  /** Folds the steps of one ticket, with the receipts there are by the ids of the steps; undefined when they are no ticket, such as steps without a birth. */
  readonly foldTicket: (steps: readonly Step[], receipts: ReadonlyMap<RecordId, Receipt>) => Ticket | undefined
  /** A snapshot of an earlier time, shown until the documents that hold its records are attached and read. */
  readonly remembered?: Snapshot | undefined
}

interface Attached {
  readonly doc: Doc
  /** Everything in the document, and everything remembered that ought to be in it, counts as changed. */
  markAll(): void
  detach(): void
}

export function createProjection(
  documents: GridDocuments,
  grid: GridCode,
  { foldTicket, remembered }: ProjectionOptions,
): Projection {
  const docByName = new Map<string, Attached>()
  const entries = new Map<RecordId, Entry>(remembered?.entries)
  const trash = new Map<RecordId, TrashedEntry>(remembered?.trash)
  const tickets = new Map<RecordId, Ticket>(remembered?.tickets)
  const listeners = new Set<(changes: Changes) => void>()
  /** Read again at the next `snapshot`. */
  const stale = { records: new Set<string>(), tickets: new Set<string>() }
  /** Told at the end of the running transaction. */
  let news = nothing()
  let current: Snapshot = { grid, entries: new Map(entries), trash: new Map(trash), tickets: new Map(tickets) }
  /** What differs from `current` by now. */
  const changed = { records: false, tickets: false }

  const mark = (kind: 'records' | 'tickets', ids: Iterable<string>): void => {
    for (const id of ids) {
      stale[kind].add(id)
      news[kind].add(id)
    }
  }
  const markReceived = (ids: Iterable<string>): void => {
    for (const id of ids) {
      stale.tickets.add(id)
      news.received.add(id)
    }
  }
  const tell = (local: boolean): void => {
    const { records, tickets: moved, received } = news
    if (records.size === 0 && moved.size === 0 && received.size === 0) return
    const changes: Changes = {
      entries: records as Set<RecordId>,
      tickets: new Set([...moved, ...received]) as Set<RecordId>,
      received: new Set([...received].filter((id) => !moved.has(id))) as Set<RecordId>,
      local,
    }
    news = nothing()
    for (const listener of listeners) listener(changes)
  }
  const attach = (name: string, doc: Doc): void => {
    const known = docByName.get(name)
    if (known?.doc === doc) return
    known?.markAll()
    known?.detach()
    const attached = name.startsWith('work/')
      ? followWork(name, doc)
      : name.startsWith('journal/')
        ? unread(doc)
        : followRecords(name, doc)
    docByName.set(name, attached)
    attached.markAll()
  }
  const followRecords = (name: string, doc: Doc): Attached => {
    const index = recordIndexOf(doc)
    const stop = [index.observe((ids) => mark('records', ids)), onceDone(doc)]
    const markAll = (): void => {
      mark('records', index.ids())
      for (const known of [entries, trash]) mark('records', idsIn(known.values(), name))
    }
    return { doc, markAll, detach: () => stop.forEach((undo) => undo()) }
  }
  const followWork = (name: string, doc: Doc): Attached => {
    const index = stepIndexOf(doc, quarterIn(name))
    const follow = index.observe((ids, what) => (what === 'steps' ? mark('tickets', ids) : markReceived(ids)))
    const stop = [follow, onceDone(doc)]
    return { doc, markAll: () => mark('tickets', index.tickets()), detach: () => stop.forEach((undo) => undo()) }
  }
  /** Nothing of a journal is shown here. */
  const unread = (doc: Doc): Attached => ({ doc, markAll: () => undefined, detach: () => undefined })
  const onceDone = (doc: Doc): (() => void) => {
    const done = (transaction: Transaction): void => tell(isLocalOrigin(transaction.origin))
    doc.on('afterTransaction', done)
    return () => doc.off('afterTransaction', done)
  }

  const readRecord = (id: RecordId): void => {
    const ledger = docByName.get('ledger')?.doc
    const projected =
      ledger && blobsOf(ledger).has(id)
        ? projectRecord(ledger, beside(), id, isLedgerKind)
        : (projectReporter(id) ?? projectNote(id))
    put(entries, id, projected && 'entry' in projected ? projected.entry : undefined, 'records')
    put(trash, id, projected && 'trashed' in projected ? projected.trashed : undefined, 'records')
  }
  const beside = () => ({ sensitive: docByName.get('sensitive')?.doc, diary: docByName.get('diary')?.doc })
  const projectReporter = (id: RecordId): ReturnType<typeof projectRecord> => {
    const sensitive = docByName.get('sensitive')?.doc
    return sensitive && projectRecord(sensitive, {}, id, (kind) => kind === 'reporter')
  }
  const projectNote = (id: RecordId): ReturnType<typeof projectRecord> => {
    for (const [name, { doc }] of docByName) {
      if (name.startsWith('notes/') && blobsOf(doc).has(id))
        return projectRecord(doc, {}, id, (kind) => kind === 'note')
    }
    return undefined
  }
  const readTicket = (id: RecordId): void => {
    const steps: Step[] = []
    const receipts = new Map<RecordId, Receipt>()
    for (const [name, { doc }] of docByName) {
      if (!name.startsWith('work/')) continue
      const index = stepIndexOf(doc, quarterIn(name))
      for (const step of index.stepsOf(id)) {
        steps.push(step)
        const receipt = earlier(receipts.get(step.id), index.receiptOf(step.id))
        if (receipt) receipts.set(step.id, receipt)
      }
    }
    put(tickets, id, steps.length > 0 ? foldTicket(steps, receipts) : undefined, 'tickets')
  }
  const put = <T>(all: Map<RecordId, T>, id: RecordId, value: T | undefined, kind: keyof typeof changed): void => {
    const known = all.get(id)
    // What was read anew and is as it was keeps its identity, so that nobody who shows it wakes up.
    if (known === value || (known && value && JSON.stringify(known) === JSON.stringify(value))) return
    changed[kind] = true
    if (value) all.set(id, value)
    else all.delete(id)
  }
  /** True when nothing is left to read. */
  const readStale = (limit: number): boolean => {
    let left = limit
    for (const [ids, read] of [
      [stale.records, readRecord],
      [stale.tickets, readTicket],
    ] as const) {
      for (const text of ids) {
        if (left-- <= 0) return false
        ids.delete(text)
        const id = parseRecordId(text)
        if (id) read(id)
      }
    }
    return true
  }

  if (documents.ledger) attach('ledger', documents.ledger)
  if (documents.sensitive) attach('sensitive', documents.sensitive)
  if (documents.diary) attach('diary', documents.diary)
  for (const [quarter, doc] of documents.work) attach(`work/${quarter}`, doc)
  for (const [quarter, doc] of documents.journal ?? []) attach(`journal/${quarter}`, doc)
  for (const [building, doc] of documents.notes) attach(`notes/${building}`, doc)
  news = nothing()

  return {
    snapshot() {
      readStale(Infinity)
      if (!changed.records && !changed.tickets) return current
      current = {
        grid,
        entries: changed.records ? new Map(entries) : current.entries,
        trash: changed.records ? new Map(trash) : current.trash,
        tickets: changed.tickets ? new Map(tickets) : current.tickets,
      }
      changed.records = changed.tickets = false
      return current
    },
    readSome: readStale,
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
    refold() {
      for (const [name, attached] of docByName) if (name.startsWith('work/')) attached.markAll()
      tell(false)
    },
    complete() {
      const isStored = (id: RecordId): boolean =>
        [...docByName].some(([name, { doc }]) => !name.startsWith('work/') && blobsOf(doc).has(id))
      const hasSteps = (id: RecordId): boolean =>
        [...docByName].some(([name, { doc }]) => name.startsWith('work/') && stepIndexOf(doc, quarterIn(name)).has(id))
      mark(
        'records',
        [...entries.keys(), ...trash.keys()].filter((id) => !isStored(id)),
      )
      mark(
        'tickets',
        [...tickets.keys()].filter((id) => !hasSteps(id)),
      )
      tell(false)
    },
    documents: () => ({
      ledger: docByName.get('ledger')?.doc,
      ...beside(),
      work: new Map(named('work/')),
      journal: new Map(named('journal/')),
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

interface News {
  readonly records: Set<string>
  readonly tickets: Set<string>
  /** Tickets of which steps got a receipt. */
  readonly received: Set<string>
}

function nothing(): News {
  return { records: new Set(), tickets: new Set(), received: new Set() }
}

/** A step rests in one document; where somebody put it into two, every replica must pick the same receipt. */
function earlier(a: Receipt | undefined, b: Receipt | undefined): Receipt | undefined {
  return a && b ? (a.received <= b.received ? a : b) : (a ?? b)
}

function quarterIn(name: string): string {
  return name.slice('work/'.length)
}

/** Ids of the records that rest in the document of that name. */
function* idsIn(known: Iterable<Entry | TrashedEntry>, name: string): Generator<RecordId> {
  for (const { id, kind, fields } of known) {
    const building = 'building' in fields ? String(fields['building' as keyof typeof fields]) : ''
    const home = kind === 'note' ? `notes/${building}` : kind === 'reporter' ? 'sensitive' : 'ledger'
    if (home === name) yield id
  }
}
