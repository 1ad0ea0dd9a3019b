/** What the test itself knows: every edit, what its author had before them, and what the lights said of it. */
import type { AccountId, RecordId, Step, Value } from '@tongge/model'
import { createID, getItem, getState, type Doc } from 'yjs'

/** `earlier` is the work of the quarter before. */
export const documentNames = ['ledger', 'sensitive', 'notes', 'earlier', 'work'] as const
export type DocumentName = (typeof documentNames)[number]
/** Those that are open: whoever came before the quarter turned has nothing of the new one. */
export type Documents = ReadonlyMap<DocumentName, Doc>

export interface ItemId {
  readonly client: number
  readonly clock: number
}

export interface CharacterItem extends ItemId {
  readonly character: string
}

/** One edit's share in one document: it is there once the document knows `client` up to `clock`, and the removed items no more. */
export interface Trace extends ItemId {
  readonly label: string
  readonly device: string
  readonly document: DocumentName
  readonly removed: readonly ItemId[]
}

/** One write of one field, or of what is like a field: the life of a record, its text, the steps of a ticket. */
export interface Write {
  readonly record: RecordId
  readonly field: string
  /** Of a text: the characters put in. */
  readonly value: Value | undefined
  /** Each of them by itself: one that stands elsewhere too is another. */
  readonly characters: readonly CharacterItem[]
  /** Of a text: the characters taken out. */
  readonly removed?: string | undefined
  /** Of a text: all of another text, put in or taken out by a merge and its undo. */
  readonly joins?: boolean | undefined
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
  /** The documents of devices that lost a row; see `damageOf`. */
  readonly damaged: Set<string>
  readonly noteAuthors: Map<RecordId, AccountId>
  /** What must never happen, and did. */
  readonly problems: string[]
  readonly tally: { together: number; undone: number; skipped: number; foreign: number }
  /** Fresh for every edit. */
  next(): number
}

export function createAccount(): Account {
  let edits = 0
  return {
    writes: [],
    saved: new Map(),
    synced: new Set(),
    damaged: new Set(),
    noteAuthors: new Map(),
    problems: [],
    tally: { together: 0, undone: 0, skipped: 0, foreign: 0 },
    next: () => ++edits,
  }
}

export function damageOf(device: string, document: string): string {
  return `${device} ${document}`
}

export function heldBy(documents: Documents, { writes }: Account): readonly Write[] {
  return writes.filter(({ trace }) => holds(documents, trace))
}

export function holds(documents: Documents, trace: Trace): boolean {
  const doc = documents.get(trace.document)
  return doc !== undefined && knows(doc, trace)
}

export function knows(doc: Doc, { client, clock, removed }: Trace): boolean {
  return getState(doc.store, client) >= clock && removed.every((item) => isRemoved(doc, item))
}

function isRemoved({ store }: Doc, { client, clock }: ItemId): boolean {
  return getState(store, client) > clock && getItem(store, createID(client, clock)).deleted
}

/** The writes of one field among these of its record that none of the others had seen, newest first. What a record began with gives way to any of them. */
export function leftOf(writes: readonly Write[], field: string): readonly Write[] {
  const own = writes.filter((write) => write.field === field)
  if (own.length < 2) return own
  return own
    .filter((write) => !own.some((later) => later.seen.has(write)))
    .sort((a, b) => Number(a.isFirst ?? 0) - Number(b.isFirst ?? 0) || b.clock - a.clock || (a.slot < b.slot ? 1 : -1))
}
