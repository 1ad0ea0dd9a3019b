/** Photos 照片 as the value of a record's field. */
import type { FieldConflict, Value } from '@tongge/model'

export function photosOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value : []
}

/** Those of all rivals, each once, the earliest first: who added one had not seen the other's. */
export function photosOfAll({ rivals }: FieldConflict): readonly string[] {
  return [...new Set(rivals.toReversed().flatMap(({ value }) => photosOf(value)))]
}
