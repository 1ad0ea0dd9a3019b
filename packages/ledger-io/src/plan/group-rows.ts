/** Rows to households: who belongs together, judged by head, door and order alone. Knows nothing of the ledger. */
import type { Mapping } from '../columns/targets.ts'
import type { Table } from '../tables/table.ts'
import { buildingKey, doorKey, entranceKey, type Place } from '../values/place.ts'
import type { DraftRow } from './read-row.ts'

export interface Group {
  place: Place
  readonly rows: DraftRow[]
  head: DraftRow | undefined
}

/** GB/T 4761: 01 is the person himself, 02 the head; a sheet that says either means the head. */
const headCodes = new Set<unknown>(['01', '02'])

export function groupRows(table: Table, drafts: readonly DraftRow[], mapping: Mapping): readonly Group[] {
  const hasKin = mapping.columns.includes('person.kinToHead')
  const groups: Group[] = []
  const latestAt = new Map<string, Group>()
  let above: { readonly place: Place; readonly section: Place | undefined } = { place: {}, section: undefined }
  let current: Group | undefined
  drafts.forEach((draft, i) => {
    const section = table.rows[i]?.section ?? table.place
    const isHead =
      headCodes.has(draft.values.person['kinToHead']) ||
      (draft.headName !== '' && draft.headName === draft.values.person['name'])
    const place = fillPlace(draft.place, section === above.section ? above.place : {}, section, isHead && hasKin)
    above = { place, section }
    const key = placeKey(place)
    const fits = (group: Group | undefined): group is Group =>
      group !== undefined &&
      placeKey(group.place) === key &&
      !(isHead && group.head !== undefined && hasKin) &&
      sameHead(group, draft)
    if (!fits(current)) current = fits(latestAt.get(key)) ? latestAt.get(key) : undefined
    if (!current) {
      current = { place, rows: [], head: undefined }
      groups.push(current)
    }
    if (key !== '') latestAt.set(key, current)
    current.rows.push(draft)
    if (isHead) current.head ??= draft
  })
  for (const group of groups) settleHead(group, hasKin)
  return groups
}

function settleHead(group: Group, hasKin: boolean): void {
  const named = group.rows.filter((row) => row.values.person['name'] !== undefined)
  const first = named[0]
  if (!group.head && !hasKin && first && first.headName === '') {
    group.head = first
    if (named.length > 1) first.notes.push({ code: 'defaultUsed', target: 'person.kinToHead', detail: '02' })
  }
  if (group.head) group.head.values.person['kinToHead'] = '02'
}

/** Gaps are filled from the row above as long as nothing above them in the address is said anew; a head's door is never guessed. */
function fillPlace(own: Place, above: Place, section: Place | undefined, isHead: boolean): Place {
  const building = own.building ?? section?.building ?? above.building
  const estate = own.estate ?? section?.estate ?? above.estate
  const place: { estate?: string; building?: string; entrance?: string; door?: string } = {
    ...own,
    ...(estate && { estate }),
    ...(building && { building }),
  }
  const sameBuilding =
    building !== undefined && above.building !== undefined && buildingKey(building) === buildingKey(above.building)
  const ofSection = isWithin(place, section) ? section?.entrance : undefined
  if (!sameBuilding) return ofSection === undefined ? place : { ...place, entrance: place.entrance ?? ofSection }
  const freshEntrance = own.entrance !== undefined && entranceKey(own.entrance) !== entranceKey(above.entrance ?? '')
  if (
    own.entrance === undefined &&
    above.entrance !== undefined &&
    (own.door === undefined ? !isHead : own.building === undefined)
  )
    place.entrance = above.entrance
  if (ofSection !== undefined) place.entrance ??= ofSection
  if (own.door === undefined && above.door !== undefined && !isHead && !freshEntrance) place.door = above.door
  return place
}

/** Whether what a section says of its entrance holds for a place: a row may name another building. */
function isWithin({ building }: Place, section: Place | undefined): boolean {
  return (
    section?.building === undefined ||
    (building !== undefined && buildingKey(building) === buildingKey(section.building))
  )
}

function sameHead(group: Group, draft: DraftRow): boolean {
  const theirs = group.rows.find((row) => row.headName !== '')?.headName ?? ''
  const numbers = [group.rows[0]?.values.household['householdNo'], draft.values.household['householdNo']]
  if (numbers[0] !== undefined && numbers[1] !== undefined && numbers[0] !== numbers[1]) return false
  return theirs === '' || draft.headName === '' || theirs === draft.headName
}

/** Empty when no door is known. */
export function placeKey(place: Place): string {
  if (place.building === undefined || place.door === undefined) return ''
  return [place.estate ?? '', buildingKey(place.building), entranceKey(place.entrance ?? ''), doorKey(place.door)].join(
    '|',
  )
}
