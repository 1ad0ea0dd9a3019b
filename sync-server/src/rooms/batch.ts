/** The updates of one turn, which are committed together and then shown together. */
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Arrival, LoggedUpdate, Positions, Receipt } from '../ports.ts'
import { joinUpdates } from './content.ts'
import type { Member } from './peer.ts'
import type { ScannedUpdate } from './scan-update.ts'

export interface BatchedUpdate {
  readonly update: ScannedUpdate
  readonly account: string
  /** Undefined for what was carried over from an older generation, and for receipts. */
  readonly from: Member | undefined
  readonly told: readonly AuditEvent[]
}

/** One update as a member sent it. */
export interface Came {
  readonly from: Member
  readonly bytes: Uint8Array
  /** Which of the member's updates it is, from 1. */
  readonly count: number
  readonly arrival: Arrival
}

/** Rows of older generations that are stored together with this batch or not at all. */
export interface Companions {
  readonly rows: readonly LoggedUpdate[]
  /** Where the documents are that this was made of. */
  readonly at: Positions
  resolve(sequences: readonly number[]): void
  reject(error: unknown): void
}

export interface Batch {
  readonly updates: BatchedUpdate[]
  readonly companions: Companions[]
  /** What the updates were made of, and what turned out to be known through them. */
  readonly came: Came[]
  /** How many updates each member will be told are committed. */
  readonly counts: Map<Member, number>
  /** Those to be written, by what they are for. */
  readonly owed: Map<string, Receipt>
  /** Those written, the last of the updates. */
  receipts: ScannedUpdate | undefined
  /** Of all updates. */
  bytes: number
}

export function createBatch(): Batch {
  return { updates: [], companions: [], came: [], counts: new Map(), owed: new Map(), receipts: undefined, bytes: 0 }
}

export function isEmpty({ updates, companions }: Batch): boolean {
  return updates.length === 0 && companions.length === 0
}

export function addToBatch(batch: Batch, added: BatchedUpdate): void {
  batch.updates.push(added)
  batch.bytes += added.update.bytes.length
}

/** The one member all updates but the receipts are from, if so. */
export function onlyAuthor({ updates, receipts }: Batch): Member | undefined {
  const [first] = updates
  return updates.every(({ from, update }) => from === first?.from || update === receipts) ? first?.from : undefined
}

/** One row for each run of updates by the same account, in the order in which they came. */
export function batchToRows(document: string, { updates }: Batch): LoggedUpdate[] {
  const rows: LoggedUpdate[] = []
  for (let at = 0; at < updates.length;) {
    const account = updates[at]?.account ?? ''
    let end = at + 1
    while (end < updates.length && updates[end]?.account === account) end++
    const run = updates.slice(at, end)
    const joined = joinUpdates(run.map((one) => one.update))
    const told = run.flatMap((one) => one.told)
    for (const [index, update] of joined.entries())
      rows.push({ document, update, account, ...(index === 0 && told.length > 0 && { told }) })
    at = end
  }
  return rows
}

/** Stores a batch and its companions in one go, where the document is still at `position`; tells the companions, and returns the sequences of the batch's own rows. */
export async function storeTogether(
  append: (rows: readonly LoggedUpdate[], at: Positions) => Promise<readonly number[]>,
  document: string,
  position: number,
  batch: Batch,
): Promise<{ readonly sequences: readonly number[]; readonly tellCompanions: () => void }> {
  const own = batchToRows(document, batch)
  const at = new Map([[document, position], ...batch.companions.flatMap((companions) => [...companions.at])])
  const sequences = await append([...own, ...batch.companions.flatMap(({ rows }) => rows)], at)
  const tellCompanions = (): void => {
    let at = own.length
    for (const { rows, resolve } of batch.companions) resolve(sequences.slice(at, (at += rows.length)))
  }
  return { sequences: sequences.slice(0, own.length), tellCompanions }
}
