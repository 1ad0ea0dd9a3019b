/** The records an import is about to make or change: finds each place once, in the ledger or among those already drafted. */
import type { FieldValues, ImportedRecord, Kind, RecordId, Value } from '@tongge/model'
import type { ImportKind } from '../columns/targets.ts'
import { buildingKey, doorKey, entranceKey, type Place } from '../values/place.ts'
import { entranceOf, textOf, type LedgerIndex } from './ledger-index.ts'
import type { FieldChange } from './report.ts'

export interface DraftLedger {
  /** The building named, or why there is none: several are, or a new one would lack its estate. */
  building(place: Place, origin: string): RecordId | 'ambiguous' | 'noEstate'
  /** The house at a door of the building if the ledger or this import has it. */
  findHouse(building: RecordId, place: Place): RecordId | undefined
  findBuilding(place: Place): RecordId | undefined
  create(kind: ImportKind, fields: FieldValues, origin: string): RecordId
  /** Fills what is absent from a drafted record, or lists what would change in one of the ledger; answers with those changes. */
  amend(kind: ImportKind, id: RecordId, fields: Readonly<Record<string, Value>>, origin: string): readonly FieldChange[]
  isDrafted(id: RecordId): boolean
  records(): readonly ImportedRecord[]
}

interface Draft {
  readonly id: RecordId
  readonly kind: Kind
  readonly existing: boolean
  readonly fields: Record<string, Value | undefined>
  readonly origin: string
}

export interface DraftOptions {
  readonly newId: () => RecordId
  /** Of new buildings whose place names none. */
  readonly estate: string | undefined
  /** Code of the list SOURCE for new records. */
  readonly source: string | undefined
  /** Fields left out of every record, such as `person.idNo`. */
  readonly closed: ReadonlySet<string>
}

export function createDraftLedger(index: LedgerIndex, options: DraftOptions): DraftLedger {
  const drafts = new Map<RecordId, Draft>()
  const newBuildings = new Map<string, RecordId>()
  const newHouses = new Map<string, RecordId>()

  const openOnes = <V>(kind: ImportKind, fields: Readonly<Record<string, V>>): readonly (readonly [string, V])[] =>
    Object.entries(fields).filter(([field]) => !options.closed.has(`${kind}.${field}`))

  const create = (kind: ImportKind, fields: FieldValues, origin: string): RecordId => {
    const id = options.newId()
    const known = Object.fromEntries(openOnes(kind, fields).filter(([, value]) => value !== undefined))
    drafts.set(id, {
      id,
      kind,
      existing: false,
      fields: { ...known, ...(options.source && { source: options.source }) },
      origin,
    })
    if (kind === 'house')
      newHouses.set(
        houseKey(String(fields['building']), {
          entrance: String(fields['entrance'] ?? ''),
          door: String(fields['door']),
        }),
        id,
      )
    return id
  }

  const ledgerBuildings = (place: Place): readonly RecordId[] => {
    const named = index.buildingsNamed(buildingKey(place.building ?? ''))
    const fitting =
      place.estate === undefined ? named : named.filter((entry) => textOf(entry, 'estate') === place.estate)
    return fitting.map((entry) => entry.id)
  }

  const findBuilding = (place: Place): RecordId | undefined => {
    const found = ledgerBuildings(place)
    return found.length === 1 ? found[0] : newBuildings.get(newBuildingKey(place, options.estate ?? index.estate))
  }

  return {
    building: (place, origin) => {
      if (ledgerBuildings(place).length > 1) return 'ambiguous'
      const known = findBuilding(place)
      if (known) return known
      const estate = place.estate ?? options.estate ?? index.estate
      if (estate === undefined) return 'noEstate'
      const id = create('building', { estate, name: place.building }, origin)
      newBuildings.set(newBuildingKey(place, estate), id)
      return id
    },
    findBuilding,
    findHouse: (building, place) => {
      const atDoor = index.housesAt(building, doorKey(place.door ?? ''))
      const entrance = entranceKey(place.entrance ?? '')
      const exact = atDoor.find((house) => entranceOf(house) === entrance)
      if (exact) return exact.id
      if (entrance === '' && atDoor.length === 1) return atDoor[0]?.id
      return newHouses.get(houseKey(building, place))
    },
    create,
    amend: (kind, id, fields, origin) => {
      const draft = drafts.get(id)
      if (draft && !draft.existing) {
        for (const [field, value] of openOnes(kind, fields)) draft.fields[field] ??= value
        return []
      }
      const entry = index.entry(id)
      const changes: FieldChange[] = []
      for (const [field, to] of openOnes(kind, fields)) {
        const from = (draft?.fields[field] ?? entry?.fields[field]) as Value | undefined
        const settled = field === 'remark' ? addRemark(from, to) : to
        if (!isSame(from, settled)) changes.push({ record: id, kind, field, from, to: settled })
      }
      if (changes.length === 0) return changes
      const target: Draft = draft ?? { id, kind, existing: true, fields: {}, origin }
      for (const { field, to } of changes) target.fields[field] = to
      drafts.set(id, target)
      return changes
    },
    isDrafted: (id) => drafts.get(id)?.existing === false,
    records: () => inOrder([...drafts.values()]),
  }
}

const rank: Readonly<Partial<Record<Kind, number>>> = { building: 0, house: 1, household: 2, person: 3 }

function inOrder(drafts: readonly Draft[]): readonly ImportedRecord[] {
  return [...drafts].sort((a, b) => (rank[a.kind] ?? 0) - (rank[b.kind] ?? 0))
}

/** A remark is added to, never replaced. */
function addRemark(from: Value | undefined, to: Value): Value {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '') return to
  const missing = to.split('；').filter((part) => !from.includes(part))
  return [from, ...missing].join('；').slice(0, 500)
}

function isSame(a: Value | undefined, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && b.every((each) => a.includes(each))
  return a === b
}

function newBuildingKey(place: Place, estate: string | undefined): string {
  return `${place.estate ?? estate ?? ''}|${buildingKey(place.building ?? '')}`
}

function houseKey(building: string, place: Place): string {
  return `${building}|${entranceKey(place.entrance ?? '')}|${doorKey(place.door ?? '')}`
}
