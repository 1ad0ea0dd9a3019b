/** The masked roster `grid/{g}/building/{b}/roster`: a Y.Map of plain doors by the id of their house, which the relay alone writes. */
import { doorStates, type RecordId, type RosterDoor, type RosterHousehold } from '@tongge/model'
import type { Doc, Map as YMap } from 'yjs'
import { isPlain } from './layout.ts'

export function rosterRootOf(doc: Doc): YMap<unknown> {
  return doc.getMap('roster')
}

/** All well-formed doors, in no order; what a newer relay wrote in another shape is left out, and so are fields that are not known. */
export function readRoster(doc: Doc): readonly RosterDoor[] {
  return [...rosterRootOf(doc)].flatMap(([house, value]) => parseDoor(house as RecordId, value) ?? [])
}

function parseDoor(house: RecordId, value: unknown): RosterDoor | undefined {
  if (!isPlain(value) || typeof value['door'] !== 'string') return undefined
  const { entrance, floor, door, state, households, knock } = value
  return {
    house,
    ...(typeof entrance === 'string' && { entrance }),
    ...(typeof floor === 'number' && { floor }),
    door,
    state: doorStates.find((known) => known === state) ?? 'registered',
    households: Array.isArray(households) ? households.flatMap((one: unknown) => parseHousehold(one) ?? []) : [],
    ...parseKnock(knock),
  }
}

function parseHousehold(value: unknown): RosterHousehold | undefined {
  if (!isPlain(value) || typeof value['id'] !== 'string') return undefined
  const { id, name, phone, people, rule } = value
  return {
    id: id as RecordId,
    ...(typeof name === 'string' && { name }),
    ...(typeof phone === 'string' && { phone }),
    people: typeof people === 'number' ? people : 0,
    ...(typeof rule === 'string' && { rule }),
  }
}

function parseKnock(value: unknown): Pick<RosterDoor, 'knock'> {
  if (!isPlain(value) || typeof value['at'] !== 'number') return {}
  const { at, outcome } = value
  return { knock: { at, ...(typeof outcome === 'string' && { outcome }) } }
}
