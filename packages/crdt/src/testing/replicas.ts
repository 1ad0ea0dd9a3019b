/** Devices of one grid and the messages between them, with a by-hand account of what each has seen, kept apart from Yjs. For tests. */
import type { AccountId, Edit, GridCode, Instant, RecordId, Stamp } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { Applied, GridDocuments, Projection, Writer } from '../api.ts'
import { createProjection } from '../read/projection.ts'
import { applyEdits } from '../write/apply-edits.ts'

export const grid = '990101001001001' as GridCode
export const person = 'p1' as RecordId
export const fields = ['name', 'phone', 'idNo'] as const
export type FieldOfPerson = (typeof fields)[number]
export const docNames = ['ledger', 'sensitive'] as const
export type DocName = (typeof docNames)[number]

export function docNameOf(field: FieldOfPerson | '~' | '+'): DocName {
  return field === 'idNo' ? 'sensitive' : 'ledger'
}

/** How many messages of each device are known, without a gap. */
type Known = readonly number[]
export type Knowledge = Readonly<Record<DocName, Known>>

/** One write as the account by hand has it. */
export interface Write {
  readonly device: number
  readonly field: FieldOfPerson | '~' | '+'
  /** Its number among the messages of its device in its document. */
  readonly number: number
  readonly value: string | undefined
  readonly stamp: Stamp
  readonly knew: Knowledge
}

export interface Device {
  readonly index: number
  readonly documents: GridDocuments & { readonly ledger: Doc; readonly sensitive: Doc }
  readonly projection: Projection
  readonly writer: Writer
  readonly sent: Record<DocName, Uint8Array[]>
  readonly received: Record<DocName, Set<number>[]>
}

/** The first two are two tabs of one person, the third another person on the same tablet. */
export function createDevices(
  count: number,
  slotOf: (index: number) => string,
  skew: (index: number) => number,
): readonly Device[] {
  let time = 1_800_000_000_000
  return Array.from({ length: count }, (_, index) => {
    const documents = { ledger: docOf(index + 1), sensitive: docOf(index + 1), work: new Map(), notes: new Map() }
    const sent: Device['sent'] = { ledger: [], sensitive: [] }
    for (const name of docNames) {
      documents[name].on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'arrived') sent[name].push(update)
      })
    }
    return {
      index,
      documents,
      projection: createProjection(documents, grid, { foldTicket: () => undefined }),
      writer: {
        slot: slotOf(index),
        account: `a${Math.floor(index / 2)}` as AccountId,
        device: `d${Math.floor(index / 3)}`,
        now: (): Instant => (time += 1000) + skew(index),
      },
      sent,
      received: {
        ledger: Array.from({ length: count }, () => new Set()),
        sensitive: Array.from({ length: count }, () => new Set()),
      },
    }
  })
}

export function docOf(clientId: number): Doc {
  const doc = new Doc()
  doc.clientID = clientId
  return doc
}

/** The first device creates the person; everybody starts from there. Answers who did, and when. */
export function shareFirstRecord(devices: readonly Device[]): Stamp {
  const [first] = devices
  if (!first) throw new Error('nobody is there')
  const at = first.writer.now()
  applyEdits(
    first.documents,
    [{ op: 'create', kind: 'person', id: person, fields: { name: 'v0', phone: 'v0', idNo: 'v0' } }],
    { ...first.writer, now: () => at },
  )
  for (const to of devices) for (const name of docNames) deliver(first, to, name, 0)
  return stampBy(first.writer, at)
}

export function stampBy({ account, device }: Writer, at: Instant): Stamp {
  return { at, by: account, device }
}

/** Brings one message to a device, whatever has arrived there before. */
export function deliver(from: Device, to: Device, name: DocName, number: number): void {
  const update = from.sent[name][number]
  if (!update || from === to) return
  to.received[name][from.index]?.add(number)
  applyUpdate(to.documents[name], update, 'arrived')
}

/** Brings everything one device has to another in one update. */
export function syncFrom(from: Device, to: Device, name: DocName): void {
  applyUpdate(to.documents[name], encodeStateAsUpdate(from.documents[name]), 'arrived')
  for (const [sender, set] of from.received[name].entries())
    for (const number of set) to.received[name][sender]?.add(number)
  for (const number of from.sent[name].keys()) to.received[name][from.index]?.add(number)
}

export function knowledgeOf(device: Device): Knowledge {
  const known = (name: DocName): number[] =>
    device.received[name].map((set, sender) => {
      if (sender === device.index) return device.sent[name].length
      let count = 0
      while (set.has(count)) count++
      return count
    })
  return { ledger: known('ledger'), sensitive: known('sensitive') }
}

export function knows(knowledge: Knowledge, write: Write): boolean {
  return write.number < (knowledge[docNameOf(write.field)][write.device] ?? 0)
}

/** Carries out an edit and writes down, beside Yjs, what it was and what its author knew. */
export function act(device: Device, edit: Edit, account: Write[]): Applied {
  const knew = knowledgeOf(device)
  const before = { ledger: device.sent.ledger.length, sensitive: device.sent.sensitive.length }
  const at = device.writer.now()
  const stamp = stampBy(device.writer, at)
  const applied = applyEdits(device.documents, [edit], { ...device.writer, now: () => at })
  const note = (field: Write['field'], value: string | undefined): void => {
    const name = docNameOf(field)
    if (device.sent[name].length > before[name])
      account.push({ device: device.index, field, number: before[name], value, stamp, knew })
  }
  if (edit.op === 'set') note(edit.field as FieldOfPerson, edit.value === undefined ? undefined : String(edit.value))
  if (edit.op === 'delete') note('~', 'deleted')
  if (edit.op === 'restore') {
    note('~', undefined)
    note('+', 'restored')
  }
  return applied
}
