/** Notes in the order and the groups the pages show them in, and what can be told from them about doors. Pure. */
import { dayLength, dayOf, isKindOf, type Day, type Entry, type Instant } from '@tongge/model'

export type Note = Entry<'note'>
export const noteTypes = ['knock', 'note', 'report'] as const
export type NoteType = (typeof noteTypes)[number]

export interface NoteFilter {
  readonly building?: string | undefined
  readonly type?: NoteType | undefined
  /** Any part of a door, such as `50` for 501 and 2-502. */
  readonly door?: string | undefined
}

/** Newest first; of two at the same moment the one written later first. */
export function notesIn(entries: Iterable<Entry>): readonly Note[] {
  return [...entries]
    .filter((entry): entry is Note => isKindOf(entry, 'note'))
    .sort((a, b) => notedAt(b) - notedAt(a) || b.created.at - a.created.at)
}

export function notedAt(note: Note): Instant {
  return note.fields.notedAt ?? note.created.at
}

/** What a newer version calls otherwise is shown as a note. */
export function typeOf(note: Note): NoteType {
  return parseNoteType(note.fields.noteType) ?? 'note'
}

export function parseNoteType(text: string | undefined): NoteType | undefined {
  return noteTypes.find((type) => type === text)
}

export function matches(note: Note, { building, type, door }: NoteFilter): boolean {
  if (building !== undefined && note.fields.building !== building) return false
  if (type !== undefined && typeOf(note) !== type) return false
  const wanted = door?.trim().toLowerCase() ?? ''
  return wanted === '' || (note.fields.door ?? '').toLowerCase().includes(wanted)
}

export interface NoteDay {
  readonly day: Day
  readonly notes: readonly Note[]
}

/** By day of China Standard Time, in the order given. */
export function groupByDay(notes: readonly Note[]): readonly NoteDay[] {
  const groups = new Map<Day, Note[]>()
  for (const note of notes) {
    const day = dayOf(notedAt(note))
    groups.set(day, [...(groups.get(day) ?? []), note])
  }
  return [...groups].map(([day, of]) => ({ day, notes: of }))
}

/** Doors of a building that notes name, the one noted last first; those that begin with what was typed. */
export function recentDoors(
  notes: readonly Note[],
  building: string | undefined,
  typed: string,
  most: number,
): readonly string[] {
  const doors = notes.flatMap((note) =>
    note.fields.building === building && note.fields.door ? [note.fields.door] : [],
  )
  const wanted = typed.trim().toLowerCase()
  return [...new Set(doors)]
    .filter((door) => door.toLowerCase().startsWith(wanted) && door !== typed.trim())
    .slice(0, most)
}

/** The last knock of each door where it met nobody and is not older than `days`; newest first. `notes` are newest first. */
export function doorsToTryAgain(notes: readonly Note[], now: Instant, days: number): readonly Note[] {
  const lastByDoor = new Map<string, Note>()
  for (const note of notes) {
    const key = `${note.fields.building} ${note.fields.door}`
    if (typeOf(note) === 'knock' && note.fields.door && !lastByDoor.has(key)) lastByDoor.set(key, note)
  }
  return [...lastByDoor.values()].filter(
    (note) => note.fields.outcome === 'noAnswer' && now - notedAt(note) <= days * dayLength,
  )
}
