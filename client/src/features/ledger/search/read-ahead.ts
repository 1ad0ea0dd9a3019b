/** Readings looked up before somebody types: for a letter that was never asked for it takes longer than a key may. */
import { createEffect, onCleanup, type Accessor } from 'solid-js'
import { idle } from '../../../session/idle.ts'
import type { LedgerRow } from './search-rows.ts'
import { plainly, type Spell } from './speller.ts'

/** Goes through the letters once there are rows and readings, one in each moment in which nothing else is to do. */
export function createReadAhead(rows: Accessor<readonly LedgerRow[]>, speller: Accessor<Spell>): void {
  const left = 'zyxwvutsrqponmlkjihgfedcba'.split('')
  createEffect(() => {
    const spell = speller()
    const names = rows().map(({ name }) => name)
    if (spell === plainly || names.length === 0) return
    let isOver = false
    onCleanup(() => (isOver = true))
    void (async () => {
      for (;;) {
        await idle()
        const letter = isOver ? undefined : left.pop()
        if (letter === undefined) return
        for (const name of names) spell(name, letter)
      }
    })()
  })
}
