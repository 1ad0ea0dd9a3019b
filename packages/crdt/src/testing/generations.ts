/** Devices and a relay whose documents are folded at any moment, with the account of who had seen what kept by hand. For tests. */
import type { AccountId, Edit, Instant, Stamp } from '@tongge/model'
import { applyUpdate, type Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { GridDocuments, Writer } from '../api.ts'
import { carryOver } from '../fold/carry-over.ts'
import { foldGeneration } from '../fold/fold-generation.ts'
import { applyEdits } from '../write/apply-edits.ts'
import { docNameOf, docNames, docOf, type DocName, type FieldOfPerson, person, stampBy } from './replicas.ts'

export interface Seen {
  readonly field: FieldOfPerson | '~' | '+'
  readonly value: string | undefined
  readonly stamp: Stamp
  readonly knew: ReadonlySet<Seen>
}

/** One document in the generations that this place has, oldest first, and the writes each of them has taken in. */
interface Held {
  readonly generations: { readonly doc: Doc; readonly known: Set<Seen> }[]
}

export interface Place {
  readonly isRelay: boolean
  readonly held: Readonly<Record<DocName, Held>>
}

export interface Hand extends Place {
  readonly writer: Writer
}

export function createPlaces(count: number): { readonly relay: Place; readonly hands: readonly Hand[] } {
  let time = 1_800_000_000_000
  const relay = placeOf(100, true)
  const hands = Array.from({ length: count }, (_, index) => ({
    ...placeOf(index + 1, false),
    writer: {
      slot: `s${index}`,
      account: `a${index}` as AccountId,
      device: `d${index}`,
      now: (): Instant => (time += 1000),
    },
  }))
  const [first] = hands
  if (first)
    applyEdits(
      newestOf(first),
      [{ op: 'create', kind: 'person', id: person, fields: { name: 'v0', phone: 'v0', idNo: 'v0' } }],
      first.writer,
    )
  for (const hand of hands) for (const name of docNames) if (first) meet(first, hand, name)
  return { relay, hands }
}

function placeOf(clientId: number, isRelay: boolean): Place {
  const held = (): Held => ({ generations: [{ doc: docOf(clientId), known: new Set() }] })
  return { isRelay, held: { ledger: held(), sensitive: held() } }
}

export function newestOf({ held }: Place): GridDocuments {
  return {
    ledger: held.ledger.generations.at(-1)?.doc,
    sensitive: held.sensitive.generations.at(-1)?.doc,
    work: new Map(),
    notes: new Map(),
  }
}

export function write(hand: Hand, edit: Edit, account: Seen[]): void {
  const knew = new Set(docNames.flatMap((name) => [...(hand.held[name].generations.at(-1)?.known ?? [])]))
  const at = hand.writer.now()
  const stamp = stampBy(hand.writer, at)
  const applied = applyEdits(newestOf(hand), [edit], { ...hand.writer, now: () => at })
  const note = (field: Seen['field'], value: string | undefined): void => {
    const seen = { field, value, stamp, knew }
    account.push(seen)
    hand.held[docNameOf(field)].generations.at(-1)?.known.add(seen)
  }
  if (applied.documents.length === 0) return
  if (edit.op === 'set') note(edit.field as FieldOfPerson, edit.value === undefined ? undefined : String(edit.value))
  if (edit.op === 'delete') note('~', 'deleted')
  if (edit.op === 'restore') {
    note('~', undefined)
    note('+', 'restored')
  }
}

/** Two places exchange every generation that both have; the relay carries what arrives late into the next. */
export function meet(one: Place, other: Place, name: DocName): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
    [one, other],
  ] as const) {
    for (const [generation, { doc, known }] of from.held[name].generations.entries()) {
      const later = to.held[name].generations.slice(generation, to.isRelay ? undefined : generation + 1)
      const [target] = later
      if (!target) continue
      carryOver(
        later.map((each) => each.doc),
        encodeStateAsUpdate(doc, encodeStateVector(target.doc)),
      )
      for (const seen of known) for (const each of later) each.known.add(seen)
    }
  }
}

/** The relay begins the next generation of a document. */
export function fold(relay: Place, name: DocName): void {
  const { generations } = relay.held[name]
  const last = generations.at(-1)
  if (!last) return
  const doc = docOf(901 + generations.length)
  applyUpdate(doc, foldGeneration(last.doc, 950 + generations.length))
  generations.push({ doc, known: new Set(last.known) })
}

/** A device goes over to the relay's newest generation, keeping what it may not have sent of the old. */
export function move(relay: Place, hand: Hand, name: DocName, clientId: number): void {
  const there = relay.held[name].generations
  const here = hand.held[name].generations
  while (here.length < there.length) {
    const next = there[here.length]
    if (!next) return
    const doc = docOf(clientId)
    applyUpdate(doc, encodeStateAsUpdate(next.doc))
    here.push({ doc, known: new Set(next.known) })
  }
}
