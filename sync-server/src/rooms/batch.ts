/** The updates of one turn, which are committed together and then shown together. */
import type { LoggedUpdate } from '../ports.ts'
import { joinUpdates } from './content.ts'
import type { Member } from './peer.ts'
import type { ScannedUpdate } from './scan-update.ts'

export interface Batch {
  readonly updates: { readonly update: ScannedUpdate; readonly member: Member }[]
  /** How many updates each member will be told are committed. */
  readonly counts: Map<Member, number>
  /** Of all updates. */
  bytes: number
}

export function createBatch(): Batch {
  return { updates: [], counts: new Map(), bytes: 0 }
}

export function addToBatch(batch: Batch, update: ScannedUpdate, member: Member): void {
  batch.updates.push({ update, member })
  batch.bytes += update.bytes.length
}

/** The one member all updates are from, if so. */
export function onlyAuthor({ updates }: Batch): Member | undefined {
  const [first] = updates
  return updates.every(({ member }) => member === first?.member) ? first?.member : undefined
}

/** One row for each run of updates by the same account, in the order in which they came. */
export function batchToRows(document: string, batch: Batch): LoggedUpdate[] {
  const rows: LoggedUpdate[] = []
  for (let at = 0; at < batch.updates.length;) {
    const account = batch.updates[at]?.member.peer.author.account ?? ''
    let end = at + 1
    while (end < batch.updates.length && batch.updates[end]?.member.peer.author.account === account) end++
    for (const update of joinUpdates(batch.updates.slice(at, end).map((one) => one.update)))
      rows.push({ document, update, account })
    at = end
  }
  return rows
}
