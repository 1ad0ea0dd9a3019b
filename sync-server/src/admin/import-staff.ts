/** import-staff: people, their roles and where they hold them. One row per role; all rows or none. */
import { isDay, roleNames, roles, scopeOf, type Day, type Role } from '@tongge/model'
import { randomInt } from 'node:crypto'
import { parseAccountName } from '../accounts/account-name.ts'
import type { Account, Accounts, Assignment, Territory } from '../accounts/accounts.ts'
import { hashPassword, passwordProblem } from '../accounts/passwords.ts'
import { formatScope, parseScope, type Scope } from '../accounts/scope.ts'
import { staffColumns } from './detail-columns.ts'
import type { Outcome } from './run-admin.ts'
import { readTable, type Column, type NamedRow, type SheetFile } from './sheet-table.ts'
import { hearStaff } from './staff-details.ts'

const columns: readonly Column[] = [
  { id: 'account', titles: ['账号', 'account'], required: true },
  { id: 'name', titles: ['姓名', 'name'], required: true },
  { id: 'role', titles: ['角色', 'role'], required: true },
  { id: 'scope', titles: ['范围', 'scope', '网格编码'], required: true },
  { id: 'password', titles: ['初始密码', 'password'], required: false },
  { id: 'from', titles: ['起始日期', 'from'], required: false },
  { id: 'to', titles: ['截止日期', 'to'], required: false },
  ...staffColumns,
]

interface Person {
  readonly account: string
  readonly name: string
  readonly password: string | undefined
}

export async function importStaff(accounts: Accounts, file: SheetFile, today: Day): Promise<Outcome> {
  const table = await readTable(file, columns)
  if (!table.ok) return { ok: false, problems: table.failure }
  const territory = await accounts.territory()
  const problems: string[] = []
  const people = new Map<string, Person>()
  const assignments: Assignment[] = []
  const seen = new Set<string>()
  const staff = hearStaff(await accounts.staff(), today, problems)
  for (const row of table.value) {
    const read = readRow(row, territory, problems)
    staff.hear(row, read && { ...read.person, role: read.assignment.role })
    if (!read) continue
    const { person, assignment } = read
    const earlier = people.get(person.account)
    const held = `${assignment.account} is ${roleNames[assignment.role].zh} of ${formatScope(assignment.scope)}`
    if (seen.has(held)) problems.push(`${row.at} 角色: ${held} further up`)
    seen.add(held)
    if (earlier && earlier.name !== person.name)
      problems.push(`${row.at} 姓名: account ${person.account} has another name further up`)
    people.set(person.account, { ...person, password: person.password ?? earlier?.password })
    assignments.push(assignment)
  }
  if (problems.length > 0) return { ok: false, problems }

  const saved: Account[] = []
  const issued: string[] = []
  for (const { account, name, password } of people.values()) {
    const known = await accounts.find(account)
    const fresh = password ?? (known ? undefined : inventPassword())
    if (password === undefined && fresh !== undefined) issued.push(`${account},${fresh}`)
    saved.push({
      account,
      name,
      passwordHash: fresh === undefined ? (known?.passwordHash ?? '') : await hashPassword(fresh),
      disabled: false,
    })
  }
  await accounts.save(saved, assignments, 'import-staff', staff.details())
  const count = `${saved.length} accounts with ${assignments.length} roles imported`
  return {
    ok: true,
    warnings: staff.warnings(),
    lines: issued.length === 0 ? [count] : [count, 'passwords made for accounts that had none, shown once:', ...issued],
  }
}

function readRow(
  { at, cell }: NamedRow,
  territory: Territory,
  problems: string[],
): { readonly person: Person; readonly assignment: Assignment } | undefined {
  const before = problems.length
  const account = parseAccountName(cell('account'))
  if (account === undefined)
    problems.push(
      `${at} 账号: "${cell('account')}" must be 2 to 40 of a-z, 0-9, dot, dash and underscore, and not relay or demo`,
    )
  if (cell('name') === '') problems.push(`${at} 姓名: is empty`)
  const role = findRole(cell('role'))
  if (!role)
    problems.push(`${at} 角色: "${cell('role')}" is none of ${roles.map((one) => roleNames[one].zh).join('、')}`)
  const reach = role && reachOf(role)
  const scope = readScope(cell('scope'), territory)
  if (typeof scope === 'string') problems.push(`${at} 范围: ${scope}`)
  else if (!exists(scope, territory)) problems.push(`${at} 范围: ${cell('scope')} is not among the imported grids`)
  else if (role && reach && !reach.levels.includes(scope.level))
    problems.push(`${at} 范围: ${roleNames[role].zh} is held for ${reach.wanted}, not for ${cell('scope')}`)
  const password = cell('password') || undefined
  const problem = password === undefined ? undefined : passwordProblem(password, account ?? '\u0000')
  if (problem !== undefined) problems.push(`${at} 初始密码: ${problem}`)
  const [from, to] = [cell('from'), cell('to')]
  for (const [title, day] of [
    ['起始日期', from],
    ['截止日期', to],
  ] as const)
    if (day !== '' && !isDay(day)) problems.push(`${at} ${title}: "${day}" is not a date such as 2026-01-31`)
  if (isDay(from) && isDay(to) && to < from) problems.push(`${at} 截止日期: ${to} is before ${from}`)
  if (problems.length > before || account === undefined || !role || typeof scope === 'string') return undefined
  return {
    person: { account, name: cell('name'), password },
    assignment: { account, role, scope, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) },
  }
}

/** A building by its id, or by the name that its ledger gives it: `990101001001001/锦华里2号楼`. */
function readScope(text: string, { buildings }: Territory): Scope | string {
  const [grid = '', name] = text.split('/').map((part) => part.trim())
  const there = name === undefined ? [] : buildings.filter((building) => building.grid === grid)
  const plain = (one: string): string => one.normalize('NFKC').replaceAll(/\s/g, '')
  const named = there.filter((building) => plain(building.name) === plain(name ?? ''))
  const [only, ...others] = named
  if (only && others.length === 0) return { level: 'building', grid: only.grid, building: only.id }
  if (only)
    return `several buildings of ${grid} are called ${name}: ${named.map(({ id }) => `${grid}/${id}`).join(', ')}`
  const scope = parseScope(text)
  if (scope) return scope
  if (there.length > 0)
    return `"${text}" is no building of ${grid}; there are ${there.map((building) => building.name).join('、')}`
  return `"${text}" is not a code of a street (9 digits), community (12), grid (15) or building (grid/building)`
}

function findRole(text: string): Role | undefined {
  return roles.find(
    (role) => role === text || roleNames[role].zh === text || roleNames[role].en.toLowerCase() === text.toLowerCase(),
  )
}

/**
 * Where a role can be held; undefined where anywhere will do. A wider place than the role's own reaches every grid in it.
 * Roles of a building are held for a building alone: for a whole grid they would see the doors of all.
 */
function reachOf(role: Role): { readonly levels: readonly Scope['level'][]; readonly wanted: string } | undefined {
  switch (scopeOf(role)) {
    case 'building':
      return { levels: ['building'], wanted: 'a building (grid/building)' }
    case 'grid':
      return {
        levels: ['grid', 'community', 'street'],
        wanted: 'a grid (15 digits), community (12) or street (9)',
      }
    case 'community':
      return { levels: ['community', 'street'], wanted: 'a community (12 digits) or street (9)' }
    case 'street':
      return { levels: ['street'], wanted: 'a street (9 digits)' }
    case 'invited':
    case 'public':
      return undefined
  }
}

function exists(scope: Scope, { streets, communities, grids }: Territory): boolean {
  switch (scope.level) {
    case 'street':
      return streets.some(({ code }) => code === scope.street)
    case 'community':
      return communities.some(({ code }) => code === scope.community)
    case 'grid':
    case 'building':
      return grids.some(({ code }) => code === scope.grid)
  }
}

/** 12 characters of an alphabet without look-alikes: 59 bits. */
function inventPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 12 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
