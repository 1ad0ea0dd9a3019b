/** Every role that somebody holds, held or will hold: what they wrote while they held it may arrive much later. */
import type Database from 'better-sqlite3'
import type { Assignment } from './accounts.ts'
import { toAssignment, type AssignmentRow } from './stored-rows.ts'

/** Told from the assignments and from the events that each change of roles left behind; of roles that ended before there were events nothing is known. */
export function createEverHeld(database: Database.Database): (account: string) => readonly Assignment[] {
  const held = database.prepare<[string], AssignmentRow>('select * from assignment where account = ?')
  const changes = database
    .prepare<[string], string>(
      `select event from event where json_extract(event, '$.type') = 'roles' and json_extract(event, '$.account') = ?`,
    )
    .pluck()
  return (account) => [
    ...held.all(account).flatMap(toAssignment),
    ...changes.all(account).flatMap((text) => {
      const { roles } = JSON.parse(text) as { readonly roles: readonly string[] }
      return roles.flatMap((line) => {
        const [role = '', scope = ''] = line.split(' ')
        return toAssignment({ account, role, scope, since: null, until: null })
      })
    }),
  ]
}
