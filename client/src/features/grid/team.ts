/** Who works in a grid: its leader, the team with 四员, and the helpers of its buildings, each person once. */
import { labelOf, roleNames, type AccountId, type Day, type Language } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { Directory } from '../../session/directory.ts'

type Person = Directory['staff'][number]

export interface TeamMember {
  readonly account: AccountId
  readonly name: string
  /** What they are here, such as 网格员 or 协管员（区文旅局）. */
  readonly roles: readonly string[]
  readonly person: Person | undefined
}

export interface GridTeam {
  readonly leader: TeamMember | undefined
  readonly members: readonly TeamMember[]
  readonly helpers: readonly TeamMember[]
}

export function gridTeam(directory: Directory, language: Language, today: Day): GridTeam {
  const { grid } = directory
  if (!grid) return { leader: undefined, members: [], helpers: [] }
  const personBy = new Map(directory.staff.map((person) => [person.account, person]))
  const team = new Map<AccountId, string[]>()
  const add = (to: Map<AccountId, string[]>, account: AccountId, role: string): void => {
    const known = to.get(account) ?? []
    to.set(account, known.includes(role) ? known : [...known, role])
  }
  const leader = (grid.leaderId ?? grid.staff.find(({ role }) => role === 'gridLeader')?.account) as
    | AccountId
    | undefined
  if (leader !== undefined) add(team, leader, roleNames.gridLeader[language])
  for (const { account, role } of grid.staff.toSorted((a, b) => rankOf(a) - rankOf(b)))
    add(team, account, roleNames[role][language])
  for (const { account, role, affiliation, from = today, to = today } of grid.members ?? []) {
    if (from > today || to < today) continue
    const name = labelOf('GRID_ROLE', role, language)
    add(team, account as AccountId, affiliation === undefined ? name : t('grid.from', name, affiliation))
  }
  const helpers = new Map<AccountId, string[]>()
  for (const { name, staff } of grid.buildings)
    for (const { account, role } of staff) add(helpers, account, `${roleNames[role][language]} · ${name}`)
  const memberOf = ([account, roles]: readonly [AccountId, readonly string[]]): TeamMember => ({
    account,
    name: directory.nameOf(account),
    roles,
    person: personBy.get(account),
  })
  const members = [...team].map(memberOf)
  return {
    leader: members.find(({ account }) => account === leader),
    members: members.filter(({ account }) => account !== leader),
    helpers: [...helpers].map(memberOf),
  }
}

/** Whom the grid is the whole work of comes first. */
function rankOf({ role }: Person): number {
  const at = ['gridLeader', 'gridMember', 'partTimeMember'].indexOf(role)
  return at < 0 ? 3 : at
}
