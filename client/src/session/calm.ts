/** A moment in which the pages may be made anew: nothing typed is unsaved, and nobody is typing. */
import { paths } from '../paths.ts'
import { isDirty } from '../pwa/dirty.ts'

/** Milliseconds between two looks. */
const every = 2_000

export async function calm(): Promise<void> {
  while (isBusy()) await new Promise((resolve) => setTimeout(resolve, every))
}

function isBusy(): boolean {
  // An import has no form that could be dirty: a file, its columns, a preview.
  if (isDirty() || location.pathname.startsWith(paths.import) || document.querySelector('[role="dialog"]')) return true
  return !document.hidden && document.activeElement?.matches('input, textarea, select') === true
}
