/** What takes an edit back: only fields that still hold what it wrote; what somebody changed since stays theirs. */
import type { Command, FieldValues, RecordId } from '@tongge/model'

export function takeBackEdit(
  id: RecordId,
  before: FieldValues,
  written: FieldValues,
  now: FieldValues,
): readonly Command[] {
  const names = Object.keys(written).filter((name) => isSame(now[name], written[name]))
  const fields = Object.fromEntries(names.map((name) => [name, before[name]]))
  return names.length > 0 ? [{ do: 'editRecord', id, fields }] : []
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
