/** What keeps a mapping from being used, or makes it doubtful. */
import type { Mapping } from '@tongge/ledger-io'

export interface ColumnProblem {
  readonly column: number
  /** The earlier column that has the same target. */
  readonly twiceWith: number
}

export function columnProblems({ columns }: Mapping): readonly ColumnProblem[] {
  return columns.flatMap((target, column) => {
    const first = columns.indexOf(target)
    return target === undefined || target === 'person.remark' || first === column ? [] : [{ column, twiceWith: first }]
  })
}

export function hasName({ columns }: Mapping): boolean {
  return columns.includes('person.name')
}

/** Whether some column tells doors; the building may come from the sheet's name or a line of its own. */
export function hasPlace({ columns }: Mapping): boolean {
  return columns.includes('address') || columns.includes('house.door')
}

export function isUsable(mapping: Mapping): boolean {
  return hasName(mapping) && columnProblems(mapping).length === 0
}
