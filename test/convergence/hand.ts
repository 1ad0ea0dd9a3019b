/** One tab's hand: carries edits out as the app does and keeps account of each. */
import { applyEdits, unknownAuthor, type Projection } from '@tongge/crdt'
import { plan, type Command, type Edit, type PlanContext, type RecordId } from '@tongge/model'
import { carryOut, type Author } from './carry-out.ts'
import { deedsOf, intentsOf, type Texts } from './deed.ts'
import { createMemory } from './memory.ts'
import { freshValue, personBasics, shapeOf } from './shapes.ts'
import { createTextHand, shownText, type TextHand } from './text-hand.ts'
import { createTicketHand, type TicketHand } from './ticket-hand.ts'

export interface HandOptions extends Author {
  readonly projection: Projection
  /** Ids begin with the letter of their kind. */
  readonly context: (letter: 'n' | 't') => PlanContext
  readonly building: RecordId
  readonly isHasty: boolean
}

export interface Hand extends TextHand, TicketHand {
  readonly projection: Projection
  create(kind: 'person' | 'household', more?: Readonly<Record<string, string>>): void
  set(id: RecordId, field: string, value: string | undefined): void
  readonly remove: (id: RecordId) => void
  readonly restore: (id: RecordId) => void
  /** Adds a note to the building. */
  note(): void
  merge(keep: RecordId, duplicate: RecordId): void
  /** Gives these people new names, and adds one more, in one command. */
  importPeople(existing: readonly RecordId[], household: RecordId): void
  readonly again: (move: 'undo' | 'redo') => void
  readonly isOvertaken: () => boolean
}

export function createHand(options: HandOptions): Hand {
  const { projection, context, account, building } = options
  const texts: Texts = (id) => shownText(projection, options.writer, id)
  const memory = createMemory(options, projection, texts, options.isHasty)

  const apply = (edits: readonly Edit[]): void => {
    const before = memory.held()
    const intents = intentsOf(edits, before, texts)
    const drafts = intents.flatMap((intent) => intent.drafts)
    const applied = carryOut(options, drafts, (pen) => applyEdits(projection.documents(), edits, pen))
    memory.record(applied, deedsOf(intents, before, memory.held))
    if (new Set(drafts.map(({ record }) => record)).size > 1) account.tally.together++
  }
  /** Answers whether it was carried out. */
  const command = (one: Command, letter: 'n' | 't' = 't'): boolean => {
    const planned = plan(projection.snapshot(), one, context(letter))
    if (planned.ok) apply(planned.value)
    return planned.ok
  }

  const create: Hand['create'] = (kind, more = {}) => {
    const count = account.next()
    const id = `${kind.charAt(0)}${count}` as RecordId
    const fields = { ...valuesFor(id, count), ...more }
    apply([{ op: 'create', kind, id, fields }])
  }
  const set: Hand['set'] = (id, field, value) => {
    const { kind } = shapeOf(id)
    if (kind === 'note') ownNote(id, { do: 'editRecord', id, fields: { [field]: value } })
    else if (kind !== 'ticket') apply([{ op: 'set', kind, id, field, value }])
  }
  const remove: Hand['remove'] = (id) => {
    const { kind } = shapeOf(id)
    if (kind === 'note') ownNote(id, { do: 'deleteRecord', id })
    else if (kind !== 'ticket') apply([{ op: 'delete', kind, id }])
  }
  const restore: Hand['restore'] = (id) => {
    const { kind } = shapeOf(id)
    const isTrashed = projection.snapshot().trash.has(id)
    if (kind === 'note') ownNote(id, isTrashed ? { do: 'restoreRecord', id } : { do: 'settleDeletion', id, keep: true })
    else if (kind !== 'ticket') apply([{ op: 'restore', kind, id }])
  }

  const note = (): void => {
    const count = account.next()
    const values = valuesFor(`n${count}` as RecordId, count)
    const before = account.writes.length
    command({ do: 'addNote', fields: { building, noteType: 'note', ...values } }, 'n')
    const record = account.writes[before]?.record
    if (record) account.noteAuthors.set(record, options.writer.account)
  }
  /** Whoever did not write a note is refused, and so is everybody as long as the documents do not say who did. */
  const ownNote = (id: RecordId, one: Command): void => {
    const { entries, trash } = projection.snapshot()
    const isKnown = entries.has(id) ? entries.get(id)?.created.by !== unknownAuthor : trash.has(id)
    const isOwn = account.noteAuthors.get(id) === options.writer.account
    if (!isOwn) account.tally.foreign++
    if (command(one) !== (isOwn && isKnown)) account.problems.push(`${one.do} of ${id}: own ${isOwn}, known ${isKnown}`)
  }

  const merge: Hand['merge'] = (keep, duplicate) => {
    if (!command({ do: 'mergeRecords', keep, duplicate, fields: {} }))
      account.problems.push(`${keep} and ${duplicate} do not merge`)
  }
  const importPeople: Hand['importPeople'] = (existing, household) => {
    const count = account.next()
    const added = `p${count}` as RecordId
    const changed = existing.map((id) => ({ id, fields: { name: freshValue('name', account.next()) } }))
    const rows = [
      ...changed.map((row) => ({ ...row, existing: true })),
      { id: added, existing: false, fields: { ...personBasics, ...valuesFor(added, count), household } },
    ].map((row) => ({ ...row, kind: 'person' as const, origin: row.id }))
    if (!command({ do: 'importRecords', rows })) account.problems.push(`${added} is not imported`)
  }

  return {
    projection,
    create,
    set,
    remove,
    restore,
    note,
    merge,
    importPeople,
    again: memory.again,
    isOvertaken: memory.isOvertaken,
    ...createTextHand(options),
    ...createTicketHand(options, command),
  }
}

function valuesFor(id: RecordId, count: number): Readonly<Record<string, string>> {
  const own = shapeOf(id).fields.filter((field) => field !== 'household')
  return Object.fromEntries(own.map((field) => [field, freshValue(field, count)]))
}
