/** The doors of a roster as those who knock at them need them. Pure. */
import { knockDue, lastKnocks, type Instant, type RecordId, type RosterDoor } from '@tongge/model'
import type { Note } from './note-list.ts'

export interface DueDoor {
  readonly door: RosterDoor
  readonly building: RecordId
  /** Absent where nobody ever knocked. */
  readonly since?: Instant
}

/** Notes of this device may tell of a later knock than the relay knew of. */
export function withOwnKnocks(doors: readonly RosterDoor[], notes: readonly Note[]): readonly RosterDoor[] {
  const known = lastKnocks(doors, notes)
  return doors.map((door) => {
    const knock = known.get(door.house)
    return knock && knock.at > (door.knock?.at ?? -Infinity) ? { ...door, knock } : door
  })
}

/** Those nobody ever knocked at first, then the longest overdue. */
export function dueDoors(building: RecordId, doors: readonly RosterDoor[], now: Instant): readonly DueDoor[] {
  return inOrder(
    doors.flatMap((door) => {
      const due = knockDue(door, now)
      return due ? [{ door, building, ...due }] : []
    }),
  )
}

export function inOrder(due: readonly DueDoor[]): readonly DueDoor[] {
  return due.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0))
}
