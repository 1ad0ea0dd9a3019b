/** The steps of a work document by ticket and the relay's receipts for them, kept up to date. Steps are only ever appended; what cannot be read as a step is passed over. */
import type { Quarter, Receipt, Step } from '@tongge/model'
import type { Doc, YArrayEvent, YMapEvent } from 'yjs'
import { canonicalJson } from './canonical-json.ts'
import { monthsOf, stepsOf } from './layout.ts'
import { parseStep } from './parse-step.ts'
import { parseReceipt, receiptsOf } from './receipts.ts'

export interface StepIndex {
  stepsOf(ticket: string): readonly Step[]
  receiptOf(step: string): Receipt | undefined
  has(ticket: string): boolean
  tickets(): IterableIterator<string>
  /** Calls back within the transaction with the tickets that a change touched, and what of them. */
  observe(listener: (tickets: ReadonlySet<string>, what: 'steps' | 'receipts') => void): () => void
}

const indexByDoc = new WeakMap<Doc, StepIndex>()

/** One index per document for its whole life. */
export function stepIndexOf(doc: Doc, quarter: Quarter): StepIndex {
  let index = indexByDoc.get(doc)
  if (!index) indexByDoc.set(doc, (index = createStepIndex(doc, quarter)))
  return index
}

function createStepIndex(doc: Doc, quarter: Quarter): StepIndex {
  const stepById = new Map<string, Map<string, Step>>()
  const listeners = new Set<Parameters<StepIndex['observe']>[0]>()
  const arrays = monthsOf(quarter).map((month) => stepsOf(doc, month))
  const receipts = receiptsOf(doc)
  const take = (values: Iterable<unknown>): Set<string> => {
    const touched = new Set<string>()
    for (const value of values) {
      const step = parseStep(value)
      if (!step) continue
      const steps = stepById.get(step.ticket) ?? new Map<string, Step>()
      stepById.set(step.ticket, steps.set(step.id, preferred(steps.get(step.id), step)))
      touched.add(step.ticket)
    }
    return touched
  }
  const rebuild = (): Set<string> => {
    const before = [...stepById.keys()]
    stepById.clear()
    return new Set([...before, ...arrays.flatMap((array) => [...take(array.toArray())])])
  }
  const follow = (event: YArrayEvent<unknown>): void => {
    const removed = event.changes.delta.some((part) => part.delete !== undefined)
    const touched = removed
      ? rebuild()
      : take(event.changes.delta.flatMap((part) => (Array.isArray(part.insert) ? (part.insert as unknown[]) : [])))
    tell(touched, 'steps')
  }
  const followReceipts = ({ keysChanged }: YMapEvent<unknown>): void => {
    const touched = [...stepById].filter(([, steps]) => [...steps.keys()].some((id) => keysChanged.has(id)))
    tell(new Set(touched.map(([ticket]) => ticket)), 'receipts')
  }
  const tell = (touched: ReadonlySet<string>, what: 'steps' | 'receipts'): void => {
    if (touched.size > 0) for (const listener of listeners) listener(touched, what)
  }
  for (const array of arrays) {
    take(array.toArray())
    array.observe(follow)
  }
  receipts.observe(followReceipts)
  return {
    stepsOf: (ticket) => [...(stepById.get(ticket)?.values() ?? [])],
    receiptOf: (step) => parseReceipt(receipts.get(step)),
    has: (ticket) => stepById.has(ticket),
    tickets: () => stepById.keys(),
    observe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Two different steps under one id cannot come from this app; every replica must still pick the same. */
function preferred(known: Step | undefined, step: Step): Step {
  return known && canonicalJson(known) <= canonicalJson(step) ? known : step
}
