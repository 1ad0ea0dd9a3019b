/** What the test itself knows: every edit, what its author had before them, and what the lights said of it. */
import type { AccountId, RecordId, Step, Value } from '@tongge/model'
import { generationOf } from '@tongge/protocol'
import { createID, getItem, getState, type Doc } from 'yjs'

/** `earlier` is the work of the quarter before. */
export const documentNames = ['ledger', 'sensitive', 'diary', 'notes', 'earlier', 'work', 'journal'] as const
export type DocumentName = (typeof documentNames)[number]
/** Those that are open, each named by its guid: whoever came before the quarter turned has nothing of the new one. */
export type Documents = ReadonlyMap<DocumentName, Doc>

export interface ItemId {
  readonly client: number
  readonly clock: number
}

export interface Character {
  readonly character: string
  /** Its own wherever it is carried: a copy that a merge puts somewhere else is another. */
  readonly name: string
}

/** What an edit is in one generation of a document: it is there once the document knows `client` up to `clock`, and the removed items no more. */
export interface Share extends ItemId {
  readonly removed: readonly ItemId[]
  /** Names of the characters that are gone with it. */
  readonly gone: readonly string[]
}

/** One edit's share in one document. */
export interface Trace {
  readonly label: string
  readonly device: string
  readonly document: DocumentName
  /** In which it was made. */
  readonly generation: number
  /** By generation: that one, and later ones as far as it has been taken or carried over. */
  readonly shares: Map<number, Share>
}

/** One write of one field, or of what is like a field: the life of a record, its text, the steps of a ticket. */
export interface Write {
  readonly record: RecordId
  readonly field: string
  /** Of a text: the characters put in. */
  readonly value: Value | undefined
  /** Each of them by itself: one that stands elsewhere too is another. */
  readonly characters: readonly Character[]
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
  /** By `itemKey`: names of characters that stand in an item other than the one they were first put in. */
  readonly names: Map<string, string>
  /** What must never happen, and did. */
  readonly problems: string[]
  readonly tally: { together: number; undone: number; skipped: number; foreign: number; renewals: number; late: number }
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
    names: new Map(),
    problems: [],
    tally: { together: 0, undone: 0, skipped: 0, foreign: 0, renewals: 0, late: 0 },
    next: () => ++edits,
  }
}

export function damageOf(device: string, document: string): string {
  return `${device} ${document}`
}

export function heldBy(documents: Documents, { writes }: Account): readonly Write[] {
  return writes.filter(({ trace }) => holds(documents, trace))
}

export function generationIn(documents: Documents, name: DocumentName): number {
  return generationOf(documents.get(name)?.guid ?? '')
}

export function holds(documents: Documents, trace: Trace): boolean {
  const doc = documents.get(trace.document)
  return doc !== undefined && knows(doc, trace)
}

/** Of an edit of another generation it may know what has been taken or carried over. */
export function knows(doc: Doc, { shares }: Trace): boolean {
  const share = shares.get(generationOf(doc.guid))
  return (
    share !== undefined &&
    getState(doc.store, share.client) >= share.clock &&
    share.removed.every((item) => isRemoved(doc, item))
  )
}

export function nameOf({ names }: Account, generation: number, { client, clock }: ItemId): string {
  return names.get(itemKey(generation, { client, clock })) ?? `${client}:${clock}`
}

export function itemKey(generation: number, { client, clock }: ItemId): string {
  return `${generation}/${client}:${clock}`
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
