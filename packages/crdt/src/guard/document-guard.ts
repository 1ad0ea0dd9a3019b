/** Keeps watch over one document: says of each update what it means before it is taken, and remembers what is taken. */
import { revealMonth, slotsRoot, type SlotName } from '../layout.ts'
import { receiptsRoot } from '../receipts.ts'
import { createFacts } from './facts.ts'
import { createHand, type Hand } from './hand.ts'
import { judgeJournal, judgeMeta, judgeReceipt, judgeReveal, judgeStep } from './judge-appended.ts'
import { judgeBlob, judgeRemovals, judgeSlot, judgeText } from './judge-records.ts'
import { Refused, type DocumentShape, type Meaning } from './meaning.ts'
import { judgePhoto } from './judge-photo.ts'
import { createPathReader, type Change, type Reading } from './path-reader.ts'

export interface DocumentGuard {
  /** What the document holds already, and what the relay itself adds to it. */
  take(update: Uint8Array): void
  /** What an update of this account means. It is not taken in yet. Where the relay has lost something, anybody may give back what others wrote. */
  read(update: Uint8Array, account: string, isHealing: boolean): Meaning
  /** Whether an update says something else about what the document holds already. */
  contradicts(update: Uint8Array): boolean
  /** The update read last is part of the document from here on. */
  keep(): void
  drop(): void
  /** Bytes it takes, about. */
  readonly bytes: number
}

export function createDocumentGuard(shape: DocumentShape): DocumentGuard {
  const reader = createPathReader()
  const facts = createFacts(shape.of === 'work' ? shape.months : [])
  let held: Reading | undefined

  return {
    take: (update) => reader.open(update, facts),
    read(update, account, isHealing) {
      const outcome = reader.read(update)
      held = outcome.ok ? outcome.value : undefined
      if (!outcome.ok) return { ok: false, refusal: outcome.trouble, path: '' }
      try {
        const hand = createHand({ account, isHealing, shape, facts, reader })
        judge(hand, outcome.value)
        const received = [...hand.steps].filter((step) => !hand.hasReceipt(step))
        return { ok: true, deeds: [...hand.deeds.values()], reveals: hand.reveals, received }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, refusal: error.refusal, path: error.path }
        throw error
      }
    },
    contradicts(update) {
      const outcome = reader.read(update)
      held = undefined
      reader.drop()
      return !outcome.ok && outcome.trouble === 'equivocation'
    },
    keep() {
      reader.keep()
      for (const { path, content } of held?.changes ?? [])
        if (content && path.length === 2 && facts.roots.has(path[0])) facts.found(path[0], path[1], content)
      held = undefined
    },
    drop() {
      reader.drop()
      held = undefined
    },
    get bytes() {
      return reader.bytes
    },
  }
}

const recordShapes: ReadonlySet<DocumentShape['of']> = new Set(['ledger', 'sensitive', 'notes'])

/** What must be known of the others first: who writes where, and which records begin. */
function judge(hand: Hand, { changes, nowhere }: Reading): void {
  if (nowhere > 0) throw new Refused('nowhere', '')
  if (hand.shape.of === 'photos') {
    for (const change of changes) judgePhoto(hand, change)
    return
  }
  const removals: SlotName[] = []
  for (const change of changes) if (change.path[0] === 'meta') judgeMeta(hand, change)
  for (const change of changes) if (change.path[0] === 'blobs') judgeRecord(hand, change)
  for (const change of changes) judgeRest(hand, change, removals)
  judgeRemovals(hand, removals)
}

function judgeRecord(hand: Hand, change: Change): void {
  if (!recordShapes.has(hand.shape.of)) throw new Refused('unknownPlace', 'record')
  judgeBlob(hand, change)
}

function judgeRest(hand: Hand, change: Change, removals: SlotName[]): void {
  const [root] = change.path
  if (root === 'meta' || root === 'blobs') return
  const { shape } = hand
  switch (shape.of) {
    case 'ledger':
    case 'sensitive':
    case 'notes': {
      if (root === 'texts') return judgeText(hand, change)
      if (root === slotsRoot) return judgeSlot(hand, change, removals)
      const month = shape.of === 'sensitive' ? revealMonth(root) : undefined
      if (month !== undefined) return judgeReveal(hand, change, month)
      break
    }
    case 'diary':
      if (root === 'texts') return judgeText(hand, change)
      break
    case 'work':
      if (root === 'texts') return judgeText(hand, change)
      if (root === receiptsRoot) return judgeReceipt(hand, change)
      if (isOfMonth('steps', root, shape.months)) return judgeStep(hand, change)
      break
    case 'journal':
      if (isOfMonth('journal', root, shape.months)) return judgeJournal(hand, change)
      break
    case 'photos':
  }
  throw new Refused('unknownPlace', '')
}

function isOfMonth(list: string, root: string, months: readonly string[]): boolean {
  return root.startsWith(`${list}/`) && months.includes(root.slice(list.length + 1))
}
