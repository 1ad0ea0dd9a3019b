/** Which fields belong into a form as far as it is filled in. */
import type { NamedField } from '@tongge/model'
import type { Draft } from './draft.ts'

/** In list RESIDENT. */
const floating = '02'

/**
 * The floating part is for floating people, the rental part for houses that are let; the left-behind part for those who have it and,
 * behind 更多, for all others. A field that another has replaced is there only where it holds something.
 */
export function fits(draft: Pick<Draft, 'typed'>, field: NamedField): boolean {
  if (isFilled(draft, field)) return true
  if (field.replacedBy !== undefined) return false
  if (field.group === 'floating') return draft.typed('resident') === floating
  return field.group !== 'rental' || draft.typed('occupancy') === 'rented'
}

export function isFilled(draft: Pick<Draft, 'typed'>, field: NamedField): boolean {
  const typed = draft.typed(field.name)
  return typed !== undefined && typed !== '' && !(Array.isArray(typed) && typed.length === 0)
}
