/** Everything the demo puts into one grid. The same seed, day and place give the same content. */
import { dayLength, startOfDay, type AccountId, type Day, type Edit, type Quarter, type RecordId } from '@tongge/model'
import type { Grid } from '../accounts/accounts.ts'
import { makeBuildings, type DemoBuilding } from './buildings.ts'
import { idMaker, type Batch, type GridContext } from './content.ts'
import { makeDiaries, type DiaryEntry } from './diaries.ts'
import { makeHousehold, type DemoHousehold } from './households.ts'
import { makeNotes } from './notes.ts'
import { createRandom } from './random.ts'
import { demoAccounts, teamOf } from './staff.ts'
import { makeTickets, type DemoStep } from './tickets.ts'
import { makeFacilities, makeUnits } from './units.ts'

export const demoSeed = 20_260_101
const householdsAtMost = 500

export interface GridContent {
  readonly buildings: readonly { readonly id: RecordId; readonly name: string }[]
  /** In order of time. */
  readonly ledger: readonly Batch[]
  readonly tickets: ReadonlyMap<Quarter, readonly DemoStep[]>
  readonly notes: ReadonlyMap<RecordId, readonly Batch[]>
  /** In order of time. */
  readonly diaries: readonly DiaryEntry[]
}

export function makeGrid(
  grid: Grid,
  index: number,
  community: string,
  today: Day,
  seed: number = demoSeed,
): GridContent {
  const context: GridContext = {
    grid,
    index,
    community,
    team: teamOf(index),
    today,
    random: createRandom(seed).branch(grid.code),
    newId: idMaker(index),
  }
  const buildings = makeBuildings(context)
  const sequences = new Map<Day, number>()
  const sequenceOf = (birth: Day): number => {
    const used = sequences.get(birth) ?? index * 4
    sequences.set(birth, used + 1)
    return used
  }
  const households: DemoHousehold[] = []
  const ledger: Batch[] = []
  for (const [order, building] of buildings.entries()) {
    const living = livingIn(context, building, households.length, sequenceOf)
    households.push(...living)
    ledger.push(entryOf(context, building, living, order))
  }
  ledger.push(
    hand(context, 0, 200, [
      ...makeUnits(
        context,
        buildings.map(({ id }) => id),
      ),
      ...makeFacilities(context, buildings),
    ]),
  )
  ledger.push(...laterChanges(context, households))
  const helper = index === 0 ? demoAccounts.find(({ role }) => role === 'buildingLeader')?.account : undefined
  return {
    buildings: buildings.map(({ id, name }) => ({ id, name })),
    ledger: ledger.toSorted((a, b) => a.at - b.at),
    tickets: makeTickets(context, buildings, households),
    notes: new Map(
      buildings.map((building, order) => [building.id, makeNotes(context, building, order === 0 ? helper : undefined)]),
    ),
    diaries: makeDiaries(context, households),
  }
}

/** The id that the first building of a grid gets. */
export function firstBuildingId(index: number): RecordId {
  return idMaker(index)('b')
}

function livingIn(
  context: GridContext,
  building: DemoBuilding,
  before: number,
  sequenceOf: (birth: Day) => number,
): readonly DemoHousehold[] {
  const lived = building.houses.filter(({ occupancy }) => occupancy === 'owner' || occupancy === 'rented')
  return lived
    .slice(0, Math.max(0, householdsAtMost - before))
    .map((house, order) => makeHousehold(context, house, before + order + 1, sequenceOf))
}

/** A building's first registration, by one member in one go. */
function entryOf(
  context: GridContext,
  building: DemoBuilding,
  households: readonly DemoHousehold[],
  order: number,
): Batch {
  const byHouse = new Map(households.map((household) => [household.house.id, household]))
  const edits = building.houses.flatMap((house): Edit[] => {
    const household = byHouse.get(house.id)
    const owner =
      household && house.occupancy === 'owner' && household.phone !== undefined
        ? { name: household.headName, phone: household.phone }
        : undefined
    return [house.edit(owner), ...(household?.edits ?? [])]
  })
  return hand(context, order, 340 - order * 12, [building.edit, ...edits])
}

/** Small corrections of the last two months, so that records have a history. */
function laterChanges(context: GridContext, households: readonly DemoHousehold[]): readonly Batch[] {
  const { random } = context
  return Array.from({ length: 40 }, (_, order) => {
    const { id } = random.pick(households)
    const edit: Edit = random.chance(0.5)
      ? {
          op: 'set',
          kind: 'household',
          id,
          field: 'remark',
          value: random.pick(['子女每周探望', '白天一般不在家，傍晚联系', '房屋近期准备出售', '家中有人上夜班']),
        }
      : { op: 'set', kind: 'household', id, field: 'verifyState', value: '3' }
    return hand(context, order, random.int(1, 60), [edit])
  })
}

function hand({ team, today, random }: GridContext, order: number, daysAgo: number, edits: readonly Edit[]): Batch {
  const by = (team.members[order % team.members.length] ?? team.leader) as AccountId
  return {
    at: startOfDay(today) - daysAgo * dayLength + random.int(9 * 60, 17 * 60) * 60_000,
    by,
    device: '演示手机',
    edits,
  }
}
