/** One household of the sheet against the ledger: who is known, what is made, what would change. */
import { parseIdNo, type RecordId, type Value } from '@tongge/model'
import type { FieldTarget, Mapping } from '../columns/targets.ts'
import { buildingName, type Place } from '../values/place.ts'
import { dropUnfit, isIncomplete } from './check-values.ts'
import { placeKey, type Group } from './group-rows.ts'
import { textOf, type LedgerEntry } from './ledger-index.ts'
import { matchPerson } from './match-person.ts'
import type { DraftRow, Values } from './read-row.ts'
import type { FieldChange, NoteCode } from './report.ts'
import {
  doorText,
  makeHouse,
  settleHome,
  withDefaults,
  type Candidate,
  type Home,
  type PlanState,
  type RowState,
} from './settle-home.ts'

const badIdNo = new Set<NoteCode>(['badIdLength', 'badIdDate', 'badIdRegion', 'badIdCheckDigit'])

export function planGroup(state: PlanState, group: Group, mapping: Mapping): ReadonlyMap<DraftRow, RowState> {
  const estate = group.place.estate ?? (mapping.defaults['building.estate']?.trim() || undefined)
  const place: Place = {
    ...group.place,
    ...(estate !== undefined && { estate }),
    ...(group.place.building !== undefined && { building: buildingName(group.place.building) }),
  }
  const results = new Map(
    group.rows.map((row): [DraftRow, RowState] => [row, { place, outcome: 'rejected', changes: [] }]),
  )
  const building = place.building === undefined ? undefined : state.ledger.findBuilding(place)
  const house = building === undefined || place.door === undefined ? undefined : state.ledger.findHouse(building, place)
  const residents = house ? state.index.householdsIn(house).map(({ id }) => id) : []
  const doors: DraftRow[] = []
  let candidates: Candidate[] = []
  for (const [row, result] of results) {
    dropUnfit('household', row.values.household, row, state.today)
    dropUnfit('house', row.values.house, row, state.today)
    if (isDoorOnly(row)) doors.push(row)
    else {
      const candidate = judge(state, row, result, place, residents)
      if (candidate) candidates.push(candidate)
    }
  }
  const home = settleHome(state, group, candidates, place, house, mapping)
  const isEmpty = candidates.length === 0 && residents.length === 0
  for (const row of doors) planDoor(state, row, results.get(row), { place, isEmpty }, mapping)
  const homes = home.household === undefined || residents.includes(home.household) ? [] : [home.household]
  if (homes.length > 0)
    candidates = candidates.filter((candidate) => candidate.entry || recognise(state, candidate, homes))
  if (candidates.length > 0) planPeople(state, group, candidates, home, mapping)
  return results
}

/** A row that tells of a door only, such as an empty flat. */
function isDoorOnly({ values }: DraftRow): boolean {
  return Object.keys(values.person).every((name) => name === 'remark' || name === 'kinToHead')
}

function judge(
  state: PlanState,
  row: DraftRow,
  result: RowState,
  place: Place,
  residents: readonly RecordId[],
): Candidate | undefined {
  const person = { ...row.values.person }
  const wrong =
    dropUnfit('person', person, row, state.today) ||
    row.notes.some(({ code, target }) => target === 'person.idNo' && badIdNo.has(code))
  if (person['name'] === undefined) row.notes.push({ code: 'noName' })
  if (wrong || person['name'] === undefined) return undefined
  const { idNo, name, birthDate } = person
  const sameDoor = `${placeKey(place)}|${String(name)}|${String(birthDate)}`
  const before = (typeof idNo === 'string' ? state.seenIdNos.get(idNo) : undefined) ?? state.seenPeople.get(sameDoor)
  if (before !== undefined) {
    row.notes.push({ code: 'duplicateInFile', detail: before })
    return undefined
  }
  const candidate: Candidate = { row, result, person, entry: undefined }
  if (!recognise(state, candidate, residents)) return undefined
  if (typeof idNo === 'string') state.seenIdNos.set(idNo, row.origin)
  state.seenPeople.set(sameDoor, row.origin)
  return candidate
}

/** Notes who of the ledger the row's person is. False when that is for a person to decide, or another row was the same one. */
function recognise({ index, seenPeople }: PlanState, candidate: Candidate, households: readonly RecordId[]): boolean {
  const { row, result, person } = candidate
  const match = matchPerson(index, person, households)
  if (!match) return true
  if ('doubt' in match) {
    row.notes.push({ code: match.doubt })
    return false
  }
  const before = seenPeople.get(match.entry.id)
  if (before !== undefined) {
    row.notes.push({ code: 'duplicateInFile', detail: before })
    return false
  }
  seenPeople.set(match.entry.id, row.origin)
  candidate.entry = match.entry
  result.match = { origin: row.origin, record: match.entry.id, by: match.by }
  return true
}

/** Takes out what contradicts the document number that the ledger has and the sheet does not repeat. */
function trustIdNo(person: Values, entry: LedgerEntry, row: DraftRow): Values {
  const known = person['idNo'] === undefined ? parseIdNo(textOf(entry, 'idNo')) : undefined
  if (!known?.ok) return person
  const { sex, birthDate, ...others } = person
  const isSexFit = sex === undefined || sex === known.value.sex
  const isBirthFit = birthDate === undefined || birthDate === known.value.birthDate
  if (!isSexFit) row.notes.push({ code: 'idSexMismatch', target: 'person.sex' })
  if (!isBirthFit) row.notes.push({ code: 'idBirthMismatch', target: 'person.birthDate' })
  return {
    ...others,
    ...(isSexFit && sex !== undefined && { sex }),
    ...(isBirthFit && birthDate !== undefined && { birthDate }),
  }
}

function planDoor(
  state: PlanState,
  row: DraftRow,
  result: RowState | undefined,
  { place, isEmpty }: { readonly place: Place; readonly isEmpty: boolean },
  mapping: Mapping,
): void {
  if (!result) return
  if (placeKey(place) === '') return void row.notes.push({ code: 'noName' })
  const before = state.ledger.findBuilding(place)
  const isKnown = before !== undefined && state.ledger.findHouse(before, place) !== undefined
  const fields = row.values.house
  if (isEmpty && row.saysVacant) fields['occupancy'] ??= 'vacant'
  const usual = mapping.defaults['house.occupancy']
  if (!isKnown && isEmpty && fields['occupancy'] === undefined && usual)
    row.notes.push({ code: 'defaultUsed', target: 'house.occupancy', detail: usual })
  const house = makeHouse(state, row, place, mapping)
  if (!house) return
  result.changes = amendHouse(state, house, row)
  result.outcome = isKnown ? (result.changes.length > 0 ? 'changed' : 'unchanged') : 'created'
}

function planPeople(
  state: PlanState,
  group: Group,
  candidates: readonly Candidate[],
  home: Home,
  mapping: Mapping,
): void {
  const { ledger, index } = state
  const hasKin = mapping.columns.includes('person.kinToHead') || mapping.columns.includes('headName')
  let household = home.household
  let head: RecordId | undefined
  for (const { row, result, person, entry } of candidates) {
    let id: RecordId
    if (entry) {
      id = entry.id
      const theirs = textOf(entry, 'household')
      const { kinToHead, ...others } = trustIdNo(person, entry, row)
      if (theirs !== household)
        row.notes.push({
          code: 'otherHousehold',
          detail: doorText(index, textOf(index.entry(theirs) ?? entry, 'house')),
        })
      if (person['name'] !== entry.fields['name'])
        row.notes.push({ code: 'nameDiffers', target: 'person.name', detail: textOf(entry, 'name') })
      const fields: Record<string, Value> = {
        ...others,
        ...(hasKin && theirs === household && kinToHead !== undefined && { kinToHead }),
      }
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

/** Sex and kinship are facts about a person: a row that got them from the mapping says so. */
function noteDefaults(row: DraftRow, person: Values, fields: Values): void {
  for (const name of ['sex', 'kinToHead'] as const) {
    const value = fields[name]
    const target: FieldTarget = `person.${name}`
    if (person[name] === undefined && value !== undefined)
      row.notes.push({ code: 'defaultUsed', target, detail: String(value) })
  }
}
