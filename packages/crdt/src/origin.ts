/** Marks the transactions of this replica's own edits, so that waiting marks and undo can tell them from what arrived. */
import type { Edit } from '@tongge/model'
import type { LocalOrigin } from './api.ts'

export function isLocalOrigin(origin: unknown): origin is LocalOrigin {
  return (
    typeof origin === 'object' && origin !== null && 'local' in origin && origin.local === true && 'subjects' in origin
  )
}

export function localOrigin(subjects: Iterable<string>): LocalOrigin {
  return { local: true, subjects: [...new Set(subjects)] }
}

/** `kind/recordId` of what an edit is about; steps and reporters are about their ticket. A reveal waits for the relay as itself: the record it is of has not changed. */
export function subjectOf(edit: Edit): string {
  if (edit.op === 'reveal') return `reveal/of/${edit.id}`
  if (edit.op !== 'step' && edit.kind === 'reporter') return `ticket/${edit.id}`
  return edit.op === 'step' ? `ticket/${edit.step.ticket}` : `${edit.kind}/${edit.id}`
}

export function subjectsOf(edits: readonly Edit[]): readonly string[] {
  return [...new Set(edits.map(subjectOf))]
}
