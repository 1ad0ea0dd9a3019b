/** Whether the acting person may write what a command would change. The table is in policy/. */
import type { FieldValues } from '../commands.ts'
import type { Value } from '../field.ts'
import { mayWrite } from '../policy/rights.ts'
import type { Operation } from '../policy/table.ts'
import { documentOf, type Entry, type Kind, type TrashedEntry } from '../records.ts'
import type { Actor } from '../snapshot.ts'
import { notAllowed, type Refused } from './refusals.ts'

/** A whole record: adding, deleting, restoring. A note is one's own. */
export function denyRecord(
  actor: Actor,
  kind: Kind,
  operation: Operation,
  entry?: Entry | TrashedEntry,
): Refused | undefined {
  if (kind === 'note') return denyNote(actor, operation, entry)
  return mayWrite(actor.roles, documentOf(kind), kind, operation) ? undefined : notAllowed(kind)
}

/** Some fields of a record; `sensitive` names the refusal where only those are beyond the person. */
export function denyFields(actor: Actor, kind: Kind, fields: FieldValues, entry?: Entry): Refused | undefined {
  if (kind === 'note') return denyNote(actor, 'set', entry)
  for (const name of Object.keys(fields)) {
    const document = documentOf(kind, name)
    if (!mayWrite(actor.roles, document, `${kind}/${name}`, 'set'))
      return notAllowed(document === 'ledger' ? kind : document)
  }
  return undefined
}

/** Whether a person may write that field of a record, as settling a conflict of it does. */
export function maySetField(actor: Actor, entry: Entry, name: string): boolean {
  return denyFields(actor, entry.kind, { [name]: undefined }, entry) === undefined
}

/** Whether a person may say that a contested record stays, or that it goes. */
export function maySettleDeletion(actor: Actor, entry: Entry, keep: boolean): boolean {
  return denyRecord(actor, entry.kind, keep ? 'insert' : 'delete', entry) === undefined
}

/** Whether a person may bring that record back from the recycle bin. */
export function mayRestore(actor: Actor, trashed: TrashedEntry): boolean {
  return denyRecord(actor, trashed.kind, 'insert', trashed) === undefined
}

/** The fields with a value, as a record is created with. */
export function presentFields(fields: FieldValues): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, Value] => pair[1] !== undefined))
}

function denyNote(actor: Actor, operation: Operation, entry: Entry | TrashedEntry | undefined): Refused | undefined {
  const own = entry === undefined || authorOf(entry) === actor.account
  return mayWrite(actor.roles, 'notes', own ? 'note/own' : 'note/other', operation) ? undefined : notAllowed('note')
}

/** In the recycle bin a note tells its author by a field only. */
function authorOf(note: Entry | TrashedEntry): Value | undefined {
  return 'created' in note ? note.created.by : note.fields['author']
}
