/** The notes this device holds, the buildings they belong to, and what the signed-in person may do with them. */
import { mayRead, mayWrite, type AccountId, type RecordId } from '@tongge/model'
import { createMemo, type Accessor } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { notesIn, type Note } from './note-list.ts'

export interface BuildingOption {
  readonly value: RecordId
  readonly label: string
}

export interface Notes {
  /** Newest first. */
  readonly all: Accessor<readonly Note[]>
  /** Buildings whose notes this person sees, in the order of the directory. */
  readonly buildings: Accessor<readonly BuildingOption[]>
  /** Those in which this person may add a note. */
  readonly writable: Accessor<readonly BuildingOption[]>
  buildingName(id: string | undefined): string
  mayChange(note: Note): boolean
  /** The person who wrote it. */
  authorName(note: Note): string
}

export function useNotes(): Notes {
  const session = useSession()
  const entries = createMemo(() => session.store.snapshot().entries)
  const all = createMemo(() => notesIn(entries().values()))
  const buildings = createMemo(() => buildingsOf(session))
  return {
    all,
    buildings,
    writable: createMemo(() => buildings().filter(({ value }) => mayAdd(session, value))),
    buildingName: (id) => nameOfBuilding(session, id),
    mayChange: (note) =>
      mayWrite(session.roles, 'notes', isOwn(session.account, note) ? 'note/own' : 'note/other', 'set'),
    authorName: (note) =>
      isOwn(session.account, note) ? t('records.myself') : session.directory().nameOf(note.created.by),
  }
}

/** Whoever reads the ledger works in the whole grid; others in the buildings that are theirs. */
function buildingsOf(session: Session): readonly BuildingOption[] {
  const known = session.directory().buildings.map(({ id, name }) => ({ value: id as RecordId, label: name }))
  if (session.buildings.length === 0) return known
  const own = known.filter(({ value }) => session.buildings.includes(value))
  const unnamed = session.buildings.filter((id) => !own.some(({ value }) => value === id))
  return [...own, ...unnamed.map((id) => ({ value: id, label: nameOfBuilding(session, id) }))]
}

function mayAdd(session: Session, building: RecordId): boolean {
  if (!mayWrite(session.roles, 'notes', 'note/own', 'insert')) return false
  return mayRead(session.roles, 'ledger')
    ? session.store.entries[building] !== undefined
    : session.buildings.includes(building)
}

function nameOfBuilding(session: Session, id: string | undefined): string {
  return session.directory().buildings.find((building) => building.id === id)?.name ?? t('records.kind.building')
}

function isOwn(account: AccountId, note: Note): boolean {
  return note.created.by === account
}
