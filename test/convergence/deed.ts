/** What a command did, as the account remembers it; and from that alone what undo must do, and what it must leave alone. */
import type { Edit, RecordId, Value } from '@tongge/model'
import { deletions, restorations, steps, type Write } from './account.ts'
import type { Draft } from './carry-out.ts'
import { lifeOf, recordLines, valuesOf, valueText } from './record-view.ts'
import { shapeOf } from './shapes.ts'

type RecordEdit = Exclude<Edit, { readonly op: 'step' }>

/** One change that can be taken back. */
export interface Deed {
  readonly edit: RecordEdit
  readonly inverse: RecordEdit
  /** Of a record that came into view: all that it said then. */
  readonly said: string
}

/** By record. */
export type Held = ReadonlyMap<RecordId, readonly Write[]>

/** The writes that an edit makes on a device that holds these: none where all is like that already. */
export function draftsOf(edit: Edit, held: Held): readonly Draft[] {
  if (edit.op === 'step') {
    const { ticket: record, id: value, birth } = edit.step
    const own: Draft = { record, field: steps, value, step: { ...edit.step, clock: 0 }, isFirst: birth !== undefined }
    return edit.description ? [own, { record, field: 'description', value: edit.description }] : [own]
  }
  const { id: record } = edit
  const own = held.get(record) ?? []
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
    case 'appendText':
    case 'cutText':
      return []
  }
}

/** `before` and `after`: the writes that the device held. */
export function deedsOf(edits: readonly Edit[], before: Held, after: () => Held): readonly Deed[] {
  return edits.flatMap((edit) => {
    if (edit.op === 'step' || draftsOf(edit, before).length === 0) return []
    const said = edit.op === 'create' || edit.op === 'restore' ? linesOf(edit.id, after()) : ''
    return [{ edit, inverse: inverseOf(edit, before), said }]
  })
}

export interface Undoing {
  readonly edits: readonly RecordEdit[]
  /** Named as changed since. */
  readonly skipped: readonly string[]
}

export function undoing(deeds: readonly Deed[], held: Held): Undoing {
  const standing = new Set(deeds.filter((deed) => stands(deed, held)))
  const others = deeds.filter((deed) => !standing.has(deed))
  return {
    edits: [...standing].map(({ inverse }) => inverse).reverse(),
    skipped: others.map(({ edit }) => skippedName(edit.id, edit.op === 'set' ? edit.field : undefined)),
  }
}

export function skippedName(record: RecordId, field: string | undefined): string {
  return field ? `${record}/${field}` : record
}

function inverseOf(edit: RecordEdit, before: Held): RecordEdit {
  const { kind, id } = edit
  if (edit.op === 'delete') return { op: 'restore', kind, id }
  if (edit.op !== 'set') return { op: 'delete', kind, id }
  return { ...edit, value: valuesOf(before.get(id) ?? [], edit.field)[0] }
}

/** Nobody has changed the same since: the field still has that value and no other, the record still says the same. */
function stands({ edit, said }: Deed, held: Held): boolean {
  const own = held.get(edit.id) ?? []
  const life = lifeOf(edit.id, own)
  if (edit.op === 'delete') return life === 'trash'
  if (life !== 'live') return false
  if (edit.op !== 'set') return linesOf(edit.id, held) === said
  const values: readonly (Value | undefined)[] = valuesOf(own, edit.field)
  return values.length === 1 && valueText(values[0]) === valueText(edit.value)
}

function linesOf(record: RecordId, held: Held): string {
  return recordLines(record, held.get(record) ?? []).join('\n')
}
