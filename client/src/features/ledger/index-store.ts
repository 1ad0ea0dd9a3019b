/** The model's index over the records of the grid, and the questions the ledger asks it. */
import {
  indexGrid,
  isActive,
  type BuildingNode,
  type Entry,
  type GridIndex,
  type HouseholdNode,
  type HouseNode,
} from '@tongge/model'

export interface LedgerIndex extends GridIndex {
  readonly nodeOfBuilding: ReadonlyMap<string, BuildingNode>
}

export function indexEntries(entries: Iterable<Entry>): LedgerIndex {
  const index = indexGrid(entries)
  return { ...index, nodeOfBuilding: new Map(index.buildings.map((node) => [node.building.id, node])) }
}

export function housesOf(index: LedgerIndex, building: string | undefined): readonly HouseNode[] {
  return (building === undefined ? undefined : index.nodeOfBuilding.get(building))?.houses ?? []
}

/** Only households on the register. */
export function householdsOf(index: LedgerIndex, house: string | undefined): readonly HouseholdNode[] {
  return ((index.nodeOfHouse as ReadonlyMap<string, HouseNode>).get(house ?? '')?.households ?? []).filter(
    ({ household }) => isActive(household),
  )
}

/** The people of a household who live there, head first; `former` are those who moved out or died. */
export function peopleOf(
  index: LedgerIndex,
  household: string | undefined,
): { readonly present: readonly Entry<'person'>[]; readonly former: readonly Entry<'person'>[] } {
  const persons = (index.nodeOfHousehold as ReadonlyMap<string, HouseholdNode>).get(household ?? '')?.persons ?? []
  return { present: persons.filter(isActive), former: persons.filter((person) => !isActive(person)) }
}
