/** Answers, for an account and at this moment, what it may open, and lists the documents a session begins with. */
import { dayOf, quarterOf, type CommunityCode, type Instant, type Quarter, type Role } from '@tongge/model'
import {
  formatDocumentName,
  parseDocumentName,
  type DocumentGrant,
  type DocumentName,
  type SessionAnswer,
} from '@tongge/protocol'
import type { Account, Assignment, Territory } from '../accounts/accounts.ts'
import { streetOfScope } from '../accounts/scope.ts'
import type { Newest } from '../sync.ts'
import type { Register } from './register.ts'
import {
  heldOn,
  maySet,
  noRights,
  rightsTo,
  rolesInGrid,
  rolesOf,
  rolesReaching,
  worksIn,
  type Rights,
} from './rights.ts'

/** Quarters a session lists at most; older ones can still be opened by name. */
const listedQuarters = 4
/** Quarters back from the running one whose work can be opened; one ahead, for a device whose clock runs fast. */
const openQuarters = 20

export interface Access {
  rolesOf(account: string): readonly Role[]
  /** Those held where the document belongs. */
  rolesOn(account: string, document: string): readonly Role[]
  /** Rights to a document by its name; `unknown` when the name is none, or of no place or period that exists. */
  rightsTo(account: string, document: string): Rights | 'unknown'
  /** Whether this account may set what holds in a community; `unknown` when there is none of that code. */
  maySet(account: string, community: CommunityCode): boolean | 'unknown'
  session(account: Account): Promise<SessionAnswer>
}

export interface AccessSources {
  readonly register: () => Register
  /** Names of the documents the log holds. */
  readonly stored: () => Promise<readonly string[]>
  /** Which generation of a document is the newest. */
  readonly newest: Pick<Newest, 'of'>
  readonly now: () => Instant
  /** The relay was put back to an older state not long ago. */
  readonly isRestored?: () => boolean
  /** Where it is not the app's own. */
  readonly leaseHours?: number | undefined
}

export function createAccess({ register, stored, newest, now, isRestored, leaseHours }: AccessSources): Access {
  const heldBy = (account: string): readonly Assignment[] =>
    heldOn(dayOf(now()), register().assignmentsByAccount.get(account) ?? [])

  return {
    rolesOf: (account) => rolesOf(heldBy(account)),
    rolesOn(account, document) {
      const name = parseDocumentName(document)
      return name ? rolesReaching(heldBy(account), name) : []
    },
    rightsTo(account, document) {
      const name = parseDocumentName(document)
      return name && isKnown(name, register().places, now()) ? rightsTo(heldBy(account), name) : 'unknown'
    },
    maySet: (account, community) => (register().places.has(community) ? maySet(heldBy(account), community) : 'unknown'),
    async session({ account, name }) {
      const held = heldBy(account)
      const { territory } = register()
      const quarters = workQuarters(await stored(), now())
      const documents = startingDocuments(held, territory, quarters).flatMap((document): DocumentGrant[] => {
        const { read, write } = rightsTo(held, document)
        return read ? [{ name: newest.of(formatDocumentName(document)), write }] : []
      })
      const grids = territory.grids.filter(({ code }) => worksIn(held, code)).map(({ code }) => code)
      const buildings = held.flatMap(({ scope }) => (scope.level === 'building' ? [scope.building] : []))
      const roles = rolesOf(held)
      const partly = grids.flatMap((code) => {
        const there = rolesInGrid(held, code)
        return there.length < roles.length ? [[code, there] as const] : []
      })
      return {
        account,
        name,
        roles,
        ...(partly.length > 0 && { rolesIn: Object.fromEntries(partly) }),
        grids,
        buildings: [...new Set(buildings)],
        documents,
        ...(leaseHours !== undefined && { leaseHours }),
        ...(isRestored?.() && { isRestored: true as const }),
      }
    },
  }
}

export function mayRead(rights: Rights | 'unknown'): boolean {
  return (rights === 'unknown' ? noRights : rights).read
}

export function mayWrite(rights: Rights | 'unknown'): boolean {
  return (rights === 'unknown' ? noRights : rights).write
}

/** Every document that exists or may begin today, of the places this person has to do with. */
function startingDocuments(
  held: readonly Assignment[],
  territory: Territory,
  quartersByGrid: (grid: string) => readonly Quarter[],
): DocumentName[] {
  const streets = new Set<string>(held.map(({ scope }) => streetOfScope(scope)))
  const names: DocumentName[] = [...streets].map((street) => ({ kind: 'org', street }))
  for (const { code } of territory.communities)
    if (held.some((one) => concerns(one, code))) names.push({ kind: 'board', community: code })
  for (const { code: grid } of territory.grids) {
    if (!worksIn(held, grid)) continue
    names.push({ kind: 'ledger', grid }, { kind: 'sensitive', grid }, { kind: 'diary', grid })
    for (const quarter of quartersByGrid(grid))
      names.push({ kind: 'work', grid, quarter }, { kind: 'journal', grid, quarter })
    for (const building of territory.buildings) {
      if (building.grid === grid)
        names.push({ kind: 'notes', grid, building: building.id }, { kind: 'roster', grid, building: building.id })
    }
  }
  return names
}

function concerns({ scope }: Assignment, community: string): boolean {
  if (scope.level === 'street') return community.startsWith(scope.street)
  return community === (scope.level === 'community' ? scope.community : scope.grid.slice(0, 12))
}

/** Of a grid the running quarter and the newest earlier ones that hold something, newest first. */
function workQuarters(stored: readonly string[], now: Instant): (grid: string) => readonly Quarter[] {
  const running = quarterOf(now)
  const found = new Map<string, Set<Quarter>>()
  for (const text of stored) {
    const name = parseDocumentName(text)
    if ((name?.kind === 'work' || name?.kind === 'journal') && name.quarter < running)
      found.set(name.grid, (found.get(name.grid) ?? new Set<Quarter>()).add(name.quarter))
  }
  return (grid) => [...(found.get(grid) ?? []), running].toSorted().toReversed().slice(0, listedQuarters)
}

/** Names of places that do not exist and of quarters far away are refused, so that nobody can make the relay keep documents without end. */
function isKnown(name: DocumentName, places: ReadonlySet<string>, now: Instant): boolean {
  switch (name.kind) {
    case 'org':
      return places.has(name.street)
    case 'board':
      return places.has(name.community)
    case 'work':
    case 'journal':
      return places.has(name.grid) && isNear(name.quarter, now)
    case 'ledger':
    case 'sensitive':
    case 'diary':
    // A building whose ledger is still on its way is judged where its document would begin.
    case 'photos':
    case 'roster':
    case 'notes':
      return places.has(name.grid)
    // Meetings and proposals are opened by whoever calls them; none is called here.
    case 'meeting':
    case 'proposal':
      return false
  }
}

function isNear(quarter: Quarter, now: Instant): boolean {
  const index = (text: Quarter): number => Number(text.slice(0, 4)) * 4 + Number(text.slice(5))
  const distance = index(quarter) - index(quarterOf(now))
  return distance >= -openQuarters && distance <= 1
}
