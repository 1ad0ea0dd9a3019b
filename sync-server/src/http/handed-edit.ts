/** The shape of an edit that is handed over. What it means is judged where a leader adopts it, like anything else that a leader writes. */
import { parseRecordId } from '@tongge/model'
import type { HandedEdit, WaitingHandover } from '@tongge/protocol'
import * as v from 'valibot'

const text = (name: string, most: number) =>
  v.pipe(v.string(`"${name}" must be text`), v.maxLength(most, `"${name}" is longer than ${most}`))
const id = (name: string) =>
  v.pipe(
    v.string(`"${name}" must be text`),
    v.check((given) => parseRecordId(given) !== undefined, `"${name}" is no id`),
  )
/** Milliseconds since 1970 of which a day can be named. */
const time = (name: string) =>
  v.pipe(
    v.number(`"${name}" must be a number`),
    v.safeInteger(`"${name}" is not whole`),
    v.maxValue(8e15),
    v.minValue(-8e15),
  )
const value = v.union(
  [v.string(), v.pipe(v.number(), v.finite()), v.boolean(), v.array(v.string())],
  'a value of a line is of no kind that fields have',
)

const step = v.looseObject({
  ticket: id('ticket'),
  action: text('action', 40),
  from: text('from', 40),
  to: text('to', 40),
  note: v.optional(text('note', 10_000)),
})
const line = v.object({
  id: id('id of a line'),
  kind: text('kind', 40),
  action: v.picklist(['created', 'changed', 'deleted', 'restored', 'step'], '"action" of a line is none'),
  field: v.optional(text('field', 60)),
  before: v.optional(value),
  after: v.optional(value),
  step: v.optional(step),
})

const edit = {
  id: id('id'),
  document: text('document', 128),
  at: time('at'),
  device: text('device', 200),
  reason: text('reason', 40),
}

export const handedEdit: v.GenericSchema<unknown, HandedEdit> = v.object(
  { ...edit, lines: v.pipe(v.array(line, '"lines" must be a list'), v.nonEmpty('"lines" is empty')) },
  'send {"id", "document", "at", "device", "reason", "lines"}',
)

/** As it is told to a leader, without the lines that are not for them. */
export const waitingHandover: v.GenericSchema<unknown, WaitingHandover> = v.object({
  ...edit,
  lines: v.array(line),
  author: v.string(),
  authorName: v.string(),
  receivedAt: time('receivedAt'),
})
