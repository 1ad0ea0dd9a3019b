/** What a replica must show, worked out from the account by hand alone. For tests. */
import { fieldOf, type Stamp } from '@tongge/model'
import { historyOf } from '../read/history.ts'
import { overlayOf } from '../slots.ts'
import {
  type Device,
  docNameOf,
  type FieldOfPerson,
  fields,
  knows,
  person,
  type Knowledge,
  type Write,
} from './replicas.ts'

/** The writes of a field that no later known write of it had seen. */
export function leftOf(account: readonly Write[], known: Knowledge, field: Write['field']): readonly Write[] {
  const visible = account.filter((write) => write.field === field && knows(known, write))
  return visible.filter((write) => !visible.some((later) => later !== write && knows(later.knew, write)))
}

export function expectedView(account: readonly Write[], known: Knowledge): string {
  const shown = fields.map((field) => {
    const left = leftOf(account, known, field)
    return `${field}=${left.length === 0 ? 'v0' : valuesText(left.map((write) => write.value))}`
  })
  const deletions = leftOf(account, known, '~').filter((write) => write.value)
  const left = [...fields, '+' as const].flatMap((field) => leftOf(account, known, field))
  const isUnseen = left.some((write) => !deletions.some((deletion) => knows(deletion.knew, write)))
  return `${deletions.length === 0 ? 'live' : isUnseen ? 'contested' : 'trash'} ${shown.join(' ')}`
}

/** Who wrote what and when: one line for each write left, deletions and restorations too, and for the creation. */
export function expectedAuthors(account: readonly Write[], known: Knowledge, created: Stamp): readonly string[] {
  const left = [...fields, '~' as const, '+' as const].flatMap((field) => leftOf(account, known, field))
  const lines = left.flatMap(({ field, value, stamp }) =>
    field === '~' && !value ? [] : [authorLine(field, value, stamp)],
  )
  return [...lines, authorLine('created', undefined, created)].sort()
}

/** No work document is open in these tests, so the history is what the writes themselves tell. */
export function actualAuthors({ documents }: Pick<Device, 'documents'>): readonly string[] {
  const words = { deleted: '~', restored: '+', created: 'created', changed: '' } as const
  return historyOf(documents, person)
    .map(({ field, action, after, stamp }) => authorLine(field ?? words[action], after, stamp))
    .sort()
}

/** The authors that the entry itself shows: of rivals, of its deletion and of its last change. */
export function shownAuthors({ projection }: Pick<Device, 'projection'>): readonly string[] {
  const { entries, trash } = projection.snapshot()
  const entry = entries.get(person)
  const deletion = (entry ?? trash.get(person))?.deletion
  return [
    ...(entry?.conflicts ?? []).flatMap(({ field, rivals }) =>
      rivals.map(({ value, stamp }) => authorLine(field, value, stamp)),
    ),
    ...(deletion ? [authorLine('~', undefined, deletion)] : []),
  ]
}

/** The last change of a field, or the creation: whoever wrote it by the latest clock of a device. */
export function expectedUpdated(account: readonly Write[], known: Knowledge, created: Stamp): Stamp {
  const left = fields.flatMap((field) => leftOf(account, known, field))
  return left.reduce((latest, { stamp }) => (stamp.at > latest.at ? stamp : latest), created)
}

/** Values of sensitive fields are not in the history, those of deletions not in the account. */
export function authorLine(field: string, value: unknown, { at, by, device }: Stamp): string {
  const isValue = typeof value === 'string' && field !== '~' && field !== '+' && !isInSensitive(field)
  return `${field}=${isValue ? value : '-'} ${at} ${by} ${device}`
}

function isInSensitive(field: string): boolean {
  return fieldOf('person', field)?.class === 'sensitive'
}

export function actualView({ documents, projection }: Pick<Device, 'documents' | 'projection'>): string {
  const snapshot = projection.snapshot()
  const entry = snapshot.entries.get(person)
  const trashed = snapshot.trash.get(person)
  const values: Readonly<Record<string, unknown>> = entry?.fields ?? trashed?.fields ?? {}
  const shown = fields.map((field) => {
    const rivals =
      entry?.conflicts.find((conflict) => conflict.field === field)?.rivals ?? (trashed && slotValues(documents, field))
    return `${field}=${valuesText(rivals && rivals.length > 0 ? rivals.map((rival) => rival.value) : [values[field]])}`
  })
  const state = entry ? (entry.deletion ? 'contested' : 'live') : trashed ? 'trash' : 'absent'
  return `${state} ${shown.join(' ')}`
}

/** The recycle bin shows one value a field; the others must still be there. */
function slotValues(documents: Device['documents'], field: FieldOfPerson): readonly { readonly value: unknown }[] {
  return overlayOf(documents[docNameOf(field)], person).get(fieldOf('person', field)?.code ?? '') ?? []
}

function valuesText(values: readonly unknown[]): string {
  return [...new Set(values.map((value) => (typeof value === 'string' ? value : '-')))].sort().join('|')
}
