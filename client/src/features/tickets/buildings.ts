/** The buildings a ticket can be at: from the ledger where this person reads it, else from the directory. */
import { compareNaturally, mayRead, type RecordId } from '@tongge/model'
import type { Session } from '../../session/session.ts'

export interface BuildingOption {
  readonly value: RecordId
  readonly label: string
}

/** In natural order of their names. Reactive. */
export function buildingOptions(session: Session): readonly BuildingOption[] {
  const options = mayRead(session.roles, 'ledger')
    ? [...session.store.snapshot().entries.values()]
        .filter((entry) => entry.kind === 'building')
        .map(({ id, fields }) => ({ value: id, label: buildingLabel(fields) }))
    : session.directory().buildings.map(({ id, name }) => ({ value: id as RecordId, label: name }))
  return options.sort((a, b) => compareNaturally(a.label, b.label))
}

export function buildingName(session: Session, id: RecordId | undefined): string {
  if (id === undefined) return ''
  const entry = session.store.entries[id]
  if (entry?.kind === 'building') return buildingLabel(entry.fields)
  return session.directory().buildings.find((building) => building.id === id)?.name ?? ''
}

function buildingLabel(fields: Readonly<Record<string, unknown>>): string {
  return [fields['estate'], fields['name']].filter(Boolean).join(' ')
}
