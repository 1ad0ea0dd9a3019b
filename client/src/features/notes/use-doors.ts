/** The doors of each building that this device knows, and which of them are due for a knock. */
import type { RecordId, RosterDoor } from '@tongge/model'
import { createMemo, type Accessor } from 'solid-js'
import { useSession } from '../../session/use-session.ts'
import { useNow } from '../records/use-now.ts'
import { dueDoors, inOrder, withOwnKnocks, type DueDoor } from './door-list.ts'
import type { Notes } from './use-notes.ts'

export interface BuildingDoors {
  readonly building: RecordId
  readonly label: string
  readonly doors: readonly RosterDoor[]
  readonly due: readonly DueDoor[]
}

export interface Doors {
  /** In the order of the directory; buildings without a door are left out. */
  readonly buildings: Accessor<readonly BuildingDoors[]>
  /** Of all buildings in which this person may note a knock. */
  readonly due: Accessor<readonly DueDoor[]>
}

export function useDoors(notes: Notes): Doors {
  const session = useSession()
  const now = useNow()
  const known = createMemo(() =>
    notes.buildings().flatMap(({ value: building, label }) => {
      const own = notes.all().filter(({ fields }) => fields.building === building)
      const doors = withOwnKnocks(session.doorsOf(building), own)
      return doors.length > 0 ? [{ building, label, doors }] : []
    }),
  )
  const buildings = createMemo(() => known().map((one) => ({ ...one, due: dueDoors(one.building, one.doors, now()) })))
  const due = createMemo(() => {
    const writable = new Set(notes.writable().map(({ value }) => value))
    return inOrder(buildings().flatMap((one) => (writable.has(one.building) ? one.due : [])))
  })
  return { buildings, due }
}
