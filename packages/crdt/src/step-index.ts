/** The steps of a work document by ticket, kept up to date. Steps are only ever appended; what cannot be read as a step is passed over. */
import type { Quarter, Step } from '@tongge/model'
import type { Doc, YArrayEvent } from 'yjs'
import { canonicalJson } from './canonical-json.ts'
import { monthsOf, stepsOf } from './layout.ts'
import { parseStep } from './parse-step.ts'

export interface StepIndex {
  stepsOf(ticket: string): readonly Step[]
  has(ticket: string): boolean
  tickets(): IterableIterator<string>
  /** Calls back within the transaction with the tickets that a change touched. */
  observe(listener: (tickets: ReadonlySet<string>) => void): () => void
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
  const listeners = new Set<(tickets: ReadonlySet<string>) => void>()
  const arrays = monthsOf(quarter).map((month) => stepsOf(doc, month))
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
    if (touched.size > 0) for (const listener of listeners) listener(touched)
  }
  for (const array of arrays) {
    take(array.toArray())
    array.observe(follow)
  }
  return {
    stepsOf: (ticket) => [...(stepById.get(ticket)?.values() ?? [])],
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
