/** Where a household of the sheet lives: the household and house of the ledger that it is, or the means to make them. */
import type { Day, RecordId } from '@tongge/model'
import type { Mapping } from '../columns/targets.ts'
import type { Place } from '../values/place.ts'
import { isIncomplete } from './check-values.ts'
import type { DraftLedger } from './draft-ledger.ts'
import { placeKey, type Group } from './group-rows.ts'
import { textOf, type LedgerEntry, type LedgerIndex } from './ledger-index.ts'
import type { DraftRow, Values } from './read-row.ts'
import type { Duplicate, FieldChange, NoteCode, RowOutcome } from './report.ts'

export interface PlanState {
  readonly index: LedgerIndex
  readonly ledger: DraftLedger
  readonly today: Day
  /** Where in the sheets a number, or a person (by door, name and birth date, or by the ledger's id), was first met. */
  readonly seenIdNos: Map<string, string>
  readonly seenPeople: Map<string, string>
}

export interface RowState {
  readonly place: Place
  outcome: RowOutcome
  changes: readonly FieldChange[]
  match?: Duplicate
}

/** A row that passed its own checks. */
export interface Candidate {
  readonly row: DraftRow
  readonly result: RowState
  readonly person: Values
  /** Who the person is in the ledger, once recognised. */
  entry: LedgerEntry | undefined
}

export interface Home {
  readonly household: RecordId | undefined
  /** Makes the household (and its house) at the first person who needs it. */
  readonly make: (row: DraftRow) => RecordId | undefined
}

/** The household of the ledger that the group is, or the means to make one. */
export function settleHome(
  state: PlanState,
  group: Group,
  candidates: readonly Candidate[],
  place: Place,
  house: RecordId | undefined,
  mapping: Mapping,
): Home {
  const { index, ledger } = state
  const known = knownHome(index, group, candidates, place, house)
  if (known) {
    const home = textOf(known, 'house')
    if (placeKey(place) !== '' && home !== house)
      candidates[0]?.row.notes.push({ code: 'otherDoor', detail: doorText(index, home) })
    return { household: known.id, make: () => known.id }
  }
  let made: RecordId | undefined
  return {
    household: undefined,
    make: (row) => {
      if (made) return made
      const at = makeHouse(state, row, place, mapping)
      if (!at) return undefined
      if (index.householdsIn(at).some(({ id }) => index.membersOf(id).length > 0))
        row.notes.push({ code: 'doorOccupied' })
      made = ledger.create('household', { house: at }, row.origin)
      return made
    },
  }
}

/** Somebody of the group lives at this very door; or the sheet names the head who does; or, wherever they live, the head is known. */
function knownHome(
  index: LedgerIndex,
  group: Group,
  candidates: readonly Candidate[],
  place: Place,
  house: RecordId | undefined,
): LedgerEntry | undefined {
  const homeOf = ({ entry }: Candidate): LedgerEntry | undefined => index.entry(entry && textOf(entry, 'household'))
  const head = candidates.find(({ row }) => row === group.head)
  const headHome = head && homeOf(head)
  if (headHome) return headHome
  const homes = candidates.map(homeOf).filter((home) => home !== undefined)
  const here = homes.find((home) => textOf(home, 'house') === house)
  if (here) return here
  const headName = group.rows.find((row) => row.headName !== '')?.headName
  const named =
    house && headName
      ? index.householdsIn(house).find((home) => textOf(index.entry(textOf(home, 'head')) ?? home, 'name') === headName)
      : undefined
  return named ?? (placeKey(place) === '' ? homes[0] : undefined)
}

export function makeHouse(state: PlanState, row: DraftRow, place: Place, mapping: Mapping): RecordId | undefined {
  const { ledger } = state
  if (placeKey(place) === '') return refuse(row, 'noDoor')
  const building = ledger.findBuilding(place)
  const known = building && ledger.findHouse(building, place)
  if (known) return known
  const fields = {
    ...withDefaults('house', row.values.house, mapping),
    ...(place.entrance && { entrance: place.entrance }),
    ...(place.door && { door: place.door }),
  }
  if (isIncomplete('house', fields, row, ['building'])) return undefined
  const at = building ?? ledger.building(place, row.origin)
  if (at === 'ambiguous') return refuse(row, 'ambiguousBuilding')
  if (at === 'noEstate') {
    row.notes.push({ code: 'required', target: 'building.estate' })
    return undefined
  }
  return ledger.create('house', { ...fields, building: at }, row.origin)
}

export function withDefaults(kind: 'house' | 'person', values: Values, mapping: Mapping): Values {
  const fields = { ...values }
  for (const [target, value] of Object.entries(mapping.defaults)) {
    const [of, name] = target.split('.')
    if (of === kind && name !== undefined && value !== undefined && value !== '') fields[name] ??= value
  }
  return fields
}

export function doorText(index: LedgerIndex, house: string): string {
  const entry = index.entry(house)
  const building = index.entry(entry && textOf(entry, 'building'))
  return [
    building && textOf(building, 'name'),
    entry && [textOf(entry, 'entrance'), textOf(entry, 'door')].filter(Boolean).join('-'),
  ]
    .filter(Boolean)
    .join(' ')
}

function refuse(row: DraftRow, code: NoteCode): undefined {
  row.notes.push({ code })
  return undefined
}
