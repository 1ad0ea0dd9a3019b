/**
 * The directory document `org/{street}`: who works where, as a Y.Map of plain entries that the relay alone writes.
 * `street` and `community/{code}` hold a place, `grid/{code}` a grid.
 */
import type { AccountId, CommunityParameters, EarlierTimes, GridDetails, Role, StaffDetails } from '@tongge/model'
import {
  gridFields,
  publishedFields,
  roles,
  soundEarlierTimes,
  soundFields,
  soundParameters,
  staffFields,
} from '@tongge/model'
import type { Doc, Map as YMap } from 'yjs'
import { isPlain } from './layout.ts'

/** What is published of a person and of a grid; nothing personal is among it. */
export type DirectoryStaffDetails = Omit<StaffDetails, 'idNo' | 'birthDate' | 'education' | 'politicalStatus'>

export interface DirectoryPerson extends DirectoryStaffDetails {
  readonly account: AccountId
  readonly name: string
  readonly role: Role
}

export interface DirectoryPlace {
  readonly code: string
  readonly name: string
  /** Those who work for the place as a whole. */
  readonly staff: readonly DirectoryPerson[]
  /** What a community set, and the times that held before; of communities alone. */
  readonly parameters?: CommunityParameters
  readonly earlierTimes?: readonly EarlierTimes[]
}

export interface DirectoryBuilding {
  readonly id: string
  readonly name: string
  readonly staff: readonly DirectoryPerson[]
}

export interface DirectoryGrid extends DirectoryPlace, GridDetails {
  readonly community: string
  readonly kind: 'basic' | 'dedicated'
  readonly buildings: readonly DirectoryBuilding[]
}

export type DirectoryEntries = ReadonlyMap<string, DirectoryPlace | DirectoryGrid>

export function directoryOf(doc: Doc): YMap<unknown> {
  return doc.getMap('directory')
}

/** All well-formed entries by key; what a newer relay wrote in another shape is left out. */
export function readDirectory(doc: Doc): DirectoryEntries {
  const entries = new Map<string, DirectoryPlace | DirectoryGrid>()
  for (const [key, value] of directoryOf(doc)) {
    const place = parsePlace(value)
    if (!place) continue
    entries.set(key, key.startsWith('grid/') ? parseGrid(place, value) : { ...place, ...parseParameters(value) })
  }
  return entries
}

function parsePlace(value: unknown): DirectoryPlace | undefined {
  if (!isPlain(value) || typeof value['code'] !== 'string' || typeof value['name'] !== 'string') return undefined
  return { code: value['code'], name: value['name'], staff: parseStaff(value['staff']) }
}

function parseGrid(place: DirectoryPlace, value: unknown): DirectoryGrid {
  const { community, kind, buildings } = isPlain(value) ? value : {}
  return {
    // Only what may stand here: a relay that published more would not be read.
    ...publishedFields(gridFields, soundFields(gridFields, value)),
    ...place,
    community: typeof community === 'string' ? community : '',
    kind: kind === 'dedicated' ? 'dedicated' : 'basic',
    buildings: listOf(buildings).flatMap((one) =>
      typeof one['id'] === 'string' && typeof one['name'] === 'string'
        ? [{ id: one['id'], name: one['name'], staff: parseStaff(one['staff']) }]
        : [],
    ),
  }
}

function parseParameters(value: unknown): Pick<DirectoryPlace, 'parameters' | 'earlierTimes'> {
  if (!isPlain(value) || !isPlain(value['parameters'])) return {}
  return {
    parameters: soundParameters(value['parameters']),
    earlierTimes: soundEarlierTimes(value['earlierTimes']),
  }
}

function parseStaff(value: unknown): readonly DirectoryPerson[] {
  return listOf(value).flatMap((one) => {
    const { account, name, role } = one
    const known = roles.find((text) => text === role)
    return typeof account === 'string' && typeof name === 'string' && known
      ? [
          {
            ...publishedFields(staffFields, soundFields(staffFields, one)),
            account: account as AccountId,
            name,
            role: known,
          },
        ]
      : []
  })
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isPlain) : []
}
