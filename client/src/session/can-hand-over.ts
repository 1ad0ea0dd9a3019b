import type { RefusedEdit } from './session.ts'

/** Lines say nothing of photos, and of what nobody could read there are none. */
export function canHandOver(edit: Pick<RefusedEdit, 'lines' | 'grid'>): boolean {
  return edit.grid !== undefined && edit.lines.length > 0
}
