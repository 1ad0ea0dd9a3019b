/** Makes the masked rosters of a grid's buildings, in a thread of its own: a whole ledger is read for them. */
import { readRoster, rosterRootOf } from '@tongge/crdt'
import { indexGrid, lastKnocks, rosterOf, type GridCode, type RecordId, type RosterDoor } from '@tongge/model'
import { entriesUpdate } from '../own-documents/entries-update.ts'
import { docOf, readEntries, type Updates } from '../own-documents/read-entries.ts'
import { answerTasks } from '../worker-queue.ts'

export interface RosterTask {
  readonly grid: GridCode
  /** Absent when only notes changed: the doors are then those of the rosters. */
  readonly ledger: Updates | undefined
  readonly buildings: readonly RosterSources[]
}

export interface RosterSources {
  readonly building: RecordId
  readonly notes: Updates
  readonly roster: Updates
  /** The number the relay writes this roster under. */
  readonly client: number | undefined
}

export type RosterAnswer = readonly { readonly building: RecordId; readonly update: Uint8Array }[]

answerTasks((task: RosterTask) => {
  const answer = makeRosters(task)
  return { answer, moved: answer.map(({ update }) => update) }
})

function makeRosters({ grid, ledger, buildings }: RosterTask): RosterAnswer {
  const nodes = ledger && indexGrid(readEntries(grid, { ledger })).buildings
  return buildings.flatMap(({ building, notes, roster, client }) => {
    const node = nodes?.find((one) => one.building.id === building)
    const doors = nodes ? (node ? rosterOf(node) : []) : doorsIn(roster)
    const knocks = lastKnocks(doors, readEntries(grid, { notes: new Map([[building, notes]]) }))
    const entries = new Map(
      doors.map(({ house, knock: _before, ...door }) => {
        const knock = knocks.get(house)
        return [house, { ...door, ...(knock && { knock }) }]
      }),
    )
    const update = entriesUpdate({ stored: roster, rootOf: rosterRootOf, entries, client })
    return update ? [{ building, update }] : []
  })
}

function doorsIn(roster: Updates): readonly RosterDoor[] {
  const doc = docOf(roster)
  const doors = readRoster(doc)
  doc.destroy()
  return doors
}
