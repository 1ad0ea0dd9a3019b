/** Commands that take a leaving back need one more: whoever was head of the household becomes it again. */
import type { Command, Entry } from '@tongge/model'
import type { Session } from '../../../session/session.ts'
import { entryOf } from './entry-of.ts'

/** Read before the leaving; nothing for records that are no head. */
export function headAgain(session: Session, person: Entry): readonly Command[] {
  const { household: id } = person.fields as Entry<'person'>['fields']
  const household = person.kind === 'person' ? entryOf(session.store, 'household', id) : undefined
  return household?.fields.head === person.id
    ? [{ do: 'editRecord', id: household.id, fields: { head: person.id } }]
    : []
}
