/** One account's hand in one update: what is whose, and what a record is, by the document as it will be if the update is taken. */
import type { Kind } from '@tongge/model'
import { authorKey } from '../layout.ts'
import { receiptsRoot } from '../receipts.ts'
import type { Beginning, Facts } from './facts.ts'
import { Refused, type Deed, type DocumentShape, type Reveal } from './meaning.ts'
import type { PathReader } from './path-reader.ts'

export interface Hand {
  readonly account: string
  /** It may give back what others wrote, because the relay has lost something. */
  readonly isHealing: boolean
  readonly shape: DocumentShape
  readonly facts: Facts
  /** Records that this update begins. */
  readonly begun: Map<string, Beginning>
  /** Who claims which slot in this update. */
  readonly claimed: Map<string, string>
  /** `record/field` of the values written. */
  readonly written: Set<string>
  /** Ids of the steps that this update brings. */
  readonly steps: Set<string>
  does(path: string, operation: Deed['operation'], role?: Deed['role']): void
  owns(slot: string): boolean
  /** Whose the slot is, by what this update says of it too. */
  authorOf(slot: string): string
  /** Whether the document, with this update, has a receipt for a step. */
  hasReceipt(step: string): boolean
  /** Throws where the slot is not this account's. */
  demandOwn(slot: string, path: string): void
  kindOf(record: string): Kind | undefined
  /** As the table names it: a field of a kind of record, or a note of one's own or another's. */
  fieldPath(record: string, name: string): string
  recordPath(record: string): string
  readonly deeds: ReadonlyMap<string, Deed>
  readonly reveals: Reveal[]
}

export interface HandOptions {
  readonly account: string
  readonly isHealing: boolean
  readonly shape: DocumentShape
  readonly facts: Facts
  readonly reader: PathReader
}

export function createHand({ account, isHealing, shape, facts, reader }: HandOptions): Hand {
  const deeds = new Map<string, Deed>()
  const own = new Map<string, boolean>()
  const begun = new Map<string, Beginning>()
  const claimed = new Map<string, string>()
  const beginningOf = (record: string): Beginning | undefined => begun.get(record) ?? facts.beginningOf(record)

  const owns = (slot: string): boolean => {
    if (isHealing) return true
    let isOwn = own.get(slot)
    if (isOwn === undefined) own.set(slot, (isOwn = reader.has('meta', authorKey(slot, account))))
    return isOwn
  }
  const notePath = (record: string): string => {
    if (isHealing) return 'note/own'
    const beginning = beginningOf(record)
    return beginning && owns(beginning.slot) ? 'note/own' : 'note/other'
  }
  const kindOf = (record: string): Kind | undefined => (shape.of === 'notes' ? 'note' : beginningOf(record)?.kind)

  return {
    account,
    isHealing,
    shape,
    facts,
    begun,
    claimed,
    written: new Set(),
    steps: new Set(),
    deeds,
    reveals: [],
    does(path, operation, role) {
      deeds.set(`${path} ${operation} ${role}`, { path, operation, ...(role && { role }) })
    },
    owns,
    authorOf: (slot) => claimed.get(slot) ?? facts.claimantOf(slot) ?? account,
    hasReceipt: (step) => reader.has(receiptsRoot, step),
    demandOwn(slot, path) {
      if (owns(slot)) return
      throw new Refused(facts.claimantOf(slot) === undefined ? 'unclaimedSlot' : 'foreignSlot', path)
    },
    kindOf,
    fieldPath: (record, name) => (shape.of === 'notes' ? notePath(record) : `${kindOf(record) ?? 'record'}/${name}`),
    recordPath: (record) => (shape.of === 'notes' ? notePath(record) : (kindOf(record) ?? 'record')),
  }
}
