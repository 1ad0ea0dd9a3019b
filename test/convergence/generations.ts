/** Follows the relay's log, and notes in the account what each generation of a document has of the edits that were made in earlier ones. */
import { generationName, generationOf, lineageOf } from '@tongge/protocol'
import { ContentString, decodeUpdate, Text, type Doc, type Item } from 'yjs'
import type { Stored } from '../support/test-relay.ts'
import {
  documentNames,
  itemKey,
  knows,
  nameOf,
  type Account,
  type DocumentName,
  type ItemId,
  type Trace,
  type Write,
} from './account.ts'
import { fullNames } from './grid-documents.ts'

/** `content` is what the log holds of a document, these rows included. */
export function followGenerations(account: Account, content: (document: string) => Promise<Doc>) {
  const begun = new Set<string>()

  const begin = async (document: string, update: Uint8Array): Promise<void> => {
    const [generation, lineage] = [generationOf(document), lineageOf(document)]
    const [old, next] = [await content(generationName(lineage, generation - 1)), await content(document)]
    account.tally.renewals++
    nameFolded(account, old, next)
    const end = endOf(update)
    for (const trace of tracesOf(account, lineage)) {
      const share = trace.shares.get(generation - 1)
      if (share && knows(old, trace)) trace.shares.set(generation, { ...end, removed: [], gone: share.gone })
    }
  }

  const carry = async (document: string, added: readonly (Uint8Array | undefined)[]): Promise<void> => {
    const [from, lineage] = [generationOf(document), lineageOf(document)]
    const old = await content(document)
    const late = tracesOf(account, lineage).filter((trace) => !trace.shares.has(from + 1) && knows(old, trace))
    account.tally.late += late.length
    const gone = new Set(late.flatMap(({ shares }) => shares.get(from)?.gone ?? []))
    for (const [index, update] of added.entries()) {
      const generation = from + 1 + index
      const next = await content(generationName(lineage, generation))
      const removed = update ? removedBy(update) : []
      const goneHere = new Set(
        removed.map((item) => nameOf(account, generation, item)).filter((name) => gone.has(name)),
      )
      const left = nameCarried(account, next, endOf(update), late, gone)
      for (const name of left) if (gone.has(name)) goneHere.add(name)
      for (const { shares } of late) {
        const own = shares.get(from)?.gone ?? []
        // A removal takes only what still stands there as its author saw it.
        shares.set(generation, { ...endOf(update), removed, gone: own.filter((name) => goneHere.has(name)) })
      }
    }
  }

  return async ({ rows, carries }: Stored): Promise<void> => {
    for (const { document, update } of rows) {
      if (generationOf(document) < 2 || begun.has(document)) continue
      begun.add(document)
      await begin(document, update)
    }
    for (const { document, added } of carries) await carry(document, added)
  }
}

function tracesOf({ writes }: Account, lineage: string): readonly Trace[] {
  const name: DocumentName | undefined = documentNames.find((one) => fullNames[one] === lineage)
  return [...new Set(writes.map(({ trace }) => trace))].filter(({ document }) => document === name)
}

/** All structs of such an update are of one client. */
function endOf(update: Uint8Array | undefined): ItemId {
  const last = update && decodeUpdate(update).structs.at(-1)
  return last ? { client: last.id.client, clock: last.id.clock + last.length } : { client: 0, clock: 0 }
}

function removedBy(update: Uint8Array): readonly ItemId[] {
  return [...decodeUpdate(update).ds.clients].flatMap(([client, ranges]) =>
    ranges.flatMap(({ clock, len }) => Array.from({ length: len }, (_, index) => ({ client, clock: clock + index }))),
  )
}

/** A fold copies each text as it stands. */
function nameFolded(account: Account, old: Doc, next: Doc): void {
  for (const [key, text] of next.getMap('texts').entries()) {
    const before = old.getMap('texts').get(key)
    if (!(text instanceof Text) || !(before instanceof Text)) continue
    const [here, there] = [itemsOf(text), itemsOf(before)]
    for (const [index, item] of here.entries()) {
      const same = there[index]
      if (same) account.names.set(itemKey(generationOf(next.guid), item), nameOf(account, generationOf(old.guid), same))
    }
  }
}

function itemsOf(text: Text): readonly ItemId[] {
  const items: ItemId[] = []
  // oxlint-disable-next-line no-underscore-dangle -- there is no public way to tell an item of a text
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.content instanceof ContentString)
      for (let index = 0; index < item.length; index++)
        items.push({ client: item.id.client, clock: item.id.clock + index })
  return items
}

/** Of equal characters that came late, those that are still there are the ones that were carried. Answers the names of the others. */
function nameCarried(
  account: Account,
  next: Doc,
  end: ItemId,
  late: readonly Trace[],
  gone: ReadonlySet<string>,
): readonly string[] {
  const generation = generationOf(next.guid)
  const traces = new Set(late)
  const waiting = account.writes
    .filter(({ trace, characters }) => traces.has(trace) && characters.length > 0)
    .flatMap(charactersOf)
  waiting.sort((a, b) => Number(gone.has(a.name)) - Number(gone.has(b.name)))
  for (const { record, character, ...item } of carriedIn(next, end)) {
    const index = waiting.findIndex((one) => one.record === record && one.character === character)
    const [same] = index < 0 ? [] : waiting.splice(index, 1)
    if (same) account.names.set(itemKey(generation, item), same.name)
    else account.problems.push(`${character} of ${record} was carried over, and nobody put it in late`)
  }
  return waiting.map(({ name }) => name)
}

interface Placed {
  readonly record: string
  readonly character: string
}

function charactersOf({ record, characters }: Write): readonly (Placed & { readonly name: string })[] {
  return characters.map((one) => ({ ...one, record }))
}

function carriedIn({ store }: Doc, { client, clock: end }: ItemId): readonly (Placed & ItemId)[] {
  const found: (Placed & ItemId)[] = []
  for (const struct of store.clients.get(client) ?? []) {
    const { id, content, parent, length } = struct as Partial<Item> & { readonly length: number }
    if (!id || id.clock >= end || !(content instanceof ContentString) || !(parent instanceof Text)) continue
    // oxlint-disable-next-line no-underscore-dangle -- there is no public way to tell where a text hangs
    const [record = ''] = (parent._item?.parentSub ?? '').split('/', 1)
    for (let index = 0; index < length; index++)
      found.push({ record, character: content.str.charAt(index), client, clock: id.clock + index })
  }
  return found
}
