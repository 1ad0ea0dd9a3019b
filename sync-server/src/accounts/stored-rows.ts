/** Rows of the accounts' store as what they stand for. A row that this version does not understand, or whose text is damaged, says nothing rather than failing. */
import {
  gridFields,
  parseCommunityCode,
  parseGridCode,
  parseRecordId,
  parseStreetCode,
  roles,
  soundFields,
  soundParameters,
  staffFields,
  type Role,
  type StaffDetails,
} from '@tongge/model'
import type { Account, Assignment, Building, Community, Grid, SetParameters, Street } from './accounts.ts'
import { parseScope } from './scope.ts'

export type AccountRow = { account: string; name: string; password_hash: string; disabled: number }
export type GridRow = { code: string; name: string; kind: string; fields: string | null }
export type ParametersRow = { id: number; at: number; by: string; value: string }
export type AssignmentRow = { account: string; role: string; scope: string; since: string | null; until: string | null }

export function toAccount(row: AccountRow): Account {
  return { account: row.account, name: row.name, passwordHash: row.password_hash, disabled: row.disabled !== 0 }
}

/** A row whose role or scope this version does not know gives no right rather than an error. */
export function toAssignment(row: AssignmentRow): Assignment[] {
  const role: Role | undefined = roles.find((known) => known === row.role)
  const scope = parseScope(row.scope)
  if (!role || !scope) return []
  return [
    {
      account: row.account,
      role,
      scope,
      ...(row.since === null ? {} : { from: row.since }),
      ...(row.until === null ? {} : { to: row.until }),
    },
  ]
}

export function toStreet(row: Record<string, string>): Street[] {
  const code = parseStreetCode(row['code'] ?? '')
  return code ? [{ code, name: row['name'] ?? '' }] : []
}

export function toCommunity(row: Record<string, string>): Community[] {
  const code = parseCommunityCode(row['code'] ?? '')
  return code ? [{ code, name: row['name'] ?? '' }] : []
}

export function toGrid({ code: text, name, kind, fields }: GridRow): Grid[] {
  const code = parseGridCode(text)
  if (!code) return []
  const details = fields === null ? {} : { details: soundFields(gridFields, parsed(fields)) }
  return [{ code, name, kind: kind === 'dedicated' ? 'dedicated' : 'basic', ...details }]
}

export function toStaffDetails(fields: string): StaffDetails {
  return soundFields(staffFields, parsed(fields))
}

export function toSetParameters({ id, at, by, value }: ParametersRow): SetParameters {
  return { version: id, at, by, parameters: soundParameters(parsed(value)) }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

export function toBuilding(row: Record<string, string>): Building[] {
  const grid = parseGridCode(row['grid'] ?? '')
  const id = parseRecordId(row['id'] ?? '')
  return grid && id ? [{ grid, id, name: row['name'] ?? '' }] : []
}
