/** One row of a table to values by record kind and a place, with notes on every doubtful cell. Knows one row only. */
import { isDay, parseIdNo, type Day, type Value } from '@tongge/model'
import type { ImportKind, FieldTarget, Mapping, Target } from '../columns/targets.ts'
import { fieldOfTarget } from '../columns/targets.ts'
import type { Table, TableRow } from '../tables/table.ts'
import { withoutNothing } from '../values/emptiness.ts'
import { isVacancy, tellsVacancy } from '../values/vacancy.ts'
import { buildingIn, buildingName, entranceKey, parseAddress, parseDoor, type Place } from '../values/place.ts'
import { readCell, tidyName, type CellOptions } from './read-cell.ts'
import type { NoteCode, RowNote } from './report.ts'

export type Values = Record<string, Value>

export interface DraftRow {
  readonly origin: string
  /** What the row itself says of its place; gaps are filled from the rows above. */
  readonly place: Place
  readonly headName: string
  /** Some cell says that nobody lives here. */
  readonly saysVacant: boolean
  readonly values: Readonly<Record<ImportKind, Values>>
  readonly notes: RowNote[]
  /** Names the columns that gave a field, for notes made later. */
  readonly columnOf: (target: FieldTarget) => string | undefined
}

/** Cells that cannot be used are left out with a note; whether that rejects the row is for the caller. */
export function readRow(table: Table, row: TableRow, mapping: Mapping, options: CellOptions): DraftRow {
  const values: Record<ImportKind, Values> = { building: {}, house: {}, household: {}, person: {} }
  const notes: RowNote[] = []
  const remarks: string[] = []
  let place: Place = {}
  let headName = ''
  let birthDate: Day | undefined
  mapping.columns.forEach((target, c) => {
    if (target === undefined) return
    const text = textFor(target, row.cells[c] ?? '')
    const flaw = row.flaws?.get(c)
    const column = table.header[c] ?? ''
    if (target === 'headName') headName = tidyName(text)
    else if (target === 'address') {
      if (text === '') return
      const read = parseAddress(text) ?? parseDoor(text)
      place = { ...read, ...place }
      values.house['address'] ??= text.slice(0, 120)
      if (!read) notes.push({ code: 'addressUnread', column, target, text })
    } else if (target === 'person.remark') {
      if (text !== '') remarks.push(text)
    } else {
      const known = fieldOfTarget(target)
      if (!known) return
      if (isPlaceTarget(target)) place = { ...place, ...readPlace(target, text) }
      const reading = readCell(target, text, flaw, options)
      if (reading.value !== undefined && !isPlaceTarget(target)) values[known.kind][known.name] = reading.value
      if (reading.rest) remarks.push(`${column}：${reading.rest}`)
      if (reading.note)
        notes.push({ ...reading.note, column, target, ...(known.field.type !== 'idNo' && text !== '' && { text }) })
      if (flaw === 'precisionLost' && target === 'person.idNo') birthDate = birthDateIn(text)
    }
  })
  if (remarks.length > 0) values.person['remark'] = remarks.join('；').slice(0, 500)
  takeFromIdNo(values.person, birthDate, notes)
  return {
    origin: `${table.sheet}!${row.at}`,
    place,
    headName,
    saysVacant: row.cells.some((text) => isVacancy(text)) || remarks.some((text) => tellsVacancy(text)),
    values,
    notes,
    columnOf: (target) => columnNamed(table, mapping, target),
  }
}

/** What a cell says of its field: 空置 is nobody's name, and 空 says a lot of a house. */
function textFor(target: Target, cell: string): string {
  if (target === 'house.occupancy' && isVacancy(cell)) return '空置'
  if ((target === 'person.name' || target === 'headName') && isVacancy(cell)) return ''
  return withoutNothing(cell)
}

type PlaceTarget = 'building.name' | 'building.estate' | 'house.entrance' | 'house.door'

function isPlaceTarget(target: FieldTarget): target is PlaceTarget {
  return (
    target === 'building.name' || target === 'building.estate' || target === 'house.entrance' || target === 'house.door'
  )
}

function readPlace(target: PlaceTarget, text: string): Place {
  if (text === '') return {}
  if (target === 'building.estate') return { estate: text.slice(0, 60) }
  if (target === 'house.entrance') return { entrance: entranceKey(text).slice(0, 10) }
  if (target === 'house.door') return parseDoor(text) ?? parseAddress(text) ?? { door: text.slice(0, 20) }
  const named = buildingIn(text)
  return named?.building
    ? {
        building: named.building,
        ...(named.estate && { estate: named.estate }),
        ...(named.entrance && { entrance: named.entrance }),
      }
    : { building: buildingName(text).slice(0, 40) }
}

/** Of a number that lost its last digits the first fifteen still hold, and with them the birth date. */
function birthDateIn(text: string): Day | undefined {
  const digits = /^(\d)\.(\d{12,})[eE]\+?17$/.exec(text)
  const first = digits ? `${digits[1]}${digits[2]}` : /^\d{18}$/.test(text) ? text : undefined
  const parts = first && /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(first)
  const day = parts ? parts.slice(1).join('-') : ''
  return isDay(day) ? day : undefined
}

/** The number knows sex and birth date better than the columns beside it do; where they differ, a note says so. */
function takeFromIdNo(person: Values, birthDate: Day | undefined, notes: RowNote[]): void {
  const read = typeof person['idNo'] === 'string' ? parseIdNo(person['idNo']) : undefined
  const known = read?.ok ? read.value : birthDate === undefined ? undefined : { birthDate, sex: undefined }
  if (!known) return
  const settle = (field: 'sex' | 'birthDate', code: NoteCode, value: string): void => {
    const said = person[field]
    if (said !== undefined && said !== '0' && said !== '9' && said !== value)
      notes.push({ code, target: `person.${field}`, detail: String(said) })
    person[field] = value
  }
  if (known.sex !== undefined) settle('sex', 'idSexMismatch', known.sex)
  settle('birthDate', 'idBirthMismatch', known.birthDate)
}

function columnNamed(table: Table, mapping: Mapping, target: FieldTarget): string | undefined {
  const column = mapping.columns.indexOf(target)
  return column < 0 ? undefined : table.header[column]
}
