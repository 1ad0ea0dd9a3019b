/** What can be said of steps without knowing the state they meet: their order, their contents, their accepted time. */
import type { RecordId } from '../ids.ts'
import type { Instant } from '../time.ts'
import { roleMayTake, transitions, type StepField, type Transition } from './machine.ts'
import type { Step, StepAction } from './types.ts'

/** When the relay got a step, by its own clock; absent for steps that no relay has seen yet. */
export interface Receipt {
  readonly received: Instant
  /** Last contact of the author's device before it can have written the step; absent where the relay does not know of one. */
  readonly lastContact?: Instant
}

/** By clock, then id; of copies with one id the first in text order counts, so that every replica takes the same. */
export function orderSteps(steps: readonly Step[]): readonly Step[] {
  const byId = new Map<RecordId, Step>()
  for (const step of steps) {
    const known = byId.get(step.id)
    if (!known || (known !== step && canonical(step) < canonical(known))) byId.set(step.id, step)
  }
  return [...byId.values()].sort((a, b) => a.clock - b.clock || (a.id < b.id ? -1 : 1))
}

/** The device's time, but not before the device's last contact or `earliest`, and not after the relay got it or the step's own clock. */
export function acceptedAt(step: Step, earliest: Instant, receipt: Receipt | undefined): Instant {
  const lower = Math.max(earliest, receipt?.lastContact ?? earliest)
  const upper = Math.min(step.clock, receipt?.received ?? step.clock)
  return Math.max(lower, Math.min(step.at, upper))
}

const knownActions = new Set<StepAction>(transitions.map((row) => row.action))

/** False for an action of a later version: it is kept, shown, and changes nothing here. */
export function isKnownAction(action: string): boolean {
  return knownActions.has(action as StepAction)
}

/** Whether the author's role may take this action and the step carries what it must; else the step is refused wherever it is folded. */
export function isWellFormed(step: Step): boolean {
  if (!roleMayTake(step.role, step.action)) return false
  if (step.action === 'submit') return step.birth !== undefined
  if (step.action === 'settle')
    return step.settles !== undefined && (step.verdict === 'applies' || step.verdict === 'discarded')
  const row = transitions.find((row) => row.action === step.action)
  return row !== undefined && missingFields(row, step).length === 0
}

export type StepContents = Pick<Step, 'note' | 'evidence' | 'assignee' | 'dueAt' | 'level' | 'parent' | 'score'>

/** The fields a step lacks that its row needs. */
export function missingFields(
  row: Transition,
  step: { readonly [F in keyof StepContents]?: StepContents[F] | undefined },
): readonly StepField[] {
  const hasNote = (step.note ?? '').trim() !== ''
  const hasEvidence = (step.evidence ?? []).length > 0
  return (row.needs ?? []).filter((field) => {
    if (field === 'note') return !hasNote
    if (field === 'evidence') return !hasEvidence
    if (field === 'noteOrEvidence') return !hasNote && !hasEvidence
    return step[field] === undefined
  })
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
