/** import-grids: the street's communities and grids from a sheet. All rows or none. */
import {
  checkGrid,
  communityOf,
  parseGridCode,
  streetOf,
  type CommunityCode,
  type Day,
  type GridDetails,
  type StreetCode,
} from '@tongge/model'
import type { Accounts, Grid, GridKind } from '../accounts/accounts.ts'
import { gridColumns, merged, readDetails, sentenceFor, titleOf } from './detail-columns.ts'
import type { Outcome } from './run-admin.ts'
import { readTable, type Column, type SheetFile } from './sheet-table.ts'

const columns: readonly Column[] = [
  { id: 'grid', titles: ['网格编码', '网格代码', 'gridcode'], required: true },
  { id: 'name', titles: ['网格名称', 'gridname'], required: true },
  { id: 'kind', titles: ['类型', '网格类型', 'kind'], required: false },
  { id: 'community', titles: ['社区名称', '社区', 'community'], required: true },
  { id: 'street', titles: ['街道名称', '街道', 'street'], required: false },
  ...gridColumns,
]

const kindByText: Readonly<Record<string, GridKind | undefined>> = {
  '': 'basic',
  基础: 'basic',
  基础网格: 'basic',
  basic: 'basic',
  专属: 'dedicated',
  专属网格: 'dedicated',
  dedicated: 'dedicated',
}

export async function importGrids(accounts: Accounts, file: SheetFile, today: Day): Promise<Outcome> {
  const table = await readTable(file, columns)
  if (!table.ok) return { ok: false, problems: table.failure }
  const known = await accounts.territory()
  const detailsByGrid = new Map(known.grids.map(({ code, details }) => [code, details ?? {}]))
  const problems: string[] = []
  const grids = new Map<string, Grid>()
  const communities = new Map<CommunityCode, string>()
  const streets = new Map<StreetCode, string>()
  for (const row of table.value) {
    const { at, cell } = row
    const code = parseGridCode(cell('grid'))
    const kind = kindByText[cell('kind').toLowerCase()]
    if (!code) problems.push(`${at} 网格编码: "${cell('grid')}" is not a 15-digit grid code`)
    else if (grids.has(code)) problems.push(`${at} 网格编码: ${code} stands twice`)
    if (cell('name') === '') problems.push(`${at} 网格名称: is empty`)
    if (cell('community') === '') problems.push(`${at} 社区名称: is empty`)
    if (!kind) problems.push(`${at} 类型: "${cell('kind')}" is neither 基础 nor 专属`)
    const read = readDetails(row, gridColumns, today, problems)
    if (!code || !kind) continue
    const details: GridDetails = merged(detailsByGrid.get(code) ?? {}, read, ({ role }) => !row.has(`members/${role}`))
    const { level = 3, parent = code.slice(0, 3 + 3 * level) } = details
    for (const problem of checkGrid({ ...details, gridCode: code, name: cell('name'), kind, level, parent }, { today }))
      if (problem.problem === 'badParent')
        problems.push(
          `${at} ${titleOf(gridColumns, problem.field)}: ${sentenceFor('badParent', problem.detail, parent)}`,
        )
    grids.set(code, { code, name: cell('name'), kind, ...(Object.keys(details).length > 0 && { details }) })
    const community = communityOf(code)
    const communityName = communities.get(community) ?? cell('community')
    communities.set(community, communityName)
    if (cell('community') !== '' && communityName !== cell('community'))
      problems.push(`${at} 社区名称: community ${community} is called "${communityName}" further up`)
    const street = streetOf(code)
    const streetName = streets.get(street) || cell('street')
    streets.set(street, streetName)
    if (cell('street') !== '' && streetName !== cell('street'))
      problems.push(`${at} 街道名称: street ${street} is called "${streetName}" further up`)
  }
  if (problems.length > 0) return { ok: false, problems }
  const named = new Map(known.streets.map(({ code, name }) => [code, name]))
  await accounts.saveTerritory({
    streets: [...streets].map(([code, name]) => ({ code, name: name || (named.get(code) ?? code) })),
    communities: [...communities].map(([code, name]) => ({ code, name })),
    grids: [...grids.values()],
  })
  return {
    ok: true,
    lines: [`${grids.size} grids of ${communities.size} communities imported`],
    warnings: await strangers(accounts, [...grids.values()]),
  }
}

/** Grids come before the people who work in them: an account that does not exist yet is no mistake, and worth a word. */
async function strangers(accounts: Accounts, grids: readonly Grid[]): Promise<readonly string[]> {
  const known = new Set((await accounts.all()).map(({ account }) => account))
  return grids.flatMap(({ code, details = {} }) =>
    [details.leaderId, ...(details.members ?? []).map(({ account }) => account)].flatMap((account) =>
      account === undefined || known.has(account) ? [] : [`${code}: there is no account ${account} yet`],
    ),
  )
}
