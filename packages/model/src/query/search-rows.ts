/** Rows to search people by; matching pinyin is done where the keys are pressed. */
import type { RecordId } from '../ids.ts'
import { isActive, type Entry } from '../records.ts'
import { indexGrid, type GridIndex } from './grid-index.ts'

export interface SearchRow {
  readonly person: RecordId
  readonly household: RecordId | undefined
  readonly name: string
  /** Empty where it is not known. */
  readonly building: string
  /** Entrance and door as they are written on the wall: 1-301. */
  readonly door: string
  /** Last four digits, also of the household's phone where the person has none; empty where unknown. */
  readonly phoneTail: string
  /** Last four characters, where this account may read ID numbers. */
  readonly idTail: string
  readonly active: boolean
}

/** In the order of the ledger; persons without a known household last. */
export function searchRows(entries: Iterable<Entry>): readonly SearchRow[] {
  return searchRowsOf(indexGrid(entries))
}

export function searchRowsOf(index: GridIndex): readonly SearchRow[] {
  const rows: SearchRow[] = []
  for (const { building, houses } of index.buildings) {
    for (const { house, households } of houses) {
      for (const { household, persons } of households) {
        for (const person of persons) rows.push(rowOf(person, household, building.fields.name ?? '', doorOf(house)))
      }
    }
  }
  for (const { house, households } of index.strays.houses) {
    for (const { household, persons } of households)
      for (const person of persons) rows.push(rowOf(person, household, '', doorOf(house)))
  }
  for (const { household, persons } of index.strays.households)
    for (const person of persons) rows.push(rowOf(person, household, '', ''))
  for (const person of index.strays.persons) rows.push(rowOf(person, undefined, '', ''))
  return rows
}

export function doorOf({ fields }: Entry<'house'>): string {
  return doorOnWall(fields)
}

/** Entrance and door as they are written on the wall; the entrance is left out where the door already names it. */
export function doorOnWall({ entrance = '', door = '' }: Pick<Entry<'house'>['fields'], 'entrance' | 'door'>): string {
  return entrance === '' || door.includes('-') ? door : `${entrance.replace(/单元$/, '')}-${door}`
}

function rowOf(
  person: Entry<'person'>,
  household: Entry<'household'> | undefined,
  building: string,
  door: string,
): SearchRow {
  return {
    person: person.id,
    household: household?.id,
    name: person.fields.name ?? '',
    building,
    door,
    phoneTail: (person.fields.phone ?? household?.fields.phone ?? '').slice(-4),
    idTail: (person.fields.idNo ?? '').slice(-4),
    active: isActive(person),
  }
}
