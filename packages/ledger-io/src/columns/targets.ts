/** Where a column may go: a field of a record that a household ledger describes, or one of three things that are no field. */
import { type Field, fieldOf, type FieldName } from '@tongge/model'

/** Records that a row of a household ledger can make, outermost first. */
export const importKinds = ['building', 'house', 'household', 'person'] as const
export type ImportKind = (typeof importKinds)[number]
export type FieldTarget = { [K in ImportKind]: `${K}.${FieldName<K>}` }[ImportKind]

export type Target =
  | FieldTarget
  /** A whole address such as 3号楼2单元501, to be taken apart. */
  | 'address'
  /** 户主姓名 beside every member: tells households apart. */
  | 'headName'

/** Which column goes where, and what to put where a required field has no column (or an empty cell). Plain data, to be corrected by a person. */
export interface Mapping {
  /** By column of the table; undefined leaves the column out. */
  readonly columns: readonly (Target | undefined)[]
  readonly defaults: Readonly<Partial<Record<FieldTarget, string>>>
}

/** Fields the import makes itself or that no sheet can carry. */
const unoffered = new Set([
  'gridCode',
  'source',
  'purpose',
  'legalBasis',
  'retentionUntil',
  'head',
  'house',
  'household',
  'building',
  'lastConfirmedAt',
  'floatingConfirmedAt',
  'diary',
])

export function isOffered(kind: ImportKind, field: string): boolean {
  const type = fieldOf(kind, field)?.type
  return !unoffered.has(field) && type !== 'coText' && type !== 'photos'
}

export function fieldOfTarget(
  target: Target,
): { readonly kind: ImportKind; readonly name: string; readonly field: Field } | undefined {
  const [kind, name] = target.split('.')
  const known = importKinds.find((each) => each === kind)
  const field = known && name !== undefined ? fieldOf(known, name) : undefined
  return known && name !== undefined && field ? { kind: known, name, field } : undefined
}
