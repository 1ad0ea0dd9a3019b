/** Identifiers: how they are told apart by type, and how the codes of places nest (GB/T 2260 + 3 digits of grid). */

declare const brand: unique symbol
type Branded<T, B extends string> = T & { readonly [brand]: B }

/** Identifies one record for ever; opaque, made by the caller, never reused. At most 40 characters of `[A-Za-z0-9_-]`. */
export type RecordId = Branded<string, 'RecordId'>
/** A sign-in name, unique on one relay. */
export type AccountId = Branded<string, 'AccountId'>
/** 9 digits: 街道. */
export type StreetCode = Branded<string, 'StreetCode'>
/** 12 digits: 社区. */
export type CommunityCode = Branded<string, 'CommunityCode'>
/** 15 digits: 网格, its community's 12 and 3 more. */
export type GridCode = Branded<string, 'GridCode'>

const recordId = /^[A-Za-z0-9_-]{1,40}$/

export function parseRecordId(text: string): RecordId | undefined {
  return recordId.test(text) ? (text as RecordId) : undefined
}

export function parseGridCode(text: string): GridCode | undefined {
  return /^[1-9]\d{14}$/.test(text) ? (text as GridCode) : undefined
}

export function parseCommunityCode(text: string): CommunityCode | undefined {
  return /^[1-9]\d{11}$/.test(text) ? (text as CommunityCode) : undefined
}

export function parseStreetCode(text: string): StreetCode | undefined {
  return /^[1-9]\d{8}$/.test(text) ? (text as StreetCode) : undefined
}

export function communityOf(grid: GridCode): CommunityCode {
  return grid.slice(0, 12) as CommunityCode
}

export function streetOf(code: GridCode | CommunityCode): StreetCode {
  return code.slice(0, 9) as StreetCode
}
