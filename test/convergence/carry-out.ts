/** Carries out one edit and writes into the account what it was, what its author had, and what the device says of it afterwards. */
import type { Writer } from '@tongge/crdt'
import type { RecordId } from '@tongge/model'
import type { VaultProvider } from '@tongge/sync'
import { getState } from 'yjs'
import {
  documentNames,
  holds,
  type Account,
  type DocumentName,
  type Documents,
  type Trace,
  type Write,
} from './account.ts'
import { shapeOf, valueText } from './page.ts'

export interface Author {
  readonly device: string
  readonly documents: Documents
  readonly vaults: Readonly<Record<DocumentName, VaultProvider>>
  readonly writer: Writer
  readonly account: Account
  readonly isAlive: () => boolean
}

/** A write before it is made: what the account needs to know and cannot see. */
export type Draft = Pick<Write, 'field' | 'value' | 'step' | 'isFirst'>

/** One edit of one record; what it leaves unchanged is not written down. */
export function carryOut(
  author: Author,
  record: RecordId,
  drafts: readonly Draft[],
  work: (writer: Writer) => void,
): void {
  const { device, documents, writer, account } = author
  const seen = new Set(account.writes.filter(({ trace }) => holds(documents, trace)))
  const before = clocksOf(documents)
  const at = writer.now()
  work({ ...writer, now: () => at })
  const after = clocksOf(documents)
  const label = [record, drafts[0]?.field, valueText(drafts[0]?.value)].join(' ')
  for (const document of documentNames) {
    if (after[document] === before[document]) continue
    const trace: Trace = { label, device, document, client: documents[document].clientID, clock: after[document] }
    follow(author, trace, `${shapeOf(record).kind}/${record}`)
    for (const draft of drafts) {
      if (documentOf(record, draft.field) !== document) continue
      const clock = clockOf(record, draft, at, seen)
      const step = draft.step && { ...draft.step, clock }
      account.writes.push({ ...draft, record, step, clock, slot: writer.slot, trace, seen })
    }
  }
}

function documentOf(record: RecordId, field: string): DocumentName {
  if (shapeOf(record).kind === 'ticket') return 'work'
  return field === 'idNo' ? 'sensitive' : 'ledger'
}

/** Later than every write of the field that its author had; what a record began with has no clock. */
function clockOf(record: RecordId, draft: Draft, at: number, seen: ReadonlySet<Write>): number {
  const clocks = [...seen].flatMap((write) =>
    write.record === record && write.field === draft.field && (write.step || !write.isFirst) ? write.clock + 1 : [],
  )
  return Math.max(at, ...clocks)
}

function clocksOf(documents: Documents): Record<DocumentName, number> {
  const clock = (name: DocumentName): number => getState(documents[name].store, documents[name].clientID)
  return { ledger: clock('ledger'), sensitive: clock('sensitive'), work: clock('work') }
}

/** Writes down what the device says of an edit: saved, and that its subject no longer waits for the relay. */
function follow({ vaults, account, isAlive }: Author, trace: Trace, subject: string): void {
  const vault = vaults[trace.document]
  const saved = account.saved.get(trace.device) ?? new Set()
  account.saved.set(trace.device, saved)
  vault.durable().then(
    () => {
      if (isAlive()) saved.add(trace)
    },
    () => undefined,
  )
  const stop = vault.onWaiting((subjects) => {
    if (subjects.has(subject) || !isAlive()) return
    stop()
    account.synced.add(trace)
  })
}
