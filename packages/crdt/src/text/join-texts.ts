/** Puts one record's co-edited text after another's, and takes it out again. Inside a running transaction. */
import { Text, type Doc } from 'yjs'
import { sign } from '../authors.ts'
import { slotKey, textsOf } from '../layout.ts'
import type { Pen } from '../write/record-writes.ts'
import { partsOf, spliceParts } from './text-parts.ts'

/** Answers what was put in; undefined when there was nothing. */
export function appendText(doc: Doc, pen: Pen, id: string, field: string, from: string): string | undefined {
  const added = valueOf(doc, from, field)
  if (added === '') return undefined
  const before = valueOf(doc, id, field)
  const text = before === '' || before.endsWith('\n') ? added : `\n${added}`
  const parts = partsOf(doc, id, field)
  sign(doc, pen.writer)
  if (parts.length === 0) textsOf(doc).set(slotKey(id, field, pen.writer.slot), new Text(text))
  else spliceParts(parts, before.length, 0, text)
  return text
}

/** False, and nothing is touched, when somebody went on writing in it. */
export function cutText(doc: Doc, id: string, field: string, text: string): boolean {
  const at = valueOf(doc, id, field).lastIndexOf(text)
  if (at >= 0) spliceParts(partsOf(doc, id, field), at, text.length, '')
  return at >= 0
}

export function holdsText(doc: Doc, id: string, field: string, text: string): boolean {
  return valueOf(doc, id, field).includes(text)
}

function valueOf(doc: Doc, id: string, field: string): string {
  return partsOf(doc, id, field)
    .map(({ text }) => text.toJSON())
    .join('')
}
