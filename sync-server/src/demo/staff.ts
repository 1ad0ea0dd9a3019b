/** The people of the demo who can sign in: a leader and two or three members for each grid, an office for each community, and one account of every other role. */
import type { Role } from '@tongge/model'
import type { Assignment } from '../accounts/accounts.ts'
import { parseScope, type Scope } from '../accounts/scope.ts'
import { givenName, surname } from './names.ts'
import { known, type DemoPlaces } from './places.ts'
import type { Random } from './random.ts'

export const demoPassword = 'tongge-demo'

/** Shown on the sign-in page and in the README; they work in the first grid or in its first building. */
export const demoAccounts: readonly { readonly account: string; readonly role: Role; readonly name: string }[] = [
  { account: 'leader01', role: 'gridLeader', name: '周建平' },
  { account: 'member01', role: 'gridMember', name: '林晓燕' },
  { account: 'member02', role: 'gridMember', name: '陈志强' },
  { account: 'parttime01', role: 'partTimeMember', name: '王桂兰' },
  { account: 'building01', role: 'buildingLeader', name: '赵德明' },
  { account: 'volunteer01', role: 'volunteer', name: '孙悦' },
  { account: 'property01', role: 'property', name: '马洪涛' },
  { account: 'police01', role: 'police', name: '韩磊' },
  { account: 'supervisor01', role: 'citizenSupervisor', name: '吴淑珍' },
  { account: 'community01', role: 'community', name: '许文静' },
  { account: 'street01', role: 'street', name: '高峰' },
  { account: 'dept01', role: 'department', name: '罗伟' },
  { account: 'resident01', role: 'resident', name: '何丽' },
  { account: 'admin01', role: 'admin', name: '系统管理员' },
  { account: 'auditor01', role: 'auditor', name: '审计员' },
]

export interface DemoStaff {
  readonly people: readonly { readonly account: string; readonly name: string }[]
  readonly assignments: readonly Assignment[]
}

export interface GridTeam {
  readonly leader: string
  readonly members: readonly string[]
}

/** 111 grids have 281 members: two each and 59 of them a third. */
export function teamOf(index: number): GridTeam {
  const thirds = Math.floor((index * 59) / 111)
  const hasThird = Math.floor(((index + 1) * 59) / 111) > thirds
  const first = index * 2 + thirds + 1
  return {
    leader: numbered('leader', index + 1),
    members: [0, 1, ...(hasThird ? [2] : [])].map((offset) => numbered('member', first + offset)),
  }
}

/** `firstBuilding` is the id of the first building of the first grid. */
export function demoStaff(places: DemoPlaces, firstBuilding: string, random: Random): DemoStaff {
  const nameByAccount = new Map<string, string>(demoAccounts.map(({ account, name }) => [account, name]))
  const assignments: Assignment[] = []
  const assign = (account: string, role: Role, scope: Scope): void => {
    if (!nameByAccount.has(account))
      nameByAccount.set(account, surname(random) + givenName(random, 1975 + random.int(0, 24), random.chance(0.4)))
    assignments.push({ account, role, scope })
  }
  for (const [index, { code }] of places.grids.entries()) {
    const scope: Scope = { level: 'grid', grid: code }
    const team = teamOf(index)
    assign(team.leader, 'gridLeader', scope)
    for (const member of team.members) assign(member, 'gridMember', scope)
  }
  for (const { account, role } of demoAccounts) {
    if (role !== 'gridLeader' && role !== 'gridMember') assign(account, role, demoScope(role, places, firstBuilding))
  }
  for (const [index, { code }] of places.communities.entries())
    if (index > 0) assign(numbered('community', index + 1), 'community', { level: 'community', community: code })
  return { people: [...nameByAccount].map(([account, name]) => ({ account, name })), assignments }
}

function demoScope(role: Role, places: DemoPlaces, firstBuilding: string): Scope {
  const [grid, community] = [known(places.grids[0]).code, known(places.communities[0]).code]
  if (role === 'buildingLeader' || role === 'volunteer') return known(parseScope(`${grid}/${firstBuilding}`))
  if (role === 'community') return { level: 'community', community }
  return role === 'street' || role === 'admin' || role === 'auditor'
    ? { level: 'street', street: places.street.code }
    : { level: 'grid', grid }
}

function numbered(word: string, number: number): string {
  return `${word}${String(number).padStart(2, '0')}`
}
