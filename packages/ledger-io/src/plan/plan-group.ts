/** One household of the sheet against the ledger: who is known, what is made, what would change. */
import type { Day, RecordId, Value } from '@tongge/model'
import type { FieldTarget, Mapping } from '../columns/targets.ts'
import { buildingName, type Place } from '../values/place.ts'
import { dropUnfit, isIncomplete } from './check-values.ts'
import type { DraftLedger } from './draft-ledger.ts'
import { placeKey, type Group } from './group-rows.ts'
import { textOf, type LedgerEntry, type LedgerIndex } from './ledger-index.ts'
import { matchPerson } from './match-person.ts'
import type { DraftRow, Values } from './read-row.ts'
import type { Duplicate, FieldChange, NoteCode, RowOutcome } from './report.ts'

export interface PlanState {
  readonly index: LedgerIndex
  readonly ledger: DraftLedger
  readonly today: Day
  /** Where in the sheets a number, or a person of a household, was first met. */
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
interface Candidate {
  readonly row: DraftRow
  readonly result: RowState
  readonly person: Values
  readonly entry: LedgerEntry | undefined
}

const badIdNo = new Set<NoteCode>(['badIdLength', 'badIdDate', 'badIdRegion', 'badIdCheckDigit'])

export function planGroup(state: PlanState, group: Group, mapping: Mapping): ReadonlyMap<DraftRow, RowState> {
  const place: Place = { ...group.place, ...(group.place.building !== undefined && { building: buildingName(group.place.building) }) }
  const results = new Map(group.rows.map((row): [DraftRow, RowState] => [row, { place, outcome: 'rejected', changes: [] }]))
  const building = place.building === undefined ? undefined : state.ledger.findBuilding(place)
  const house = building === undefined || place.door === undefined ? undefined : state.ledger.findHouse(building, place)
  const doors: DraftRow[] = []
  const candidates: Candidate[] = []
  for (const [row, result] of results) {
    dropUnfit('household', row.values.household, row, state.today)
    dropUnfit('house', row.values.house, row, state.today)
    if (isDoorOnly(row)) doors.push(row)
    else {
      const candidate = judge(state, row, result, place, house)
      if (candidate) candidates.push(candidate)
    }
  }
  const home = settleHome(state, group, candidates, place, house, mapping)
  for (const row of doors) planDoor(state, row, results.get(row), place, mapping)
  if (candidates.length > 0) planPeople(state, group, candidates, home, mapping)
  return results
}

/** A row that tells of a door only, such as an empty flat. */
function isDoorOnly({ values }: DraftRow): boolean {
  return Object.keys(values.person).every((name) => name === 'remark' || name === 'kinToHead')
}

function judge(state: PlanState, row: DraftRow, result: RowState, place: Place, house: RecordId | undefined): Candidate | undefined {
  const person = { ...row.values.person }
  const wrong = dropUnfit('person', person, row, state.today) || row.notes.some(({ code, target }) => target === 'person.idNo' && badIdNo.has(code))
  if (person['name'] === undefined) row.notes.push({ code: 'noName' })
  if (wrong || person['name'] === undefined) return undefined
  const { idNo, name, birthDate } = person
  const sameDoor = `${placeKey(place)}|${String(name)}|${String(birthDate)}|${String(idNo)}`
  const before = (typeof idNo === 'string' ? state.seenIdNos.get(idNo) : undefined) ?? state.seenPeople.get(sameDoor)
  if (before !== undefined) {
    row.notes.push({ code: 'duplicateInFile', detail: before })
    return undefined
  }
  const match = matchPerson(state.index, person, house)
  if (match && 'doubt' in match) {
    row.notes.push({ code: match.doubt })
    return undefined
  }
  if (typeof idNo === 'string') state.seenIdNos.set(idNo, row.origin)
  state.seenPeople.set(sameDoor, row.origin)
  if (match) result.match = { origin: row.origin, record: match.entry.id, by: match.by }
  return { row, result, person, entry: match?.entry }
}

interface Home {
  readonly household: RecordId | undefined
  /** Makes the household (and its house) at the first person who needs it. */
  readonly make: (row: DraftRow) => RecordId | undefined
}

/** The household of the ledger that the group is, or the means to make one. */
function settleHome(state: PlanState, group: Group, candidates: readonly Candidate[], place: Place, house: RecordId | undefined, mapping: Mapping): Home {
  const { index, ledger } = state
  const known = knownHome(index, group, candidates, place, house)
  if (known) {
    const home = textOf(known, 'house')
    if (placeKey(place) !== '' && home !== house) candidates[0]?.row.notes.push({ code: 'otherDoor', detail: doorText(index, home) })
    return { household: known.id, make: () => known.id }
  }
  let made: RecordId | undefined
  return {
    household: undefined,
    make: (row) => {
      if (made) return made
      const at = makeHouse(state, row, place, mapping)
      if (!at) return undefined
      if (index.householdsIn(at).some(({ id }) => index.membersOf(id).length > 0)) row.notes.push({ code: 'doorOccupied' })
      made = ledger.create('household', { house: at }, row.origin)
      return made
    },
  }
}

/** Somebody of the group lives at this very door; or the sheet names the head who does; or, wherever they live, the head is known. */
function knownHome(index: LedgerIndex, group: Group, candidates: readonly Candidate[], place: Place, house: RecordId | undefined): LedgerEntry | undefined {
  const homeOf = ({ entry }: Candidate): LedgerEntry | undefined => index.entry(entry && textOf(entry, 'household'))
  const head = candidates.find(({ row }) => row === group.head)
  const headHome = head && homeOf(head)
  if (headHome) return headHome
  const homes = candidates.map(homeOf).filter((home) => home !== undefined)
  const here = homes.find((home) => textOf(home, 'house') === house)
  if (here) return here
  const headName = group.rows.find((row) => row.headName !== '')?.headName
  const named = house && headName ? index.householdsIn(house).find((home) => textOf(index.entry(textOf(home, 'head')) ?? home, 'name') === headName) : undefined
  return named ?? (placeKey(place) === '' ? homes[0] : undefined)
}

function makeHouse(state: PlanState, row: DraftRow, place: Place, mapping: Mapping): RecordId | undefined {
  const { ledger } = state
  if (placeKey(place) === '') return refuse(row, 'noDoor')
  const building = ledger.findBuilding(place)
  const known = building && ledger.findHouse(building, place)
  if (known) return known
  const fields = { ...withDefaults('house', row.values.house, mapping), ...(place.entrance && { entrance: place.entrance }), ...(place.door && { door: place.door }) }
  if (isIncomplete('house', fields, row, ['building'])) return undefined
  const at = building ?? ledger.building(place, row.origin)
  if (at === 'ambiguous') return refuse(row, 'ambiguousBuilding')
  if (at === 'noEstate') {
    row.notes.push({ code: 'required', target: 'building.estate' })
    return undefined
  }
  return ledger.create('house', { ...fields, building: at }, row.origin)
}

function planDoor(state: PlanState, row: DraftRow, result: RowState | undefined, place: Place, mapping: Mapping): void {
  if (!result) return
  if (placeKey(place) === '') return void row.notes.push({ code: 'noName' })
  const before = state.ledger.findBuilding(place)
  const isKnown = before !== undefined && state.ledger.findHouse(before, place) !== undefined
  const house = makeHouse(state, row, place, mapping)
  if (!house) return
  result.changes = amendHouse(state, house, row)
  result.outcome = isKnown ? (result.changes.length > 0 ? 'changed' : 'unchanged') : 'created'
}

function planPeople(state: PlanState, group: Group, candidates: readonly Candidate[], home: Home, mapping: Mapping): void {
  const { ledger, index } = state
  const hasKin = mapping.columns.includes('person.kinToHead') || mapping.columns.includes('headName')
  let household = home.household
  let head: RecordId | undefined
  for (const { row, result, person, entry } of candidates) {
    let id: RecordId
    if (entry) {
      id = entry.id
      const theirs = textOf(entry, 'household')
      const { kinToHead, ...others } = person
      if (theirs !== household) row.notes.push({ code: 'otherHousehold', detail: doorText(index, textOf(index.entry(theirs) ?? entry, 'house')) })
      if (person['name'] !== entry.fields['name']) row.notes.push({ code: 'nameDiffers', target: 'person.name', detail: textOf(entry, 'name') })
      const fields: Record<string, Value> = { ...others, ...(hasKin && theirs === household && kinToHead !== undefined && { kinToHead }) }
      result.changes = ledger.amend('person', id, fields, row.origin)
      result.outcome = result.changes.length > 0 ? 'changed' : 'unchanged'
    } else {
      const fields = withDefaults('person', person, mapping)
      if (isIncomplete('person', fields, row, ['household'])) continue
      noteDefaults(row, person, fields)
      household ??= home.make(row)
      if (!household) continue
      id = ledger.create('person', { ...fields, household }, row.origin)
      result.outcome = 'created'
    }
    if (row === group.head && (!entry || textOf(entry, 'household') === household)) head = id
    if (household) result.changes = [...result.changes, ...amendHome(state, household, row)]
    if (result.outcome === 'unchanged' && result.changes.length > 0) result.outcome = 'changed'
  }
  if (!household) return
  const knownHead = index.entry(household)?.fields['head']
  if (head && knownHead === undefined) ledger.amend('household', household, { head }, candidates[0]?.row.origin ?? '')
  const first = candidates.find(({ result }) => result.outcome === 'created')
  if (!head && knownHead === undefined && first) first.row.notes.push({ code: 'noHead' })
}

/** What the row itself says about its household and house; an address that the ledger has stays as it is. */
function amendHome(state: PlanState, household: RecordId, row: DraftRow): readonly FieldChange[] {
  const fields = row.values.household
  const changes = Object.keys(fields).length > 0 ? state.ledger.amend('household', household, fields, row.origin) : []
  const house = textOf(state.index.entry(household) ?? { id: household, kind: 'household', fields: {} }, 'house')
  const entry = state.index.entry(house)
  return entry ? [...changes, ...amendHouse(state, entry.id, row)] : changes
}

function amendHouse(state: PlanState, house: RecordId, row: DraftRow): readonly FieldChange[] {
  const fields: Values = { ...row.values.house }
  if (state.index.entry(house)?.fields['address'] !== undefined) delete fields['address']
  return Object.keys(fields).length > 0 ? state.ledger.amend('house', house, fields, row.origin) : []
}

function withDefaults(kind: 'house' | 'person', values: Values, mapping: Mapping): Values {
  const fields = { ...values }
  for (const [target, value] of Object.entries(mapping.defaults)) {
    const [of, name] = target.split('.')
    if (of === kind && name !== undefined && value !== undefined && value !== '') fields[name] ??= value
  }
  return fields
}

/** Sex and kinship are facts about a person: a row that got them from the mapping says so. */
function noteDefaults(row: DraftRow, person: Values, fields: Values): void {
  for (const name of ['sex', 'kinToHead'] as const) {
    const value = fields[name]
    const target: FieldTarget = `person.${name}`
    if (person[name] === undefined && value !== undefined) row.notes.push({ code: 'defaultUsed', target, detail: String(value) })
  }
}

function doorText(index: LedgerIndex, house: string): string {
  const entry = index.entry(house)
  const building = index.entry(entry && textOf(entry, 'building'))
  return [building && textOf(building, 'name'), entry && [textOf(entry, 'entrance'), textOf(entry, 'door')].filter(Boolean).join('-')].filter(Boolean).join(' ')
}

function refuse(row: DraftRow, code: NoteCode): undefined {
  row.notes.push({ code })
  return undefined
}
