/** What is typed into the form of a note, and the fields it stands for. Pure. */
import type { FieldValues } from '@tongge/model'
import { typeOf, type Note, type NoteType } from './note-list.ts'

export interface NoteDraft {
  readonly type: NoteType
  readonly building: string
  readonly door: string
  readonly outcome: string
  readonly curtain: string
  readonly text: string
}

export function emptyDraft(type: NoteType, building: string): NoteDraft {
  return { type, building, door: '', outcome: '', curtain: '', text: '' }
}

export function draftOf(note: Note): NoteDraft {
  const { building = '', door = '', outcome = '', curtain = '', text = '' } = note.fields
  return { type: typeOf(note), building, door, outcome, curtain, text }
}

/** What a knock alone can tell is left out of the others. */
export function fieldsFrom({ type, building, door, outcome, curtain, text }: NoteDraft): FieldValues {
  const isKnock = type === 'knock'
  return {
    building: orUndefined(building),
    noteType: type,
    door: orUndefined(door),
    outcome: isKnock ? orUndefined(outcome) : undefined,
    curtain: isKnock ? orUndefined(curtain) : undefined,
    text: orUndefined(text),
  }
}

/** Whether something would be lost by leaving the form. */
export function isTouched({ door, outcome, curtain, text }: NoteDraft): boolean {
  return [door, outcome, curtain, text].some((value) => value.trim() !== '')
}

/** What is typed otherwise than it was: the rest may have changed by the time the form goes on. */
export function touchedOf(draft: NoteDraft, before: NoteDraft): Partial<NoteDraft> {
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => Reflect.get(before, name) !== value))
}

/** What was typed earlier over the form as it opens; its type is the one that was asked for. */
export function goOn(before: NoteDraft, kept: unknown): NoteDraft {
  if (typeof kept !== 'object' || kept === null) return before
  const known = Object.entries(kept).filter(
    ([name, value]) => name !== 'type' && Object.hasOwn(before, name) && typeof value === 'string',
  )
  return { ...before, ...Object.fromEntries(known) }
}

function orUndefined(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim()
}
