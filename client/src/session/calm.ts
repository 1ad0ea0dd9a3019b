/** A moment in which the pages may be made anew: nothing typed is unsaved, and nobody is typing. */
import { isDirty } from '../pwa/dirty.ts'

/** Milliseconds between two looks. */
const every = 2_000

export async function calm(): Promise<void> {
  while (isBusy()) await new Promise((resolve) => setTimeout(resolve, every))
}

function isBusy(): boolean {
  if (isDirty()) return true
  return !document.hidden && document.activeElement?.matches('input, textarea, select, [role="dialog"] *') === true
}
