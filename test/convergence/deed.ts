/** What a command did, as the account remembers it; and from that alone what undo must do, and what it must leave alone. */
import type { Edit, RecordId, Value } from '@tongge/model'
import { deletions, restorations, steps, type Write } from './account.ts'
import type { Draft } from './carry-out.ts'
import { lifeOf, recordLines, valuesOf, valueText } from './record-view.ts'
import { shapeOf } from './shapes.ts'

type RecordEdit = Exclude<Edit, { readonly op: 'step' | 'reveal' | 'attribute' | 'hold' }>

/** One change that can be taken back. */
export interface Deed {
  readonly edit: RecordEdit
  readonly inverse: RecordEdit
  /** Of a record that came into view: all that it said then. */
  readonly said: string
}

/** What a device has: the writes by record, and the generation of its diaries. */
export interface Held {
  readonly of: (record: RecordId) => readonly Write[]
  readonly generation: number
}

/** Co-edited texts as a device's documents say them: the account does not know in which order the characters stand. */
export type Texts = (record: RecordId) => string

/** An edit and the writes it makes on a device that holds these: none where all is like that already. */
export interface Intent<Of extends Edit = Edit> {
  readonly edit: Of
  readonly drafts: readonly Draft[]
}

export function intentsOf<Of extends Edit>(edits: readonly Of[], held: Held, texts: Texts): readonly Intent<Of>[] {
  return edits.map((edit) => ({ edit, drafts: draftsOf(edit, held, texts) }))
}

function draftsOf(edit: Edit, held: Held, texts: Texts): readonly Draft[] {
  // Nobody reveals or adopts anything here.
  if (edit.op === 'reveal' || edit.op === 'attribute') return []
  if (edit.op === 'step') {
    const { ticket: record, id: value, birth } = edit.step
    const own: Draft = { record, field: steps, value, step: { ...edit.step, clock: 0 }, isFirst: birth !== undefined }
    return edit.description ? [own, { record, field: 'description', value: edit.description }] : [own]
  }
  const { id: record } = edit
  const own = held.of(record)
  switch (edit.op) {
    case 'create':
      return shapeOf(record).fields.flatMap((field) => {
        const value = edit.fields[field]
        return value === undefined ? [] : [{ record, field, value, isFirst: true }]
      })
    case 'set': {
      const values = valuesOf(own, edit.field)
      const isThere = values.length === 1 && valueText(values[0]) === valueText(edit.value)
      return isThere ? [] : [{ record, field: edit.field, value: edit.value }]
    }
    case 'delete':
      return [{ record, field: deletions, value: 'deleted' }]
    case 'restore':
      return [
        { record, field: deletions, value: undefined },
        { record, field: restorations, value: 'restored' },
      ]
    case 'hold':
      return [{ record, field: restorations, value: 'held' }]
    case 'appendText': {
      const [kept, added] = [texts(record), texts(edit.from)]
      const value = kept === '' || kept.endsWith('\n') ? added : `\n${added}`
      return added === '' ? [] : [{ record, field: edit.field, value, joins: true }]
    }
    case 'cutText':
      return texts(record).includes(edit.text)
        ? [{ record, field: edit.field, value: undefined, removed: edit.text, joins: true }]
        : []
  }
}

/** `before` and `after`: the writes that the device held. */
export function deedsOf(intents: readonly Intent[], before: Held, after: () => Held): readonly Deed[] {
  return intents.flatMap(({ edit, drafts: [draft] }) => {
    if (edit.op === 'step' || edit.op === 'reveal' || edit.op === 'attribute' || edit.op === 'hold' || !draft) return []
    const said = edit.op === 'create' || edit.op === 'restore' ? linesOf(edit.id, after()) : ''
    return [{ edit, inverse: inverseOf(edit, draft, before), said }]
  })
}

export interface Undoing {
  readonly edits: readonly RecordEdit[]
  /** Named as changed since. */
  readonly skipped: readonly string[]
}

export function undoing(deeds: readonly Deed[], held: Held, texts: Texts): Undoing {
  const standing = new Set(deeds.filter((deed) => stands(deed, held, texts)))
  const others = deeds.filter((deed) => !standing.has(deed))
  return {
    edits: [...standing].map(({ inverse }) => inverse).reverse(),
    skipped: others.map(({ edit }) => skippedName(edit.id, 'field' in edit ? edit.field : undefined)),
  }
}

export function skippedName(record: RecordId, field: string | undefined): string {
  return field ? `${record}/${field}` : record
}

function inverseOf(edit: RecordEdit, draft: Draft, before: Held): RecordEdit {
  const { kind, id } = edit
  switch (edit.op) {
    case 'delete':
      return { op: 'restore', kind, id }
    case 'set':
      return { ...edit, value: valuesOf(before.of(id), edit.field)[0] }
    case 'appendText':
      return { ...edit, op: 'cutText', text: valueText(draft.value) }
    case 'cutText':
      return { op: 'appendText', kind, id, field: edit.field, from: edit.from }
    case 'create':
    case 'restore':
      return { op: 'delete', kind, id }
  }
}

/** Nobody has changed the same since: the field still has that value and no other, the record still says the same, what was put into a text is in one piece. */
function stands({ edit, inverse, said }: Deed, held: Held, texts: Texts): boolean {
  const own = held.of(edit.id)
  const life = lifeOf(edit.id, own, held.generation)
  if (edit.op === 'delete') return life === 'trash'
  if (life !== 'live') return false
  if (edit.op === 'cutText') return true
  if (inverse.op === 'cutText') return texts(edit.id).includes(inverse.text)
  if (edit.op !== 'set') return linesOf(edit.id, held) === said
  const values: readonly (Value | undefined)[] = valuesOf(own, edit.field)
  return values.length === 1 && valueText(values[0]) === valueText(edit.value)
}

function linesOf(record: RecordId, held: Held): string {
  return recordLines(record, held.of(record), held.generation).join('\n')
}
