/** What the directory document `org/{street}` is to hold, from the accounts and the register. */
import type { DirectoryGrid, DirectoryPerson, DirectoryPlace } from '@tongge/crdt'
import {
  gridFields,
  publishedFields,
  staffFields,
  type AccountId,
  type EarlierTimes,
  type GridDetails,
  type Role,
  type StaffDetails,
  type StreetCode,
} from '@tongge/model'
import type { Account, Grid, SetParameters } from '../accounts/accounts.ts'
import { formatScope } from '../accounts/scope.ts'
import type { Register } from '../access/register.ts'

/** Roles whose holders are public by office; residents and helpers of the technology are not listed. */
const listed: ReadonlySet<Role> = new Set<Role>([
  'buildingLeader',
  'volunteer',
  'property',
  'partTimeMember',
  'gridMember',
  'gridLeader',
  'police',
  'citizenSupervisor',
  'community',
  'street',
  'department',
])

export function directoryEntries(
  street: StreetCode,
  { territory, assignmentsByAccount, parametersByCommunity }: Register,
  accounts: readonly Account[],
  details: ReadonlyMap<string, StaffDetails>,
): ReadonlyMap<string, DirectoryPlace | DirectoryGrid> {
  const people = accounts.filter(({ disabled }) => !disabled)
  const staffByScope = new Map<string, DirectoryPerson[]>()
  for (const { account, name } of people) {
    const published = publishedFields(staffFields, details.get(account) ?? {})
    for (const { role, scope } of assignmentsByAccount.get(account) ?? []) {
      if (!listed.has(role)) continue
      const key = formatScope(scope)
      const person = { ...published, account: account as AccountId, name, role }
      staffByScope.set(key, [...(staffByScope.get(key) ?? []), person])
    }
  }
  const staff = (key: string): readonly DirectoryPerson[] => staffByScope.get(key) ?? []
  const grid = (one: Grid): DirectoryGrid => ({
    ...publishedGrid(one),
    code: one.code,
    name: one.name,
    kind: one.kind,
    community: one.code.slice(0, 12),
    staff: staff(one.code),
    buildings: territory.buildings
      .filter((building) => building.grid === one.code)
      .map(({ id, name: title }) => ({ id, name: title, staff: staff(`${one.code}/${id}`) })),
  })
  const entries = new Map<string, DirectoryPlace | DirectoryGrid>()
  for (const { code, name } of territory.streets)
    if (code === street) entries.set('street', { code, name, staff: staff(code) })
  for (const { code, name } of territory.communities)
    if (code.startsWith(street)) {
      const parameters = publishedParameters(parametersByCommunity.get(code) ?? [])
      entries.set(`community/${code}`, { code, name, staff: staff(code), ...parameters })
    }
  for (const one of territory.grids) if (one.code.startsWith(street)) entries.set(`grid/${one.code}`, grid(one))
  return entries
}

/** Changes of times that are told; who reported before the first of them has what held until then. */
const toldChanges = 50

function publishedParameters(set: readonly SetParameters[]): Pick<DirectoryPlace, 'parameters' | 'earlierTimes'> {
  const last = set.at(-1)
  if (!last) return {}
  const earlierTimes: EarlierTimes[] = []
  for (const [index, { at, parameters }] of set.entries()) {
    const ticketTimes = set[index - 1]?.parameters.ticketTimes ?? {}
    if (JSON.stringify(ticketTimes) !== JSON.stringify(parameters.ticketTimes ?? {}))
      earlierTimes.push({ until: at, ticketTimes })
  }
  return { parameters: last.parameters, earlierTimes: earlierTimes.slice(-toldChanges) }
}

function publishedGrid({ details = {} }: Grid): GridDetails {
  return publishedFields(gridFields, details)
}
