/** Who reported a matter 反映人 (domain.md §4): it rests beside the sensitive fields, for those who may read these. */
import { mayRead, mayWrite, type Entry, type Role, type Snapshot, type Ticket } from '@tongge/model'

export function maySeeReporter(roles: readonly Role[]): boolean {
  return mayRead(roles, 'sensitive')
}

export function mayNameReporter(roles: readonly Role[]): boolean {
  return mayWrite(roles, 'sensitive', 'reporter', 'insert')
}

export interface Reporter {
  readonly name: string | undefined
  readonly phone: string | undefined
}

/** Undefined where nobody is named, or this is nobody's business here. What an earlier version wrote into the ticket gives way to what was written since. */
export function reporterOf(
  { id, birth }: Pick<Ticket, 'id' | 'birth'>,
  entry: Entry | undefined,
  roles: readonly Role[],
): Reporter | undefined {
  if (!maySeeReporter(roles)) return undefined
  const known = entry?.kind === 'reporter' && entry.id === id ? (entry as Entry<'reporter'>).fields : undefined
  const { name, phone } = known ?? { name: birth.reporterName, phone: birth.reporterPhone }
  return name === undefined && phone === undefined ? undefined : { name, phone }
}

/** For a search. */
export function reporterWords(ticket: Ticket, { entries }: Pick<Snapshot, 'entries'>, roles: readonly Role[]): string {
  const { name = '', phone = '' } = reporterOf(ticket, entries.get(ticket.id), roles) ?? {}
  return `${name} ${phone}`
}
