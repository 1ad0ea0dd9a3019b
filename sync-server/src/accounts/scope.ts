/** Where a role holds: a street, a community, a grid or one building. Written `990101001`, `990101001001`, `990101001001001`, `990101001001001/b1`. */
import {
  communityOf,
  parseCommunityCode,
  parseGridCode,
  parseRecordId,
  parseStreetCode,
  streetOf,
  type CommunityCode,
  type GridCode,
  type RecordId,
  type StreetCode,
} from '@tongge/model'

export type Scope =
  | { readonly level: 'street'; readonly street: StreetCode }
  | { readonly level: 'community'; readonly community: CommunityCode }
  | { readonly level: 'grid'; readonly grid: GridCode }
  | { readonly level: 'building'; readonly grid: GridCode; readonly building: RecordId }

export function parseScope(text: string): Scope | undefined {
  const [place = '', buildingText, ...rest] = text.split('/')
  if (rest.length > 0) return undefined
  const grid = parseGridCode(place)
  if (buildingText !== undefined) {
    const building = parseRecordId(buildingText)
    return grid && building ? { level: 'building', grid, building } : undefined
  }
  if (grid) return { level: 'grid', grid }
  const community = parseCommunityCode(place)
  if (community) return { level: 'community', community }
  const street = parseStreetCode(place)
  return street ? { level: 'street', street } : undefined
}

export function formatScope(scope: Scope): string {
  switch (scope.level) {
    case 'street':
      return scope.street
    case 'community':
      return scope.community
    case 'grid':
      return scope.grid
    case 'building':
      return `${scope.grid}/${scope.building}`
  }
}

export function streetOfScope(scope: Scope): StreetCode {
  if (scope.level === 'street') return scope.street
  return streetOf(scope.level === 'community' ? scope.community : scope.grid)
}

/** Whether a role held for this scope reaches the whole grid. */
export function coversGrid(scope: Scope, grid: GridCode): boolean {
  switch (scope.level) {
    case 'street':
      return streetOf(grid) === scope.street
    case 'community':
      return communityOf(grid) === scope.community
    case 'grid':
      return grid === scope.grid
    case 'building':
      return false
  }
}
