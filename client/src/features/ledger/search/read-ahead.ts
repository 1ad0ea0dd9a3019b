/** Readings looked up before somebody types: for a letter that was never asked for it takes longer than a key may. */
import { createEffect, onCleanup, type Accessor } from 'solid-js'
import type { LedgerRow } from './search-rows.ts'
import { plainly, type Spell } from './speller.ts'

/** Goes through the letters once there are rows and readings, one in each moment in which nothing else is to do. */
export function createReadAhead(rows: Accessor<readonly LedgerRow[]>, speller: Accessor<Spell>): void {
  const left = 'zyxwvutsrqponmlkjihgfedcba'.split('')
  createEffect(() => {
    const spell = speller()
    const names = rows().map(({ name }) => name)
    if (spell === plainly || names.length === 0) return
    const next = (): boolean => {
      const letter = left.pop()
      if (letter !== undefined) for (const name of names) spell(name, letter)
      return left.length > 0
    }
    onCleanup(whenIdle(next))
  })
}

/** Does a piece of work in idle moments while it says that there is more; returns what stops it. */
function whenIdle(work: () => boolean): () => void {
  let cancel = (): void => undefined
  const next = (): void => {
    if ('requestIdleCallback' in globalThis) {
      const handle = requestIdleCallback(go)
      cancel = () => cancelIdleCallback(handle)
    } else {
      const handle = setTimeout(go, 50)
      cancel = () => clearTimeout(handle)
    }
  }
  const go = (): void => {
    if (work()) next()
  }
  next()
  return () => cancel()
}
