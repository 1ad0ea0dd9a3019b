/** The grid packed into flat rows for searching, and the search itself. Pure: how a name is spelled is given. */
import { isActive, type Entry, type GridIndex, type HouseNode, type LedgerKind, type RecordId } from '@tongge/model'
import { wordsBeside } from './asked-words.ts'
import type { Found, Spell } from './speller.ts'

export interface LedgerRow {
  readonly id: RecordId
  readonly kind: LedgerKind
  /** Searched; '' for households, which are found by their door. */
  readonly name: string
  /** Shown first where there is no name. */
  readonly title: string
  /** Digits of building, entrance and door, as `3-2-501`; '' where there is none. */
  readonly door: string
  /** Shown second: where it is, as people say it. */
  readonly place: string
  readonly phone: string
  /** The number that a facility carries, such as `演设003`; '' for everything else. */
  readonly number: string
}

export interface SearchHit {
  readonly row: LedgerRow
  readonly by: 'name' | 'door' | 'phone' | 'number'
  /** In the name, or at the end of the telephone number. */
  readonly mark: Found | undefined
  /** Smaller is better. */
  readonly rank: number
}

/** Every household, person, house without household, building, unit and facility. */
export function ledgerRows(
  index: GridIndex,
  doorTitle: (house: Entry<'house'>, building: Entry<'building'> | undefined) => string,
): readonly LedgerRow[] {
  const rows: LedgerRow[] = []
  const push = (row: Partial<LedgerRow> & Pick<LedgerRow, 'id' | 'kind'>): void =>
    void rows.push({ name: '', title: '', door: '', place: '', phone: '', number: '', ...row })
  const pushHouse = ({ house, households }: HouseNode, building?: Entry<'building'>): void => {
    const door = [building?.fields.name, house.fields.entrance, house.fields.door]
      .map((part) => digits(part ?? ''))
      .filter(Boolean)
      .join('-')
    const title = doorTitle(house, building)
    const estate = building?.fields.estate ?? ''
    const place = [estate, title].filter(Boolean).join(' ')
    const active = households.filter(({ household }) => isActive(household))
    if (active.length === 0)
      push({
        id: house.id,
        kind: 'house',
        name: house.fields.ownerName ?? '',
        door,
        title,
        place: estate,
        phone: house.fields.ownerPhone ?? '',
      })
    for (const { household, persons } of active) {
      const head = persons.find((person) => person.id === household.fields.head) ?? persons[0]
      push({
        id: household.id,
        kind: 'household',
        door,
        title: [title, head?.fields.name].filter(Boolean).join(' · '),
        place: estate,
        phone: household.fields.phone ?? '',
      })
      for (const person of persons)
        push({
          id: person.id,
          kind: 'person',
          name: person.fields.name ?? '',
          door,
          place,
          phone: person.fields.phone ?? '',
        })
    }
  }
  for (const { building, houses } of index.buildings) {
    const { name = '', estate } = building.fields
    push({ id: building.id, kind: 'building', name: [estate, name].filter(Boolean).join(' '), door: digits(name) })
    for (const node of houses) pushHouse(node, building)
  }
  const { strays } = index
  for (const node of strays.houses) pushHouse(node)
  for (const person of [...strays.households.flatMap((node) => node.persons), ...strays.persons]) {
    push({ id: person.id, kind: 'person', name: person.fields.name ?? '', phone: person.fields.phone ?? '' })
  }
  for (const unit of index.units)
    push({
      id: unit.id,
      kind: 'unit',
      name: unit.fields.name ?? '',
      place: unit.fields.address ?? '',
      phone: unit.fields.phone ?? '',
    })
  for (const { id, fields } of index.facilities) {
    const { name = '', place = '', facilityNo: number = '' } = fields
    push({ id, kind: 'facility', name, place: [number, place].filter(Boolean).join(' · '), number })
  }
  return rows
}

/** Best first. */
export function findRows(rows: readonly LedgerRow[], typed: string, spell: Spell): readonly SearchHit[] {
  const wanted = typed.normalize('NFKC').trim()
  if (wanted === '') return []
  const numbers = /\d/.test(wanted) ? digits(wanted) : ''
  const words = numbers === '' ? [] : wordsBeside(wanted)
  const hits: SearchHit[] = []
  for (const row of rows) {
    const found = hitByNumber(row, numbers)
    const hit =
      (found && says(row, words, spell) ? found : undefined) ??
      hitByOwnNumber(row, wanted) ??
      hitByName(row, wanted, spell)
    if (hit) hits.push(hit)
  }
  return hits.sort((a, b) => a.rank - b.rank)
}

export interface Search {
  readonly rows: readonly LedgerRow[]
  readonly spell: Spell
  readonly typed: string
  readonly hits: readonly SearchHit[]
}

/** As `findRows`, but looks only through what was found before where one went on typing letters: whoever matches `lxy` matches `lx`. */
export function searchOn(before: Search | undefined, rows: readonly LedgerRow[], typed: string, spell: Spell): Search {
  const goesOn =
    before !== undefined &&
    before.rows === rows &&
    before.spell === spell &&
    /^[a-z]+$/i.test(before.typed) &&
    /^[a-z]+$/i.test(typed) &&
    typed.startsWith(before.typed)
  return { rows, spell, typed, hits: findRows(goesOn ? before.hits.map((hit) => hit.row) : rows, typed, spell) }
}

/** Whether all these words are in what a row is called or where it is; asked of few rows. */
function says({ name, place, title }: LedgerRow, words: readonly string[], spell: Spell): boolean {
  return words.every((word) => [name, place, title].some((text) => spell(text, word) !== undefined))
}

function hitByOwnNumber(row: LedgerRow, wanted: string): SearchHit | undefined {
  if (row.number === '') return undefined
  const number = row.number.toUpperCase()
  const asked = wanted.toUpperCase()
  const at = number.indexOf(asked)
  if (at < 0) return undefined
  const isEnd = at + asked.length === number.length
  return { row, by: 'number', mark: undefined, rank: at === 0 ? (isEnd ? 0 : 1) : isEnd ? 1 : 3 }
}

function hitByName(row: LedgerRow, wanted: string, spell: Spell): SearchHit | undefined {
  if (row.name === '') return undefined
  const mark = spell(row.name, wanted)
  if (mark === undefined) return undefined
  const [start, end] = mark
  return { row, by: 'name', mark, rank: start === 0 ? (end === row.name.length ? 0 : 1) : 2 }
}

function hitByNumber(row: LedgerRow, numbers: string): SearchHit | undefined {
  if (numbers === '') return undefined
  if (row.door !== '' && (row.kind === 'household' || row.kind === 'house' || row.kind === 'building')) {
    if (row.door === numbers) return { row, by: 'door', mark: undefined, rank: 0 }
    if (row.door.endsWith(`-${numbers}`)) return { row, by: 'door', mark: undefined, rank: 1 }
    if (row.kind !== 'building' && row.door.startsWith(`${numbers}-`))
      return { row, by: 'door', mark: undefined, rank: 3 }
    if (numbers.includes('-') && row.door.startsWith(numbers)) return { row, by: 'door', mark: undefined, rank: 3 }
  }
  const tail = numbers.includes('-') ? '' : numbers
  if (tail.length >= 3 && row.phone.endsWith(tail))
    return {
      row,
      by: 'phone',
      mark: [row.phone.length - tail.length, row.phone.length],
      rank: tail.length >= 4 ? 1 : 2,
    }
  if (tail.length >= 7 && row.phone.startsWith(tail)) return { row, by: 'phone', mark: [0, tail.length], rank: 1 }
  return undefined
}

/** `3号楼 2单元 501` and `3-2-501` both give `3-2-501`. */
function digits(text: string): string {
  return (text.match(/\d+/g) ?? []).join('-')
}
