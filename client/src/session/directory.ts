/** Who works in this grid and what its buildings are called, from the directory that the relay writes. */
import {
  readDirectory,
  type DirectoryBuilding,
  type DirectoryEntries,
  type DirectoryGrid,
  type DirectoryPerson,
  type DirectoryPlace,
} from '@tongge/crdt'
import {
  createTimetable,
  type AccountId,
  type CommunityParameters,
  type GridCode,
  type WorkCalendar,
} from '@tongge/model'
import { createSignal, type Accessor } from 'solid-js'
import type { OpenDocument } from './open-documents.ts'

export interface Directory {
  readonly gridName: string
  /** Undefined until the directory is here. */
  readonly grid: DirectoryGrid | undefined
  readonly community: DirectoryPlace | undefined
  readonly street: DirectoryPlace | undefined
  /** What the community set, as far as this device knows. */
  readonly parameters: CommunityParameters
  /** Everyone who works for the grid, its community or its street, each once; those closest first. */
  readonly staff: readonly DirectoryPerson[]
  readonly buildings: readonly DirectoryBuilding[]
  /** The person's name, or the account where the directory does not know them. */
  nameOf(account: AccountId): string
  gridNameOf(grid: GridCode): string
}

export interface OpenDirectory {
  readonly directory: Accessor<Directory>
  /** By which tickets are folded now. */
  timetable(): WorkCalendar
  /** The documents are open: the directory of the street is one of them. */
  follow(documents: readonly OpenDocument[]): void
  dispose(): void
}

/** `onTimetable`: what the community set is other than it was. */
export function createDirectory(grid: GridCode, onTimetable: () => void): OpenDirectory {
  const [directory, setDirectory] = createSignal(directoryFor(new Map(), grid))
  let doc: OpenDocument['doc'] | undefined
  let timetable = createTimetable()
  let set = JSON.stringify([])
  const read = (): void => {
    if (!doc) return
    const { community } = setDirectory(directoryFor(readDirectory(doc), grid))
    const [parameters, earlier] = [community?.parameters ?? {}, community?.earlierTimes ?? []]
    const found = Object.keys(parameters).length + earlier.length > 0 ? JSON.stringify([parameters, earlier]) : '[]'
    if (found === set) return
    set = found
    timetable = createTimetable(parameters, earlier)
    onTimetable()
  }
  return {
    directory,
    timetable: () => timetable,
    follow: (documents) => {
      doc = documents.find(({ parsed }) => parsed.kind === 'org')?.doc
      doc?.on('update', read)
      read()
    },
    dispose: () => doc?.off('update', read),
  }
}

function directoryFor(entries: DirectoryEntries, grid: GridCode): Directory {
  const place = entries.get(`grid/${grid}`) as DirectoryGrid | undefined
  const [community, street] = [entries.get(`community/${grid.slice(0, 12)}`), entries.get('street')]
  const near = [place, community, street].flatMap((one) => one?.staff ?? [])
  const helpers = (place?.buildings ?? []).flatMap(({ staff }) => staff)
  const staff = [...new Map([...near, ...helpers].map((person) => [person.account, person])).values()]
  const nameByAccount = new Map(
    [...entries.values()]
      .flatMap((one) => one.staff)
      .concat(helpers)
      .map(({ account, name }) => [account, name]),
  )
  return {
    gridName: place?.name ?? grid,
    grid: place,
    community,
    street,
    parameters: community?.parameters ?? {},
    staff,
    buildings: place?.buildings ?? [],
    nameOf: (account) => nameByAccount.get(account) ?? account,
    gridNameOf: (code) => entries.get(`grid/${code}`)?.name ?? code,
  }
}
