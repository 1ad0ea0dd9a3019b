/** Which documents a person may read and write: the roles they hold where the document belongs, judged by the model's policy. Pure. */
import {
  mayRead,
  maySetParameters,
  mayWriteDocument,
  parseGridCode,
  type CommunityCode,
  type Day,
  type GridCode,
  type Role,
} from '@tongge/model'
import type { DocumentName } from '@tongge/protocol'
import type { Assignment } from '../accounts/accounts.ts'
import { coversGrid, streetOfScope, type Scope } from '../accounts/scope.ts'

export interface Rights {
  readonly read: boolean
  readonly write: boolean
}

export const noRights: Rights = { read: false, write: false }

export function heldOn(day: Day, assignments: readonly Assignment[]): readonly Assignment[] {
  return assignments.filter(({ from, to }) => (from === undefined || from <= day) && (to === undefined || day <= to))
}

/** `assignments` are those held today. */
export function rightsTo(assignments: readonly Assignment[], name: DocumentName): Rights {
  const roles = rolesReaching(assignments, name)
  if (roles.length === 0) return noRights
  const read = mayRead(roles, name.kind)
  return { read, write: read && mayWriteDocument(roles, name.kind) }
}

/** The roles held where a document belongs. */
export function rolesReaching(assignments: readonly Assignment[], name: DocumentName): readonly Role[] {
  return assignments.filter(({ scope }) => reaches(scope, name)).map(({ role }) => role)
}

/** Whether somebody sets what holds in a community: its office, and its street's. */
export function maySet(assignments: readonly Assignment[], community: CommunityCode): boolean {
  return maySetParameters(
    assignments
      .filter(({ scope }) =>
        scope.level === 'community'
          ? scope.community === community
          : scope.level === 'street' && community.startsWith(scope.street),
      )
      .map(({ role }) => role),
  )
}

/** Whether the grid is one this person works in: it, or a building of it, is theirs by name, or a wider role of theirs may read in it. */
export function worksIn(assignments: readonly Assignment[], grid: GridCode): boolean {
  const covering = assignments.filter(
    ({ scope }) => coversGrid(scope, grid) || (scope.level === 'building' && scope.grid === grid),
  )
  if (covering.some(({ scope }) => scope.level === 'grid' || scope.level === 'building')) return true
  const roles = covering.map(({ role }) => role)
  return gridKinds.some((kind) => mayRead(roles, kind))
}

/** The roles held in a grid or a building of it. */
export function rolesInGrid(assignments: readonly Assignment[], grid: GridCode): readonly Role[] {
  return rolesOf(
    assignments.filter(({ scope }) => coversGrid(scope, grid) || (scope.level === 'building' && scope.grid === grid)),
  )
}

const gridKinds = ['ledger', 'work', 'roster', 'notes'] as const

function reaches(scope: Scope, name: DocumentName): boolean {
  switch (name.kind) {
    // What is public is public to everyone who works anywhere in the street.
    case 'org':
      return streetOfScope(scope) === name.street
    case 'board':
      return streetOfScope(scope) === name.community.slice(0, 9)
    case 'ledger':
    case 'sensitive':
    case 'diary':
    case 'work':
    case 'journal':
    case 'photos':
      return coversCode(scope, name.grid)
    case 'roster':
    case 'notes':
      return (
        coversCode(scope, name.grid) ||
        (scope.level === 'building' && scope.grid === name.grid && scope.building === name.building)
      )
    // A meeting or proposal names no place; who is admitted to one is not known here.
    case 'meeting':
    case 'proposal':
      return false
  }
}

function coversCode(scope: Scope, text: string): boolean {
  const grid = parseGridCode(text)
  return grid !== undefined && coversGrid(scope, grid)
}

/** Roles in force, each once. */
export function rolesOf(assignments: readonly Assignment[]): readonly Role[] {
  return [...new Set(assignments.map(({ role }) => role))]
}
