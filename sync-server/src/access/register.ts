/** Accounts' assignments and the territory, held in memory: a right is asked for at each frame that opens a document. */
import type { Accounts, Assignment, SetParameters, Territory } from '../accounts/accounts.ts'

export interface Register {
  readonly assignmentsByAccount: ReadonlyMap<string, readonly Assignment[]>
  readonly territory: Territory
  /** Codes of streets, communities and grids; buildings as `grid/building`. */
  readonly places: ReadonlySet<string>
  /** What each community set, oldest first; absent where nothing was. */
  readonly parametersByCommunity: ReadonlyMap<string, readonly SetParameters[]>
}

export async function readRegister(accounts: Accounts): Promise<Register> {
  const territory = await accounts.territory()
  const assignmentsByAccount = new Map<string, Assignment[]>()
  for (const assignment of await accounts.assignments()) {
    const list = assignmentsByAccount.get(assignment.account)
    if (list) list.push(assignment)
    else assignmentsByAccount.set(assignment.account, [assignment])
  }
  const { streets, communities, grids, buildings } = territory
  const places = new Set<string>([
    ...[...streets, ...communities, ...grids].map(({ code }) => code),
    ...buildings.map(({ grid, id }) => `${grid}/${id}`),
  ])
  const parametersByCommunity = new Map<string, readonly SetParameters[]>()
  for (const { code } of communities) {
    const set = await accounts.parameters(code)
    if (set.length > 0) parametersByCommunity.set(code, set)
  }
  return { assignmentsByAccount, territory, places, parametersByCommunity }
}
