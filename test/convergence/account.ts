/** What the test itself knows: every edit, what its author had before them, and what the lights said of it. */
import type { RecordId, Step, Value } from '@tongge/model'
import { getState, type Doc } from 'yjs'

export const documentNames = ['ledger', 'sensitive', 'work'] as const
export type DocumentName = (typeof documentNames)[number]
export type Documents = Readonly<Record<DocumentName, Doc>>

/** One edit's share in one document: it is there once the document knows `client` up to `clock`. */
export interface Trace {
  readonly label: string
  readonly device: string
  readonly document: DocumentName
  readonly client: number
  readonly clock: number
}

/** One write of one field, or of what is like a field: the life of a record, its text, the steps of a ticket. */
export interface Write {
  readonly record: RecordId
  readonly field: string
  readonly value: Value | undefined
  readonly step?: Step | undefined
  /** Part of the record from its beginning. */
  readonly isFirst?: boolean | undefined
  /** Orders the writes of a field, ties by slot. */
  readonly clock: number
  readonly slot: string
  readonly trace: Trace
  /** The writes its author had. */
  readonly seen: ReadonlySet<Write>
}

/** Pseudo-fields: the deletions of a record, its restorations, the steps of a ticket. */
export const deletions = '~'
export const restorations = '+'
export const steps = 'step'

export interface Account {
  readonly writes: Write[]
  /** By device: what this device called saved. */
  readonly saved: Map<string, Set<Trace>>
  readonly synced: Set<Trace>
  /** Fresh for every edit. */
  next(): number
}

export function createAccount(): Account {
  let edits = 0
  return { writes: [], saved: new Map(), synced: new Set(), next: () => ++edits }
}

export function holds(documents: Documents, trace: Trace): boolean {
  return knows(documents[trace.document], trace)
}

export function knows(doc: Doc, { client, clock }: Trace): boolean {
  return getState(doc.store, client) >= clock
}

/** The writes of one field among these that none of the others had seen, newest first. What a record began with gives way to any of them. */
export function leftOf(writes: readonly Write[], record: RecordId, field: string): readonly Write[] {
  const own = writes.filter((write) => write.record === record && write.field === field)
  return own
    .filter((write) => !own.some((later) => later.seen.has(write)))
    .sort((a, b) => b.clock - a.clock || (a.slot < b.slot ? 1 : -1))
}
