/** What a replica must show, worked out from the account by hand alone. For tests. */
import { fieldOf } from '@tongge/model'
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
