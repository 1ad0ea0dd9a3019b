/** A reveal is a row that is only ever added: who was shown which sensitive fields of which record, why and when. */
import { dayOf, fieldOf, type Edit } from '@tongge/model'
import type { Doc } from 'yjs'
import { sign } from '../authors.ts'
import { revealsOf, type RevealRow } from '../layout.ts'
import type { Pen } from './record-writes.ts'

export function appendReveal(doc: Doc, { at, writer }: Pen, edit: Edit & { op: 'reveal' }): void {
  const { kind, id, fields, reason, note = null } = edit
  const codes = fields.flatMap((name) => fieldOf(kind, name)?.code ?? [])
  const row: RevealRow = [id, codes, reason, note, at, writer.slot]
  sign(doc, writer)
  revealsOf(doc, dayOf(at).slice(0, 7)).push([JSON.stringify(row)])
}
