/** Carries out one edit and writes into the account what it was, what its author had, and what the device says of it afterwards. */
import type { Writer } from '@tongge/crdt'
import { fieldOf, type AccountId } from '@tongge/model'
import { generationOf } from '@tongge/protocol'
import type { VaultProvider } from '@tongge/sync'
import { ContentString, createID, getItem, getState, type Doc, type Item, type Transaction } from 'yjs'
import {
  heldBy,
  nameOf,
  type Account,
  type DocumentName,
  type Documents,
  type ItemId,
  type Trace,
  type Write,
} from './account.ts'
import { inOrder, valueText } from './record-view.ts'
import { shapeOf } from './shapes.ts'

export interface Author {
  readonly device: string
  readonly documents: Documents
  readonly vaults: ReadonlyMap<DocumentName, VaultProvider>
  readonly writer: Writer & { readonly account: AccountId }
  readonly account: Account
  readonly isAlive: () => boolean
}

/** A write before it is made: what the account needs to know and cannot see. */
export type Draft = Pick<Write, 'record' | 'field' | 'value' | 'removed' | 'joins' | 'step' | 'isFirst'>

/** One edit, of one record or of many: what it writes into a document arrives as one, or not at all. */
export function carryOut<T>(author: Author, drafts: readonly Draft[], work: (writer: Writer) => T): T {
  const { device, documents, writer, account } = author
  const seen = new Set(heldBy(documents, account))
  const compare = (what: string, items: readonly CharacterItem[], expected: string): void => {
    const actual = inOrder(items.map(({ character }) => character))
    if (actual !== inOrder(expected.split(''))) account.problems.push(`${what} ${actual}, and not ${expected}`)
  }
  const homes = drafts.map((draft) => homeOf(draft, documents, seen))
  const before = clocksOf(documents)
  const at = writer.now()
  const { result, touched } = listening(documents, () => work({ ...writer, now: () => at }))
  const label = drafts.map(({ record, field, value }) => `${record} ${field} ${valueText(value)}`).join(', ')
  const subjects = drafts.map(({ record }) => `${shapeOf(record).kind}/${record}`)
  for (const [name, doc] of documents) {
    const own = drafts.filter((_, index) => homes[index] === name)
    const reached = getState(doc.store, doc.clientID)
    const clock = reached === before.get(name) ? 0 : reached
    const isCut = own.some((draft) => draft.removed)
    if (clock === 0 && !isCut) {
      if (own.length > 0) account.problems.push(`${label} wrote nothing into ${name}`)
      continue
    }
    const { put = [], removed = [] } = touched.get(doc) ?? {}
    const texts = own.filter(isOfText)
    compare(`${label} put in`, put, texts.map(({ value }) => valueText(value)).join(''))
    compare(`${label} took out`, removed, texts.map((draft) => draft.removed ?? '').join(''))
    const generation = generationOf(doc.guid)
    const named = put.map((item) => ({ character: item.character, name: nameOf(account, generation, item) }))
    const gone = removed.map((item) => nameOf(account, generation, item))
    const shares = new Map([[generation, { client: doc.clientID, clock, removed, gone }]])
    const trace: Trace = { label, device, document: name, generation, shares }
    follow(author, trace, subjects)
    for (const draft of own) {
      const clock = Math.max(clockOf(draft, at, seen), generation > 1 ? storedClock(doc, draft, writer.slot) : 0)
      const step = draft.step && { ...draft.step, clock }
      const characters = isOfText(draft) ? named : []
      account.writes.push({ ...draft, step, clock, slot: writer.slot, trace, seen, characters })
    }
  }
  return result
}

/** A ticket goes on where it began, and begins in the newest quarter that is open. */
function homeOf({ record, field }: Draft, documents: Documents, seen: ReadonlySet<Write>): DocumentName {
  const { kind, text } = shapeOf(record)
  if (kind === 'note') return 'notes'
  if (kind !== 'ticket' && field === text) return 'diary'
  if (kind !== 'ticket') return field === 'idNo' ? 'sensitive' : 'ledger'
  for (const write of seen) if (write.record === record && write.isFirst) return write.trace.document
  return documents.has('work') ? 'work' : 'earlier'
}

/** Later than every write of the field that its author had; what a record began with has no clock. */
function clockOf({ record, field }: Draft, at: number, seen: ReadonlySet<Write>): number {
  let clock = at
  for (const write of seen)
    if (write.record === record && write.field === field && (write.step || !write.isFirst))
      clock = Math.max(clock, write.clock + 1)
  return clock
}

/** After a fold it may be later: the clocks of the fields that went into the blob are no longer told apart. */
function storedClock(doc: Doc, { record, field }: Draft, slot: string): number {
  const { kind } = shapeOf(record)
  const code = kind === 'ticket' ? undefined : fieldOf(kind, field)?.code
  const stored = doc.getMap('s').get(`${record}/${code ?? field}/${slot}`)
  return Array.isArray(stored) && typeof stored[1] === 'number' ? stored[1] : 0
}

function clocksOf(documents: Documents): ReadonlyMap<DocumentName, number> {
  return new Map([...documents].map(([name, doc]) => [name, getState(doc.store, doc.clientID)]))
}

/** An edit puts characters into one text at most. */
function isOfText({ record, field }: Draft): boolean {
  return field === shapeOf(record).text
}

interface CharacterItem extends ItemId {
  readonly character: string
}

/** What was put into the texts of a document, and taken out. */
interface Touched {
  readonly put: CharacterItem[]
  readonly removed: CharacterItem[]
}

/** Also tells which characters the work touched. */
function listening<T>(
  documents: Documents,
  work: () => T,
): { readonly result: T; readonly touched: ReadonlyMap<Doc, Touched> } {
  const touched = new Map<Doc, Touched>([...documents.values()].map((doc) => [doc, { put: [], removed: [] }]))
  const listen = ({ doc, deleteSet, beforeState, afterState }: Transaction): void => {
    const { put, removed } = touched.get(doc) ?? {}
    put?.push(...charactersIn(doc, doc.clientID, beforeState.get(doc.clientID) ?? 0, afterState.get(doc.clientID) ?? 0))
    for (const [client, ranges] of deleteSet.clients)
      for (const { clock, len } of ranges) removed?.push(...charactersIn(doc, client, clock, clock + len))
  }
  for (const doc of documents.values()) doc.on('afterTransaction', listen)
  const result = work()
  for (const doc of documents.values()) doc.off('afterTransaction', listen)
  return { result, touched }
}

export function charactersIn({ store }: Doc, client: number, from: number, to: number): readonly CharacterItem[] {
  const found: CharacterItem[] = []
  for (let clock = from; clock < to; clock++) {
    const { id, content } = getItem(store, createID(client, clock)) as Partial<Item>
    if (id && content instanceof ContentString)
      found.push({ client, clock, character: content.str.charAt(clock - id.clock) })
  }
  return found
}

/** Writes down what the device says of an edit: saved, and that its subjects no longer wait for the relay. */
function follow({ vaults, account, isAlive }: Author, trace: Trace, subjects: readonly string[]): void {
  const vault = vaults.get(trace.document)
  if (!vault) return
  const saved = account.saved.get(trace.device) ?? new Set()
  account.saved.set(trace.device, saved)
  vault.durable().then(
    () => {
      if (isAlive()) saved.add(trace)
    },
    () => undefined,
  )
  const stop = vault.onWaiting((waiting) => {
    if (!isAlive() || subjects.some((subject) => waiting.has(subject))) return
    stop()
    account.synced.add(trace)
  })
}
