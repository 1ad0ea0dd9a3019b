import { expect, test } from 'vitest'
import { strangersAmong } from './open-documents.ts'

const grid = 'grid/990101001001001'
const granted = (...names: readonly string[]) => names.map((name) => ({ name: `${grid}/${name}`, write: true }))
const strangers = (kept: readonly string[], ...now: readonly string[]): readonly string[] =>
  strangersAmong(
    kept.map((name) => `${grid}/${name}`),
    granted(...now),
  ).map((name) => name.slice(grid.length + 1))

test('[HEAL5] whoever keeps the tickets of a grid and loses its ledger keeps no journal of it either', () => {
  const kept = ['ledger', 'work/2026q3', 'work/2026q4', 'journal/2026q3', 'journal/2026q4', 'photos/a1']
  expect(strangers(kept, 'work/2026q4')).toEqual(['ledger', 'journal/2026q3', 'journal/2026q4'])
})

test('[HEAL5] quarters and albums that no answer lists stay with whoever is granted others of them, later generations with the first', () => {
  const kept = ['ledger', 'work/2025q1', 'journal/2025q1', 'photos/a1']
  expect(strangers(kept, 'ledger/g2', 'work/2026q4', 'journal/2026q4')).toEqual([])
  expect(strangers(kept)).toEqual(kept)
})
